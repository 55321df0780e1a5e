#include "net/request_text.hpp"

#include <algorithm>
#include <array>

#include "tenon/base/text.hpp"

namespace tenon::net {
namespace {

constexpr std::array<std::string_view, 11> ours{
    "host",    "content-length", "transfer-encoding", "connection",         "expect", "upgrade", "te",
    "trailer", "keep-alive",     "proxy-connection",  "proxy-authorization"};

bool is_method(std::string_view text) {
    return !text.empty() && text != "CONNECT" && text != "TRACE" &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_token(std::string_view text) {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               marks.find(c) != std::string_view::npos;
    });
}

bool is_value(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
    });
}

bool is_ours(std::string_view name) {
    return std::any_of(ours.begin(), ours.end(),
                       [&](std::string_view known) { return text::equal_ignoring_case(known, name); });
}

bool wants_length(const OutboundRequest& request) {
    return request.body || request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
}

}  // namespace

Result<std::string> request_head(const OutboundRequest& request, const Url& url) {
    if (!is_method(request.method)) return fail(Errc::malformed_request, "method", "not a method");
    std::string head = request.method + " " + url.target + " HTTP/1.1\r\nHost: " + url.authority() + "\r\n";
    bool has_coding = false;
    for (const auto& [name, value] : request.headers) {
        if (!is_token(name) || !is_value(value))
            return fail(Errc::malformed_request, "headers", "a header is not printable");
        if (is_ours(name)) return fail(Errc::malformed_request, "headers", name + " is set by the client");
        has_coding = has_coding || text::equal_ignoring_case(name, "accept-encoding");
        head.append(name).append(": ").append(value).append("\r\n");
    }
    if (!has_coding) head += "Accept-Encoding: identity\r\n";
    if (wants_length(request))
        head += "Content-Length: " + std::to_string(request.body ? request.body->size() : 0) + "\r\n";
    head += "\r\n";
    return head;
}

}  // namespace tenon::net
