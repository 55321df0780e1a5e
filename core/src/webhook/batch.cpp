#include "tenon/webhook/batch.hpp"

#include "tenon/base/bytes.hpp"

namespace tenon::webhook {
namespace {

/// A request read from a line; owns what the delivery's views point to.
struct Line {
    json::Value document;
    std::string body;
    UnixTime now;
    Delivery delivery;
};

Result<void> add_headers(const json::Value& headers, Delivery& delivery) {
    if (!headers.is_object()) return fail(Errc::malformed_request, "/headers");
    for (const json::Member& header : headers.as_object()) {
        if (header.value.is_text()) {
            delivery.headers.emplace_back(header.name, header.value.as_text());
            continue;
        }
        if (!header.value.is_array()) return fail(Errc::malformed_request, "/headers");
        for (const json::Value& value : header.value.as_array()) {
            if (!value.is_text()) return fail(Errc::malformed_request, "/headers");
            delivery.headers.emplace_back(header.name, value.as_text());
        }
    }
    return {};
}

Result<std::string_view> text_of(const json::Value& object, std::string_view name) {
    const json::Value* value = object.find(name);
    if (value == nullptr) return std::string_view();
    if (!value->is_text()) return fail(Errc::malformed_request, '/' + std::string(name));
    return std::string_view(value->as_text());
}

Result<void> read_request(Line& line) {
    const json::Value& document = line.document;
    TENON_TRY(line.delivery.method, text_of(document, "method"));
    TENON_TRY(line.delivery.url, text_of(document, "url"));
    if (const json::Value* headers = document.find("headers"))
        TENON_CHECK(add_headers(*headers, line.delivery));
    TENON_TRY(const std::string_view encoded, text_of(document, "body_base64"));
    auto body = bytes::from_base64(encoded);
    if (!body) return fail(Errc::malformed_request, "/body_base64");
    line.body = std::move(*body);
    line.delivery.body = line.body;

    constexpr std::int64_t farthest =
        1'000'000'000'000;  // far beyond year 9999, far from overflow in milliseconds
    const json::Value* now = document.find("now_unix");
    const auto scaled = now != nullptr && now->is_number() ? now->as_number().scaled(3)
                                                           : Result<Decimal>(fail(Errc::malformed_request));
    const auto ms = scaled ? scaled->to_int64() : std::nullopt;
    if (!ms || *ms > farthest * 1000 || *ms < -farthest * 1000)
        return fail(Errc::malformed_request, "/now_unix");
    line.now = UnixTime(std::chrono::milliseconds(*ms));
    return {};
}

Result<Scheme> scheme_of(const json::Value& document, const SchemeLookup& find) {
    const json::Value* scheme = document.find("scheme_document");
    if (scheme == nullptr) scheme = document.find("scheme");
    if (scheme == nullptr) return fail(Errc::malformed_request, "/scheme");
    if (scheme->is_object()) return Scheme::compile(*scheme);
    if (!scheme->is_text()) return fail(Errc::scheme_unknown);
    return find(scheme->as_text());
}

json::Object response_document(const Response& response) {
    json::Object document;
    document.append("status", response.status);
    json::Object headers;
    for (const auto& [name, value] : response.headers) headers.set(name, value);
    document.append("headers", std::move(headers));
    document.append("body", response.body);
    if (!response.fetch.empty()) document.append("fetch", response.fetch);
    if (!response.store_key.empty()) document.append("store_key", response.store_key);
    return document;
}

Result<json::Object> answer(Line& line, const SchemeLookup& find) {
    TENON_CHECK(read_request(line));
    TENON_TRY(Trust trust, read_trust(line.document));
    const auto scheme = scheme_of(line.document, find);
    if (!scheme && scheme.error().code == Errc::malformed_request)
        return tl::unexpected<Error>(scheme.error());
    if (scheme) return verdict_document(verify(*scheme, std::move(trust), line.delivery, line.now));
    Verdict verdict;
    verdict.reason = Errc::scheme_unknown;
    return verdict_document(verdict);
}

}  // namespace

json::Object verdict_document(const Verdict& verdict) {
    json::Object document;
    document.append("valid", verdict.valid);
    if (!verdict.valid && verdict.reason) document.append("reason", id_of(*verdict.reason));
    if (!verdict.id.empty()) document.append("id", verdict.id);
    if (verdict.timestamp) document.append("timestamp", *verdict.timestamp);
    if (verdict.response) document.append("response", response_document(*verdict.response));
    if (verdict.need_key)
        document.append("need_key",
                        json::Object{{"url", verdict.need_key->url}, {"kid", verdict.need_key->kid}});
    return document;
}

Result<Trust> read_trust(const json::Value& object) {
    Trust trust;
    if (const json::Value* secret = object.find("secret")) {
        if (!secret->is_text()) return fail(Errc::malformed_request, "/secret");
        trust.secrets.emplace_back(secret->as_text());
    }
    if (const json::Value* secrets = object.find("secrets")) {
        if (!secrets->is_array()) return fail(Errc::malformed_request, "/secrets");
        for (const json::Value& secret : secrets->as_array()) {
            if (!secret.is_text()) return fail(Errc::malformed_request, "/secrets");
            trust.secrets.emplace_back(secret.as_text());
        }
    }
    for (const std::string_view name : {"config", "keys"}) {
        const json::Value* value = object.find(name);
        if (value == nullptr || value->is_null()) continue;
        if (!value->is_object()) return fail(Errc::malformed_request, '/' + std::string(name));
        (name == "keys" ? trust.keys : trust.config) = value->as_object();
    }
    return trust;
}

std::string error_line(const Error& error) {
    json::Object inner{{"code", id_of(error.code)}};
    if (!error.field.empty()) inner.append("pointer", error.field);
    return json::write(json::Object{{"error", std::move(inner)}});
}

std::string verify_line(std::string_view text, const SchemeLookup& find) {
    auto document = json::read(text);
    if (!document) return error_line(document.error());
    if (!document->is_object()) return error_line({Errc::not_an_object, {}, {}});
    Line line;
    line.document = std::move(*document);
    auto verdict = answer(line, find);
    if (!verdict) {
        verdict = json::Object{{"error", json::Object{{"code", id_of(verdict.error().code)},
                                                      {"pointer", verdict.error().field}}}};
    }
    if (const json::Value* name = line.document.find("case")) verdict->append("case", *name);
    return json::write(std::move(*verdict));
}

}  // namespace tenon::webhook
