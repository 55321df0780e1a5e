#include "http/reply_head.hpp"

#include <array>
#include <charconv>

namespace tenon::http {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

void append_number(std::string& out, std::size_t number) {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
    out += name;
    out += ": ";
    out += value;
    out += "\r\n";
}

bool is_token(char c) {
    if ((c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z')) return true;
    return std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_value(char c) { return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f); }

// Headers of which only ours are right.
bool is_ours(std::string_view name) {
    switch (name.size()) {
        case 4:
            return same_name(name, "date");
        case 10:
            return same_name(name, "connection") || same_name(name, "keep-alive");
        case 12:
            return same_name(name, "x-request-id");
        case 14:
            return same_name(name, "content-length");
        case 17:
            return same_name(name, "transfer-encoding");
        default:
            return false;
    }
}

struct Given {
    bool cache_control = false, content_type_options = false, referrer_policy = false;

    void note(std::string_view name) {
        if (name.size() == 13) cache_control |= same_name(name, "cache-control");
        if (name.size() == 15) referrer_policy |= same_name(name, "referrer-policy");
        if (name.size() == 22) content_type_options |= same_name(name, "x-content-type-options");
    }
};

void append_status_line(std::string& out, int status) {
    out += "HTTP/1.1 ";
    append_number(out, static_cast<std::size_t>(status));
    out += ' ';
    out += reason_of(status);
    out += "\r\n";
}

void append_framing(std::string& out, std::size_t body_bytes, Framing framing) {
    if (framing == Framing::length) {
        out += "Content-Length: ";
        append_number(out, body_bytes);
        out += "\r\n";
    } else if (framing == Framing::chunked) {
        out += "Transfer-Encoding: chunked\r\n";
    }
}

}  // namespace

bool same_name(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

bool is_writable(const Response& response) {
    if (response.status < 200 || response.status > 599) return false;
    for (const auto& [name, value] : response.headers) {
        if (name.empty()) return false;
        for (const char c : name)
            if (!is_token(c)) return false;
        for (const char c : value)
            if (!is_value(c)) return false;
    }
    return true;
}

void append_head(std::string& out, const Response& response, const HeadFacts& facts) {
    append_status_line(out, response.status);
    Given given;
    for (const auto& [name, value] : response.headers) {
        if (is_ours(name)) continue;
        given.note(name);
        append_field(out, name, value);
    }
    append_framing(out, response.body.size(), facts.framing);
    if (!facts.keep_alive)
        out += "Connection: close\r\n";
    else if (facts.is_http10)
        out += "Connection: keep-alive\r\n";
    append_field(out, "Date", facts.date);
    if (!facts.request_id.empty()) append_field(out, "X-Request-Id", facts.request_id);
    if (!given.content_type_options) out += "X-Content-Type-Options: nosniff\r\n";
    if (!given.referrer_policy) out += "Referrer-Policy: no-referrer\r\n";
    if (!given.cache_control) out += "Cache-Control: no-store\r\n";
    out += "\r\n";
}

void frame_chunk(std::string& chunk) {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), chunk.size(), 16).ptr;
    chunk.insert(0, std::string(digits.data(), end) + "\r\n");
    chunk += "\r\n";
}

std::string_view reason_of(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 206:
            return "Partial Content";
        case 301:
            return "Moved Permanently";
        case 302:
            return "Found";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 307:
            return "Temporary Redirect";
        case 308:
            return "Permanent Redirect";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 406:
            return "Not Acceptable";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 415:
            return "Unsupported Media Type";
        case 421:
            return "Misdirected Request";
        case 422:
            return "Unprocessable Content";
        case 428:
            return "Precondition Required";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 502:
            return "Bad Gateway";
        case 503:
            return "Service Unavailable";
        case 504:
            return "Gateway Timeout";
        default:
            return {};
    }
}

std::string_view DateText::at(std::time_t now) {
    if (now == second_) return text_;
    constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    std::array<char, 64> line{};
    const int size = std::snprintf(line.data(), line.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                                   days[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
                                   months[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900,
                                   parts.tm_hour, parts.tm_min, parts.tm_sec);
    text_.assign(line.data(), static_cast<std::size_t>(size));
    second_ = now;
    return text_;
}

}  // namespace tenon::http
