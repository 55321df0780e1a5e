// Tokens (RFC 7519) and HTTP message signatures (RFC 9421).
#include "compile.hpp"

namespace tenon::webhook {

std::optional<DigestClaim> Compiler::digest_claim(const Item& item) {
    if (!item) return std::nullopt;
    DigestClaim claim;
    claim.name = text(item, "name");
    claim.hash = hash(item.member("hash"), text(item, "hash"));
    claim.encoding = encoding(item.member("enc"), text(item, "enc"));
    claim.optional = flag(item, "optional");
    claim.absent_if_empty = flag(item, "absent_if_empty");
    claim.may_be_padded = text(item, "padding") == "optional";
    if (const Item of = item.member("of")) claim.of = message(of);
    if (claim.name.empty()) invalid(item);
    return claim;
}

void Compiler::claims(const Item& item, JwtRule& rule) {
    if (!item.value->is_object()) return invalid(item);
    for (const json::Member& member : item.value->as_object()) {
        const Item value = item.member(member.name);
        if (!value) return invalid(item);
        ClaimRule claim{member.name, ClaimRule::Kind::one_of, {}};
        if (value.value->is_boolean() && value.value->as_boolean())
            claim.kind = ClaimRule::Kind::is_true;
        else if (value.value->is_text() && value.value->as_text() == "present")
            claim.kind = ClaimRule::Kind::present;
        else
            claim.allowed = message(value);
        rule.claims.push_back(std::move(claim));
    }
}

void Compiler::jwt(const Item& item) {
    JwtRule rule;
    rule.algorithms = texts(item.member("algs"));
    bool has_mac = false;
    bool has_signature = false;
    for (const std::string& name : rule.algorithms) {
        if (name.empty()) return invalid(item);
        const std::string_view family = std::string_view(name).substr(0, 2);
        (family == "HS" ? has_mac : has_signature) = true;
    }
    // A public key must never be taken for a MAC key.
    if (has_mac == has_signature || has_mac != (plan.key.type == KeyType::secret)) invalid(item);
    if (const Item times = item.member("times")) {
        if (!times.value->is_object()) return invalid(times);
        for (const json::Member& time : times.value->as_object()) {
            if (text(times, time.name) != "required") unsupported(times);
            rule.required_times.push_back(time.name);
        }
    }
    rule.leeway = number(item, "leeway_s").value_or(0);
    rule.max_age = number(item, "max_age_s");
    if (const Item list = item.member("claims")) claims(list, rule);
    rule.body = digest_claim(item.member("body_claim"));
    rule.url = digest_claim(item.member("url_claim"));
    if (rule.url && rule.url->of.empty()) invalid(item);
    if (const Item x5c = item.member("x5c")) {
        rule.leaf_oid = text(x5c, "leaf_oid");
        rule.intermediate_oid = text(x5c, "intermediate_oid");
    }
    plan.jwt = std::move(rule);
}

void Compiler::http_signature(const Item& item) {
    plan.http_signature = HttpSignatureRule{texts(item.member("required")), texts(item.member("algs"))};
}

}  // namespace tenon::webhook
