#include "key.hpp"

#include "tenon/base/bytes.hpp"
#include "tenon/base/text.hpp"

namespace tenon::webhook {
namespace {

/// The rule that holds for what was pasted; lives as long as `rule`.
const KeyRule* rule_for(const KeyRule* rule, std::string_view pasted) {
    for (const auto& [prefix, override_rule] : rule->when_prefix)
        if (pasted.substr(0, prefix.size()) == prefix) return &override_rule;
    return rule;
}

bool is_ascii(std::string_view text) {
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0x80) return false;
    return true;
}

/// Replaces {secret} and {cfg:NAME}; nothing if the config lacks a name.
std::optional<std::string> compose(std::string_view pattern, std::string_view secret,
                                   const json::Object& config) {
    std::string out;
    while (!pattern.empty()) {
        const std::size_t open = pattern.find('{');
        out += pattern.substr(0, open);
        if (open == std::string_view::npos) break;
        const std::size_t close = pattern.find('}', open);
        const std::string_view name = pattern.substr(open + 1, close - open - 1);
        pattern.remove_prefix(close + 1);
        if (name == "secret") {
            out += secret;
            continue;
        }
        const json::Value* value = config.find(name.substr(4));  // behind "cfg:"
        if (value == nullptr || !value->is_text() || value->as_text().empty()) return std::nullopt;
        out += value->as_text();
    }
    return out;
}

std::optional<std::string> decode_key(Encoding encoding, std::string_view text) {
    if (encoding == Encoding::hex) return bytes::from_hex(text, bytes::HexCase::any);
    if (encoding == Encoding::base64) return bytes::from_base64(text);
    if (encoding == Encoding::base64url) return bytes::from_base64url(text);
    return std::string(text);
}

std::optional<std::string> key_bytes(const KeyRule& rule, std::string_view pasted,
                                     const json::Object& config) {
    if (rule.characters != 0 && text::length(pasted) != rule.characters) return std::nullopt;
    std::optional<std::string> normalised;
    if (rule.ascii_only && !is_ascii(pasted)) {
        normalised = ascii_decomposition(pasted);
        if (!normalised) return std::nullopt;
        pasted = *normalised;
    }
    if (!rule.strip_prefix.empty() && pasted.substr(0, rule.strip_prefix.size()) == rule.strip_prefix)
        pasted.remove_prefix(rule.strip_prefix.size());
    std::string text(pasted);
    if (rule.strip_pattern) text = rule.strip_pattern->replace_all(text, "");
    if (!rule.compose.empty()) {
        auto composed = compose(rule.compose, text, config);
        if (!composed) return std::nullopt;
        text = std::move(*composed);
    }
    auto decoded = decode_key(rule.encoding, text);
    wipe(text);
    if (decoded && rule.derive_sha1) decoded = crypto::digest(crypto::Hash::sha1, *decoded);
    if (!decoded || decoded->size() < rule.min_bytes) return std::nullopt;
    if (rule.bytes != 0 && decoded->size() != rule.bytes) return std::nullopt;
    return decoded;
}

}  // namespace

namespace {

/// False if the decoded text is no such key.
bool open_key(const Scheme::Plan& plan, std::string& decoded, Key& key) {
    switch (plan.key.type) {
        case KeyType::secret:
            if (plan.method.algorithm == Algorithm::hmac) key.mac.emplace(plan.method.hash, decoded);
            key.bytes = Secret(std::move(decoded));
            return true;
        case KeyType::ed25519_raw:
        case KeyType::spki_der:
        case KeyType::public_key:
            key.public_key = read_public_key(plan.key.type, decoded);
            break;
        case KeyType::pinned_root: {
            auto root = read_root(decoded);
            if (root) key.bytes = Secret(std::move(*root));
            return root.has_value();
        }
        case KeyType::oaep_private:
            key.private_key = read_private_key(decoded);
            wipe(decoded);
            return key.private_key != nullptr;
    }
    return key.public_key.has_value();
}

}  // namespace

Result<Key> prepare_key(const Scheme::Plan& plan, std::string_view pasted, const json::Object& config) {
    if (pasted.empty()) return fail(Errc::secret_missing);
    if (plan.key.ascii_only && !is_ascii(pasted) && !has_public_keys()) return fail(Errc::not_supported);
    auto decoded = key_bytes(*rule_for(&plan.key, pasted), pasted, config);
    Key key;
    if (!decoded || !open_key(plan, *decoded, key)) return fail(Errc::secret_malformed);
    return key;
}

Result<Key> prepare_named_key(const Scheme::Plan& plan, const json::Value& given, std::string_view name,
                              const json::Object& config) {
    if (given.is_text()) {
        const std::string& text = given.as_text();
        const bool is_json = plan.key.type == KeyType::public_key && text.substr(0, 1) == "{";
        if (!is_json) return prepare_key(plan, text, config);
        const auto document = json::read(text);
        if (!document) return fail(Errc::secret_malformed);
        return prepare_named_key(plan, *document, name, config);
    }
    if (!given.is_object() || plan.key.type != KeyType::public_key) return fail(Errc::secret_malformed);
    Key key;
    TENON_TRY(key.public_key, read_jwk(given, name));
    return key;
}

}  // namespace tenon::webhook
