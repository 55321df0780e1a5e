#include "incoming.hpp"

#include <chrono>
#include <optional>

namespace tenon::abi {
namespace {

Result<void> read_headers(const json::Value& header, webhook::Delivery& delivery) {
    const json::Value* headers = header.find("headers");
    if (headers == nullptr) return {};
    if (!headers->is_array()) return fail(Errc::malformed_request, "/headers");
    for (const json::Value& pair : headers->as_array()) {
        if (!pair.is_array() || pair.as_array().size() != 2) return fail(Errc::malformed_request, "/headers");
        const json::Value& name = pair.as_array()[0];
        const json::Value& value = pair.as_array()[1];
        if (!name.is_text() || !value.is_text()) return fail(Errc::malformed_request, "/headers");
        delivery.headers.emplace_back(name.as_text(), value.as_text());
    }
    return {};
}

}  // namespace

Result<json::Value> read_object(std::string_view frame) {
    TENON_TRY(json::Value document, json::read(frame));
    if (!document.is_object()) return fail(Errc::not_an_object);
    return document;
}

Result<void> read_request(Incoming& incoming) {
    constexpr std::int64_t farthest = 1'000'000'000'000'000;  // far beyond year 9999
    const json::Value& header = incoming.header;
    for (const std::string_view name : {"method", "url"}) {
        const json::Value* value = header.find(name);
        if (value == nullptr) continue;
        if (!value->is_text()) return fail(Errc::malformed_request, '/' + std::string(name));
        (name == "url" ? incoming.delivery.url : incoming.delivery.method) = value->as_text();
    }
    TENON_CHECK(read_headers(header, incoming.delivery));
    const json::Value* now = header.find("now_ms");
    const auto ms = now != nullptr && now->is_number() ? now->as_number().to_int64() : std::nullopt;
    if (!ms || *ms > farthest || *ms < -farthest) return fail(Errc::malformed_request, "/now_ms");
    incoming.now = UnixTime(std::chrono::milliseconds(*ms));
    return {};
}

Result<webhook::Scheme> scheme_of(const json::Value& object) {
    const json::Value* document = object.find("scheme");
    if (document == nullptr) return fail(Errc::malformed_request, "/scheme");
    return webhook::Scheme::compile(*document);
}

}  // namespace tenon::abi
