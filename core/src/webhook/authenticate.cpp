// Which key, and whether it made the signature.
#include <algorithm>

#include "tenon/base/bytes.hpp"
#include "tenon/base/text.hpp"
#include "verify_state.hpp"
#include "verify_token.hpp"

namespace tenon::webhook {
namespace {

/// `{name}` of the template filled in; a template that is nothing else takes the name as the URL it is.
std::string fetch_url(std::string_view pattern, std::string_view name) {
    constexpr std::string_view hole = "{name}";
    if (pattern == hole) return std::string(name);
    const std::size_t at = pattern.find(hole);
    std::string url(pattern.substr(0, at));
    if (at == std::string_view::npos) return url;
    return url.append(bytes::percent_encode(name)).append(pattern.substr(at + hole.size()));
}

}  // namespace

/// The key that the delivery names. A public one that was not given may be fetched by the caller: the
/// allow-list was asked before.
Reason Verifier::State::select_key(Key*& selected, Key& looked_up, Verdict& verdict) {
    const KeyRule& rule = plan().key;
    if (!rule.lookup) return std::nullopt;
    const auto name = request.value(*rule.lookup);
    if (!name) return rule.lookup_optional ? Reason() : Errc::key_unknown;
    if (rule.lookup_matches && (!text::is_utf8(*name) || !rule.lookup_matches->is_found_in(*name)))
        return Errc::check_failed;
    const json::Value* found = trust.keys.find(*name);
    if (found == nullptr && fetched != nullptr) found = fetched->find(*name);
    if (found != nullptr) {
        auto key = prepare_named_key(plan(), *found, *name, trust.config);
        if (key) {
            looked_up = std::move(*key);
            selected = &looked_up;
            return std::nullopt;
        }
        if (key.error().code != Errc::key_unknown) return Errc::secret_malformed;
    }
    if (!rule.fetch.empty() && trust.fetching == Fetching::allowed && text::is_utf8(*name))
        verdict.need_key = NeedKey{fetch_url(rule.fetch, *name), std::string(*name)};
    return Errc::key_unknown;
}

/// What an HMAC or a secret in front of a hash comes to.
std::string Verifier::State::expected_mac(Key& key) {
    if (method.algorithm == Algorithm::hmac) {
        key.mac->begin();
        for (const std::string_view piece : pieces) key.mac->update(piece);
        return key.mac->finish();
    }
    std::string mac(key.bytes.expose());
    if (method.algorithm == Algorithm::shared_token) return mac;
    for (const std::string_view piece : pieces) mac += piece;
    std::string digest = crypto::digest(method.hash, mac);
    wipe(mac);
    return digest;
}

bool Verifier::State::is_public_match(const crypto::PublicKey& key) {
    std::string message;
    for (const std::string_view piece : pieces) message += piece;
    for (const SignatureEntry& entry : entries)
        if (is_signed(key, method, message, entry.bytes)) return true;
    return false;
}

/// `index`: position of the key among the secrets, which may be tied to one header.
bool Verifier::State::is_match(Key& key, std::size_t index) {
    if (key.public_key) return is_public_match(*key.public_key);
    std::string mac = expected_mac(key);
    bool matched = false;
    for (const SignatureEntry& entry : entries)
        if (!plan().signature.key_per_header || entry.source == index)
            matched = crypto::equal_constant_time(entry.bytes, mac) || matched;
    if (method.algorithm == Algorithm::shared_token) wipe(mac);
    return matched;
}

/// MAC keys that the delivery carries, each encrypted to one of our private keys.
std::vector<Key> Verifier::State::unwrapped_keys() {
    std::vector<Key> found;
    const auto text = request.value(*plan().key.wrapped);
    const auto wrapped = text ? bytes::from_base64(*text) : std::nullopt;
    for (const Key& key : keys) {
        auto bytes = wrapped ? key.private_key->unwrap(*wrapped) : std::nullopt;
        if (!bytes || bytes->empty()) continue;
        found.emplace_back().mac.emplace(method.hash, *bytes);
        wipe(*bytes);
    }
    return found;
}

/// Every message as it may have been meant, against every key.
Reason Verifier::State::match_any(std::span<Key> candidates) {
    bool was_built = false;
    const unsigned int variants = plan().any_port ? 2 : 1;
    for (unsigned int variant = 0; variant < variants; ++variant) {
        request.set_url_variant(variant);
        for (const Message& message : plan().messages) {
            if (!request.pieces(message, pieces)) {
                if (const Reason reason = request.take_part_error()) return reason;
                continue;
            }
            was_built = true;
            for (std::size_t i = 0; i < candidates.size(); ++i)
                if (is_match(candidates[i], i)) return std::nullopt;
        }
    }
    return was_built ? Errc::signature_mismatch : Errc::check_failed;
}

Reason Verifier::State::authenticate(Verdict& verdict) {
    Key looked_up;
    Key* selected = nullptr;
    if (const Reason reason = select_key(selected, looked_up, verdict)) return reason;
    if (selected != nullptr) return match_any({selected, 1});
    if (keys.empty()) return Errc::key_unknown;
    if (!plan().key.wrapped) return match_any(keys);
    std::vector<Key> unwrapped = unwrapped_keys();
    return unwrapped.empty() ? Errc::key_unknown : match_any(unwrapped);
}

/// The algorithm that the delivery chooses among the scheme's.
Reason Verifier::State::choose_method() {
    method = plan().method;
    if (!plan().method_from) return std::nullopt;
    const auto value = request.value(*plan().method_from);
    for (const auto& [name, choice] : plan().methods) {
        if (value != std::string_view(name)) continue;
        method = choice;
        return std::nullopt;
    }
    return Errc::signature_malformed;
}

/// The key that a token's own certificates vouch for, under the pinned root.
Reason Verifier::State::key_of_certificates(UnixTime now, Key& key) {
    const auto chain = token.certificates();
    const std::size_t wanted = plan().jwt->intermediate_oid.empty() ? 2 : 3;
    if (!chain || chain->size() < wanted || (wanted == 3 && chain->size() > wanted))
        return Errc::signature_malformed;
    for (const Key& root : keys) {
        key.public_key = key_of_chain(*chain, root.bytes.expose(), *plan().jwt, now);
        if (key.public_key) return std::nullopt;
    }
    return Errc::key_unknown;
}

/// Tokens replace steps 8 to 13.
Reason Verifier::State::token_item(UnixTime now, Verdict& verdict) {
    const JwtRule& rule = *plan().jwt;
    const bool is_listed =
        token.read(entries[0].bytes) &&
        std::find(rule.algorithms.begin(), rule.algorithms.end(), token.algorithm()) != rule.algorithms.end();
    if (entries.size() != 1 || !is_listed) return Errc::signature_malformed;
    request.set_token(&token);
    Key looked_up;
    Key* selected = nullptr;
    if (plan().key.type == KeyType::pinned_root) {
        if (const Reason reason = key_of_certificates(now, looked_up)) return reason;
        selected = &looked_up;
    } else if (const Reason reason = select_key(selected, looked_up, verdict)) {
        return reason;
    }
    const std::span<Key> candidates =
        selected != nullptr ? std::span<Key>(selected, 1) : std::span<Key>(keys);
    if (candidates.empty()) return Errc::key_unknown;
    bool is_signed = false;
    for (const Key& key : candidates) is_signed = is_signed || is_signed_by(token, key);
    if (!is_signed) return Errc::signature_mismatch;
    if (const Reason reason = check_times(token, rule, now)) return reason;
    return check_claims(request, token, rule);
}

}  // namespace tenon::webhook
