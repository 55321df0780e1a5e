#include "ingest/envelope.hpp"

#include "tenon/base/bytes.hpp"
#include "tenon/base/json.hpp"
#include "tenon/base/time.hpp"

namespace tenon::ingest {
namespace {

constexpr std::string_view media_type = "application/vnd.tenon.delivery+json";
constexpr std::string_view signing_scheme = "standardwebhooks_v1";
constexpr std::chrono::seconds most_delay{300};

/// `{name: value | [values]}` as pairs.
std::optional<std::vector<http::Header>> headers_of(const json::Value& document) {
    if (!document.is_object()) return std::nullopt;
    std::vector<http::Header> headers;
    for (const auto& [name, value] : document.as_object()) {
        if (value.is_text()) {
            headers.emplace_back(name, value.as_text());
            continue;
        }
        if (!value.is_array()) return std::nullopt;
        for (const auto& one : value.as_array()) {
            if (!one.is_text()) return std::nullopt;
            headers.emplace_back(name, one.as_text());
        }
    }
    return headers;
}

}  // namespace

bool is_envelope(const http::Request& request) {
    const std::string_view type = request.header("content-type");
    return type.substr(0, type.find(';')) == media_type;
}

Result<Forwarded> open_envelope(const http::Request& outer, std::string_view scheme, UnixTime now) {
    TENON_TRY(const auto document, json::read(outer.body));
    const auto received_at = from_rfc3339(document.text_at("received_at"));
    auto body = bytes::from_base64(document.text_at("body_base64"));
    const auto* listed = document.find("headers");
    auto headers = listed == nullptr ? std::nullopt : headers_of(*listed);
    if (document.text_at("scheme") != scheme || !received_at || !body || !headers)
        return fail(Errc::check_failed);
    if (*received_at > now + most_delay || *received_at < now - most_delay)
        return fail(Errc::timestamp_outside_window);
    Forwarded forwarded{outer, *received_at};
    forwarded.request.method = document.text_at("method");
    forwarded.request.target = document.text_at("url");
    forwarded.request.headers = std::move(*headers);
    forwarded.request.body = std::move(*body);
    return forwarded;
}

Result<std::optional<webhook::Verifier>> edge_verifier(const Schemes& schemes,
                                                       std::string_view secrets_document) {
    TENON_TRY(const auto document, json::read(secrets_document));
    const std::string_view secret = document.text_at("edge_secret");
    const auto scheme = schemes.find(signing_scheme);
    if (secret.empty() || scheme == schemes.end()) return std::optional<webhook::Verifier>();
    webhook::Trust trust;
    trust.secrets.emplace_back(std::string(secret));
    auto verifier = webhook::Verifier::create(scheme->second, std::move(trust));
    if (!verifier) return fail(verifier.error().code, "/edge_secret");
    return std::optional<webhook::Verifier>(std::move(*verifier));
}

}  // namespace tenon::ingest
