// Signing as a provider would: the verifier's rules run backwards, for headers only.
#include <algorithm>

#include "encoding.hpp"
#include "fields.hpp"
#include "key.hpp"
#include "plan.hpp"
#include "request.hpp"
#include "tenon/base/bytes.hpp"
#include "tenon/base/text.hpp"
#include "tenon/webhook/verify.hpp"
#include "timestamp.hpp"

namespace tenon::webhook {
namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

bool has_header(const Headers& headers, std::string_view name) {
    for (const auto& header : headers)
        if (text::equal_ignoring_case(header.first, name)) return true;
    return false;
}

/// What one signing run knows.
struct Signer {
    const Scheme::Plan& plan;
    const Trust& trust;
    UnixTime now;
    Headers added;

    std::string name_of(Slot slot) const {
        const Name& name = plan.headers[slot].name;
        if (!name.from_config) return name.text;
        const json::Value* value = trust.config.find(name.text);
        return value != nullptr && value->is_text() ? value->as_text() : std::string();
    }

    void add(Slot slot, std::string value, const Delivery& given) {
        const std::string name = name_of(slot);
        for (const auto& header : given.headers)
            if (text::equal_ignoring_case(header.first, name)) {
                value = header.second;
                break;
            }
        if (!has_header(added, name)) added.emplace_back(name, std::move(value));
    }

    Delivery with_added(const Delivery& given) const {
        Delivery delivery = given;
        for (const auto& header : added) {
            const auto is_same = [&header](const auto& other) {
                return text::equal_ignoring_case(other.first, header.first);
            };
            if (std::none_of(given.headers.begin(), given.headers.end(), is_same))
                delivery.headers.emplace_back(header.first, header.second);
        }
        return delivery;
    }
};

std::string joined(const std::vector<std::string>& texts, std::string_view separator) {
    std::string out;
    for (const std::string& text : texts) {
        if (!out.empty()) out += separator;
        out += text;
    }
    return out;
}

/// An id that depends on the content and the moment only: the core has no randomness, and nobody relies on
/// it.
std::string test_id(std::string_view body, UnixTime now) {
    std::string seed = format_timestamp(now, TimeFormat::unix_milliseconds) + ':';
    seed += body;
    return "msg_" + bytes::to_hex(crypto::digest(crypto::Hash::sha256, seed)).substr(0, 24);
}

Result<std::string> compute(const Scheme::Plan& plan, Key& key, Request& request) {
    std::vector<std::string_view> pieces;
    for (const Message& message : plan.messages) {
        if (!request.pieces(message, pieces)) continue;
        if (plan.method.algorithm == Algorithm::shared_token) return std::string(key.bytes.expose());
        if (plan.method.algorithm == Algorithm::hmac) {
            key.mac->begin();
            for (const std::string_view piece : pieces) key.mac->update(piece);
            return key.mac->finish();
        }
        std::string all(key.bytes.expose());
        for (const std::string_view piece : pieces) all += piece;
        return crypto::digest(plan.method.hash, all);
    }
    return fail(Errc::not_supported, "/message", "a part of the signed message can't be made up");
}

/// The text around the signature: other fields first, then the signature's own.
std::string header_text(const SignatureRule& rule, std::string_view field, std::string_view time_field,
                        std::string_view time, std::string_view encoded) {
    std::string out;
    if (!time_field.empty()) {
        out.append(time_field).append(rule.key_value).append(time).append(rule.split);
    }
    if (!rule.key_value.empty()) out.append(field).append(rule.key_value);
    return out.append(rule.prefix).append(encoded);
}

/// A token that says what the rule wants to hear of this request, good for a minute.
Result<std::string> sign_token(const Scheme::Plan& plan, const Key& key, Request& request, UnixTime now) {
    constexpr std::int64_t life = 60;
    const JwtRule& rule = *plan.jwt;
    const std::int64_t seconds = now.time_since_epoch().count() / 1000;
    json::Object claims{{"iat", seconds}, {"nbf", seconds}, {"exp", seconds + life}};
    for (const ClaimRule& claim : rule.claims) {
        if (claim.kind == ClaimRule::Kind::is_true) {
            claims.set(claim.name, true);
        } else if (claim.kind == ClaimRule::Kind::present) {
            claims.set(claim.name, test_id(request.delivery().body, now));
        } else {
            const auto value = request.value(claim.allowed[0]);
            if (!value || value->empty()) return fail(Errc::not_supported, "/jwt/claims/" + claim.name);
            claims.set(claim.name, std::string(*value));
        }
    }
    for (const auto* digest : {&rule.body, &rule.url}) {
        if (!*digest) continue;
        const DigestClaim& claim = **digest;
        const auto content =
            claim.of.empty() ? std::optional<std::string>(request.delivery().body) : request.text(claim.of);
        if (!content) return fail(Errc::not_supported, "/jwt/url_claim");
        claims.set(claim.name, encode(claim.encoding, crypto::digest(claim.hash, *content)));
    }
    const std::string& algorithm = rule.algorithms[0];
    const crypto::Hash hash = algorithm == "HS256"   ? crypto::Hash::sha256
                              : algorithm == "HS384" ? crypto::Hash::sha384
                                                     : crypto::Hash::sha512;
    std::string token = bytes::to_base64url(json::write(json::Object{{"alg", algorithm}, {"typ", "JWT"}})) +
                        '.' + bytes::to_base64url(json::write(std::move(claims)));
    return token + '.' + bytes::to_base64url(crypto::hmac(hash, key.bytes.expose(), token));
}

}  // namespace

Result<std::vector<std::pair<std::string, std::string>>> sign(const Scheme& scheme, const Trust& trust,
                                                              const Delivery& unsigned_delivery,
                                                              UnixTime now) {
    const Scheme::Plan& plan = scheme.plan();
    if (plan.signature.place != Place::header || plan.signature.slots.empty() || plan.each)
        return fail(Errc::not_supported, "/signature");
    const Algorithm algorithm = plan.method.algorithm;
    if (algorithm == Algorithm::rsa || algorithm == Algorithm::ecdsa || algorithm == Algorithm::ed25519)
        return fail(Errc::not_supported, "/algorithm", "only the provider has the private key");
    if (plan.key.wrapped) return fail(Errc::not_supported, "/key/wrapped");
    if (algorithm == Algorithm::jwt && plan.key.type != KeyType::secret)
        return fail(Errc::not_supported, "/algorithm", "only the provider has the private key");
    if (plan.key.lookup && !plan.key.lookup_optional) return fail(Errc::not_supported, "/key/lookup");
    if (trust.secrets.empty()) return fail(Errc::secret_missing);
    TENON_TRY(Key key, prepare_key(plan, trust.secrets[0].expose(), trust.config));

    Signer signer{plan, trust, now, {}};
    std::string time;
    std::string time_field;
    if (plan.timestamp) {
        time = format_timestamp(now, plan.timestamp->format);
        const Part& from = plan.timestamp->from;
        if (from.kind == PartKind::header)
            signer.add(from.slots[0], time, unsigned_delivery);
        else if (from.kind == PartKind::signature_field)
            time_field = from.text;
    }
    for (const Part& part : plan.event_id)
        if (part.kind == PartKind::header)
            signer.add(part.slots[0], test_id(unsigned_delivery.body, now), unsigned_delivery);
    for (const Requirement& rule : plan.requirements) {
        if (rule.equals) signer.add(rule.slot, *rule.equals, unsigned_delivery);
        if (!rule.includes.empty())
            signer.add(rule.slot, joined(rule.includes, rule.split), unsigned_delivery);
    }

    const auto& type = plan.content_type;
    if (type && !type->negated) signer.add(type->slot, type->media_type, unsigned_delivery);

    const Delivery complete = signer.with_added(unsigned_delivery);
    Request request(plan, trust.config);
    request.begin(complete);
    if (type && (media_type_of(request.header(type->slot).value) == type->media_type) == type->negated)
        return fail(Errc::not_supported, "/when");
    if (!time_field.empty()) (void)request.add_signature_field({time_field, time});
    // A time inside the body is the caller's to write.
    if (plan.timestamp && !read_timestamp(request, *plan.timestamp).time)
        return fail(Errc::not_supported, "/timestamp/from");
    for (const EqualCheck& check : plan.checks) {
        const auto left = request.value(check.left);
        if (!left || left != request.value(check.right)) return fail(Errc::not_supported, "/check");
    }
    if (algorithm == Algorithm::jwt) {
        TENON_TRY(std::string token, sign_token(plan, key, request, now));
        const std::string name = signer.name_of(plan.signature.slots[0]);
        signer.added.emplace_back(name, plan.signature.prefix + token);
        return std::move(signer.added);
    }
    TENON_TRY(std::string signature, compute(plan, key, request));
    const auto field = request.resolve(plan.signature.field);
    if (!field) return fail(Errc::not_supported, "/signature/field");
    const std::string name = signer.name_of(plan.signature.slots[0]);
    if (name.empty()) return fail(Errc::not_supported, "/signature/name");
    signer.added.emplace_back(name, header_text(plan.signature, *field, time_field, time,
                                                encode(plan.encoding, std::move(signature))));
    return std::move(signer.added);
}

}  // namespace tenon::webhook
