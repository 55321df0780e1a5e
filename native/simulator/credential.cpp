#include "simulator/credential.hpp"

#include "http/query.hpp"
#include "tenon/base/bytes.hpp"

namespace tenon::simulator {

namespace {

using catalogue::ApplyKind;
using catalogue::Auth;

/// The values a call presents for one way to connect, in the order of its fields; empty = none.
std::vector<std::string> presented(const Auth& auth, const http::Request& request) {
    const std::string_view header = request.header("authorization");
    const auto behind = [&](std::string_view scheme) -> std::optional<std::string> {
        if (header.substr(0, scheme.size()) != scheme || header.size() == scheme.size()) return std::nullopt;
        return std::string(header.substr(scheme.size()));
    };
    switch (auth.apply.kind) {
        case ApplyKind::bearer:
            if (auto token = behind("Bearer ")) return {std::move(*token)};
            return {};
        case ApplyKind::basic: {
            const auto encoded = behind("Basic ");
            const auto pair = encoded ? bytes::from_base64(*encoded) : std::nullopt;
            const std::size_t colon = pair ? pair->find(':') : std::string::npos;
            if (colon == std::string::npos) return {};
            return {pair->substr(0, colon), pair->substr(colon + 1)};
        }
        case ApplyKind::header: {
            const std::string_view value = request.header(auth.apply.name);
            return value.empty() ? std::vector<std::string>() : std::vector<std::string>{std::string(value)};
        }
        case ApplyKind::query: {
            const auto query = http::Query::parse(request.query);
            const auto value = query ? query->find(auth.apply.name) : std::nullopt;
            return value ? std::vector<std::string>{std::string(*value)} : std::vector<std::string>();
        }
        default:
            return {};
    }
}

bool has_the_form(const Auth& auth, const std::vector<std::string>& values) {
    for (std::size_t i = 0; i < values.size() && i < auth.apply.fields.size(); ++i) {
        const catalogue::Field* field = auth.field(auth.apply.fields[i]);
        if (field != nullptr && !field->pattern.matches_all(values[i])) return false;
    }
    return true;
}

Standing by_word(std::string_view credential) {
    if (credential.find("revoked") != std::string_view::npos) return Standing::wrong;
    if (credential.find("expired") != std::string_view::npos) return Standing::expired;
    return Standing::good;
}

}  // namespace

Result<Gate> Gate::create(const catalogue::Provider& provider, std::string_view signing_secret,
                          std::string_view scheme_text) {
    Gate out(provider);
    if (signing_secret.empty()) return out;
    TENON_TRY(const json::Value document, json::read(scheme_text));
    TENON_TRY(const webhook::Scheme scheme, webhook::Scheme::compile(document));
    webhook::Trust trust;
    trust.secrets.emplace_back(std::string(signing_secret));
    TENON_TRY(out.verifier_, webhook::Verifier::create(scheme, std::move(trust)));
    return out;
}

Standing Gate::check(Proof proof, const Exchange& exchange, UnixTime now) {
    switch (proof) {
        case Proof::none:
            return Standing::good;
        case Proof::field:
            return check_field(exchange);
        case Proof::url:
            return by_word(exchange.path) == Standing::good ? Standing::good : Standing::wrong;
        case Proof::signature:
            return check_signature(exchange, now);
    }
    return Standing::wrong;
}

Standing Gate::check_field(const Exchange& exchange) const {
    Standing standing = Standing::missing;
    for (const Auth& auth : provider_->auth) {
        if (!auth.is_entered()) continue;
        const std::vector<std::string> values = presented(auth, exchange.request);
        if (values.empty()) continue;
        standing = has_the_form(auth, values) ? by_word(values.back()) : Standing::wrong;
        if (standing == Standing::good) return standing;
    }
    return standing;
}

Standing Gate::check_signature(const Exchange& exchange, UnixTime now) {
    if (!verifier_) return Standing::good;
    if (exchange.request.header("webhook-signature").empty()) return Standing::missing;
    webhook::Delivery delivery;
    delivery.method = exchange.request.method;
    delivery.url = exchange.request.target;
    for (const auto& [name, value] : exchange.request.headers) delivery.headers.emplace_back(name, value);
    delivery.body = exchange.request.body;
    return verifier_->verify(delivery, now).valid ? Standing::good : Standing::wrong;
}

}  // namespace tenon::simulator
