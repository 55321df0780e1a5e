#include "api/body.hpp"

#include "tenon/base/limits.hpp"
#include "tenon/base/text.hpp"

namespace tenon::api {
namespace {

using Read = tl::expected<void, Problem>;

/// A preview holds a submission and a config, each of which may use the whole depth.
constexpr std::size_t body_depth = limits::json_depth + 2;

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

std::string_view advice(Errc code) {
    switch (code) {
        case Errc::invalid_json:
            return "The body is not valid JSON (RFC 8259): no comments, no trailing commas, no byte order "
                   "mark.";
        case Errc::invalid_unicode:
            return "The body must be UTF-8 without U+0000 and without unpaired surrogates.";
        case Errc::duplicate_key:
            return "An object of the body names the same member twice.";
        case Errc::too_deep:
            return "The body is nested more than 64 levels deep.";
        default:
            return "The body can't be read.";
    }
}

}  // namespace

bool is_json(std::string_view content_type) {
    const auto end = std::min(content_type.find(';'), content_type.size());
    if (!text::equal_ignoring_case(trim(content_type.substr(0, end)), "application/json")) return false;
    const std::string parameters = text::lower_ascii(content_type.substr(end));
    const auto charset = parameters.find("charset=");
    if (charset == std::string::npos) return true;
    std::string_view value = std::string_view(parameters).substr(charset + 8);
    value = trim(value.substr(0, std::min(value.find(';'), value.size())));
    return value == "utf-8" || value == "\"utf-8\"";
}

Read read_body(const Route& route, const Schemas& schemas, Call& call) {
    if (route.body == Body::raw) return {};
    const std::string& bytes = call.request.body;
    if (route.body == Body::none) {
        if (bytes.empty() || bytes == "{}") return {};
        return tl::unexpected<Problem>(Error{Errc::malformed_request, {}, "This call takes no body."});
    }
    if (call.request.count("content-type") != 1 || !is_json(call.request.header("content-type")))
        return tl::unexpected<Problem>(
            Error{Errc::unsupported_media_type, {}, "Send the body as content-type: application/json."});
    if (route.body == Body::text) return {};
    auto read = json::read(bytes, body_depth);
    if (!read)
        return tl::unexpected<Problem>(Error{read.error().code, {}, std::string(advice(read.error().code))});
    if (auto errors = schemas.check(route.schema, *read); !errors.empty())
        return tl::unexpected<Problem>(Problem(
            Error{Errc::validation_failed, {}, "Correct the members named in errors; nothing was changed."},
            std::move(errors)));
    call.body = std::move(*read);
    return {};
}

}  // namespace tenon::api
