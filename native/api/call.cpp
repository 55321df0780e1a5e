#include "api/call.hpp"

#include <charconv>

namespace tenon::api {
namespace {

std::string_view find(const std::vector<std::pair<std::string, std::string>>& pairs, std::string_view name) {
    for (const auto& [key, value] : pairs)
        if (key == name) return value;
    return {};
}

}  // namespace

std::string_view Call::path_text(std::string_view name) const { return find(path, name); }

std::optional<std::string_view> Call::query_text(std::string_view name) const {
    for (const auto& [key, value] : query)
        if (key == name) return value;
    return std::nullopt;
}

http::Response answer(int status, const json::Value& document) {
    http::Response response;
    response.status = status;
    response.set("content-type", "application/json");
    response.set("cache-control", "no-store");
    response.body = write_in_order(document);
    return response;
}

http::Response answer_version(int status, const json::Value& document, std::int64_t version) {
    auto response = answer(status, document);
    response.set("etag", "\"" + std::to_string(version) + "\"");
    return response;
}

http::Response no_content() {
    http::Response response;
    response.status = 204;
    return response;
}

Result<std::optional<std::int64_t>> wanted_version(const http::Request& request) {
    if (request.count("if-match") == 0) return std::optional<std::int64_t>();
    std::string_view text = request.header("if-match");
    if (text == "*") return std::optional<std::int64_t>();
    const auto refused = [] {
        return fail(Errc::precondition_failed, {},
                    "Give the version as If-Match: \"<version>\", from ETag or `version`.");
    };
    if (text.size() < 3 || text.front() != '"' || text.back() != '"') return refused();
    text = text.substr(1, text.size() - 2);
    std::int64_t version = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
    if (error != std::errc() || end != text.data() + text.size()) return refused();
    return std::optional<std::int64_t>(version);
}

Result<void> check_version(std::optional<std::int64_t> wanted, std::int64_t stored) {
    if (!wanted || *wanted == stored) return {};
    return fail(Errc::precondition_failed, {},
                "Somebody changed it: version " + std::to_string(stored) +
                    " is stored. Read it again, apply your change to that, and send its version.");
}

void set_text(json::Object& object, std::string_view name, std::string_view text) {
    if (!text.empty()) object.append(std::string(name), text);
}

void set_time(json::Object& object, std::string_view name, const std::optional<UnixTime>& time) {
    if (time) object.append(std::string(name), to_rfc3339(*time));
}

json::Value text_array(const std::vector<std::string>& texts) {
    json::Array array;
    array.reserve(texts.size());
    for (const auto& text : texts) array.emplace_back(text);
    return array;
}

json::Value stored_json(const std::string& text) {
    if (text.empty()) return nullptr;
    auto read = json::read(text);
    return read ? std::move(*read) : json::Value();
}

}  // namespace tenon::api
