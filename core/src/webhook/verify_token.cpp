#include "verify_token.hpp"

#include "encoding.hpp"

namespace tenon::webhook {
namespace {

using Reason = std::optional<Errc>;
using Found = std::optional<BodyJson::Id>;

Found claim(const Token& token, std::string_view name) {
    return token.claims().find_one(BodyJson::root, {std::string(name)});
}

/// Text of a claim that is a text.
std::optional<std::string> text_of(const Token& token, Found node) {
    if (!node || token.claims().kind(*node) != NodeKind::text) return std::nullopt;
    std::string storage;
    const auto text = token.claims().text_of(*node, storage);
    if (!text) return std::nullopt;
    return std::string(*text);
}

/// A whole number of seconds that is not negative, in at most 15 digits.
std::optional<std::int64_t> seconds_of(const Token& token, BodyJson::Id node) {
    constexpr std::size_t most_digits = 15;
    if (token.claims().kind(node) != NodeKind::number) return std::nullopt;
    std::string storage;
    const auto text = token.claims().text_of(node, storage);
    if (!text || text->size() > most_digits) return std::nullopt;
    std::int64_t value = 0;
    for (const char c : *text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

/// The claim as a list of texts: itself, or for an audience the elements of an array.
std::vector<std::string> texts_of(const Token& token, std::string_view name) {
    std::vector<std::string> texts;
    const Found node = claim(token, name);
    if (!node) return texts;
    if (token.claims().kind(*node) == NodeKind::array && name == "aud") {
        std::vector<BodyJson::Id> elements;
        token.claims().find(*node, {"*"}, elements);
        for (const BodyJson::Id element : elements)
            if (auto text = text_of(token, element)) texts.push_back(std::move(*text));
    } else if (auto text = text_of(token, node)) {
        texts.push_back(std::move(*text));
    }
    return texts;
}

bool is_allowed(Request& request, const Token& token, const ClaimRule& rule) {
    const Found node = claim(token, rule.name);
    if (!node) return false;
    if (rule.kind == ClaimRule::Kind::is_true) {
        std::string storage;
        return token.claims().kind(*node) == NodeKind::boolean &&
               token.claims().text_of(*node, storage) == "true";
    }
    const std::vector<std::string> texts = texts_of(token, rule.name);
    if (rule.kind == ClaimRule::Kind::present)
        return !texts.empty() ? !texts[0].empty() : token.claims().kind(*node) == NodeKind::number;
    bool is_equal = false;
    for (const Part& part : rule.allowed) {
        const auto wanted = request.value(part);
        if (!wanted || wanted->empty()) continue;
        for (const std::string& text : texts) is_equal = is_equal || text == *wanted;
    }
    return is_equal;
}

bool is_digest(Request& request, const Token& token, const DigestClaim& rule) {
    const auto content =
        rule.of.empty() ? std::optional<std::string>(request.delivery().body) : request.text(rule.of);
    if (!content) return false;
    const Found node = claim(token, rule.name);
    if (!node) return rule.optional || (rule.absent_if_empty && content->empty());
    auto text = text_of(token, node);
    if (!text) return false;
    std::string expected = encode(rule.encoding, crypto::digest(rule.hash, *content));
    if (rule.may_be_padded && text->size() > expected.size())
        expected.resize((expected.size() + 3) / 4 * 4, '=');
    return crypto::equal_constant_time(*text, expected);
}

}  // namespace

bool is_signed_by(const Token& token, const Key& key) {
    const std::string& name = token.algorithm();
    if (key.public_key) return is_token_signed(*key.public_key, name, token.signed_part(), token.signature());
    const crypto::Hash hash = name == "HS256"   ? crypto::Hash::sha256
                              : name == "HS384" ? crypto::Hash::sha384
                                                : crypto::Hash::sha512;
    return name.substr(0, 2) == "HS" && !key.bytes.empty() &&
           crypto::equal_constant_time(crypto::hmac(hash, key.bytes.expose(), token.signed_part()),
                                       token.signature());
}

Reason check_times(const Token& token, const JwtRule& rule, UnixTime now) {
    for (const std::string& name : rule.required_times)
        if (!claim(token, name)) return Errc::timestamp_missing;
    const std::int64_t now_ms = now.time_since_epoch().count();
    const auto read = [&](std::string_view name, Reason& malformed) -> std::optional<std::int64_t> {
        const Found node = claim(token, name);
        if (!node) return std::nullopt;
        const auto seconds = seconds_of(token, *node);
        if (!seconds) malformed = Errc::timestamp_malformed;
        return seconds;
    };
    Reason malformed;
    const auto expires = read("exp", malformed);
    const auto not_before = read("nbf", malformed);
    const auto issued = read("iat", malformed);
    if (malformed) return malformed;
    const std::int64_t leeway = rule.leeway;
    const bool is_inside = (!expires || now_ms < (*expires + leeway) * 1000) &&
                           (!not_before || now_ms >= (*not_before - leeway) * 1000) &&
                           (!issued || now_ms >= (*issued - leeway) * 1000) &&
                           (!issued || !rule.max_age || now_ms <= (*issued + *rule.max_age + leeway) * 1000);
    return is_inside ? Reason() : Errc::timestamp_outside_window;
}

Reason check_claims(Request& request, const Token& token, const JwtRule& rule) {
    for (const ClaimRule& one : rule.claims)
        if (!is_allowed(request, token, one)) return Errc::check_failed;
    if (rule.body && !is_digest(request, token, *rule.body)) return Errc::check_failed;
    if (rule.url && !is_digest(request, token, *rule.url)) return Errc::check_failed;
    return std::nullopt;
}

}  // namespace tenon::webhook
