// What all parts of the compiler need: reading members of a document.
#include "compile.hpp"

#include "tenon/base/text.hpp"

namespace tenon::webhook {

Item Item::member(std::string_view name) const {
    const json::Value* found = value != nullptr ? value->find(name) : nullptr;
    if (found != nullptr && found->is_null()) found = nullptr;
    return {found, this, name};
}

Item Item::element(std::size_t index) const { return {&value->as_array()[index], this, {}}; }

std::size_t Item::size() const {
    return value != nullptr && value->is_array() ? value->as_array().size() : 0;
}

std::string Item::pointer() const {
    if (parent == nullptr) return {};
    std::string out = parent->pointer();
    out += '/';
    if (!token.empty()) return out += json::escape_token(token);
    std::size_t index = 0;
    while (parent->size() > index && &parent->value->as_array()[index] != value) ++index;
    return out += Decimal(static_cast<std::int64_t>(index)).plain();
}

void Compiler::fault(Errc code, const Item& item) {
    if (!error) error = Error{code, item.pointer(), {}};
}
void Compiler::invalid(const Item& item) { fault(Errc::scheme_invalid, item); }
void Compiler::unsupported(const Item& item) { fault(Errc::not_supported, item); }

void Compiler::refuse_members(const Item& object, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names)
        if (const Item member = object.member(name)) unsupported(member);
}

std::string_view Compiler::text(const Item& object, std::string_view name) {
    const Item member = object.member(name);
    if (!member) return {};
    if (member.value->is_text()) return member.value->as_text();
    invalid(member);
    return {};
}

bool Compiler::flag(const Item& object, std::string_view name) {
    const Item member = object.member(name);
    if (!member) return false;
    if (member.value->is_boolean()) return member.value->as_boolean();
    invalid(member);
    return false;
}

std::optional<std::int64_t> Compiler::number(const Item& object, std::string_view name) {
    constexpr std::int64_t most = 1'000'000'000;
    const Item member = object.member(name);
    if (!member) return std::nullopt;
    const auto value = member.value->is_number() ? member.value->as_number().to_int64() : std::nullopt;
    if (value && *value >= 0 && *value <= most) return value;
    invalid(member);
    return std::nullopt;
}

std::vector<std::string> Compiler::texts(const Item& item) {
    std::vector<std::string> list;
    if (item && !item.value->is_array()) invalid(item);
    for (std::size_t i = 0; i < item.size(); ++i) {
        const Item one = item.element(i);
        if (one.value->is_text())
            list.push_back(one.value->as_text());
        else
            invalid(one);
    }
    return list;
}

std::optional<Pattern> Compiler::pattern(const Item& item) {
    if (!item) return std::nullopt;
    if (!item.value->is_text()) {
        invalid(item);
        return std::nullopt;
    }
    auto compiled = Pattern::compile(item.value->as_text());
    if (compiled) return std::move(*compiled);
    unsupported(item);
    return std::nullopt;
}

Name name_of(std::string_view text) {
    constexpr std::string_view from_config = "cfg:";
    const bool is_config = text.substr(0, from_config.size()) == from_config;
    if (is_config) text.remove_prefix(from_config.size());
    return {std::string(text), is_config};
}

Path Compiler::path(const Item& item, std::string_view pointer) {
    if (json::is_pointer(pointer)) return json::pointer_tokens(pointer);
    invalid(item);
    return {};
}

Slot Compiler::slot(std::string_view name) {
    Name wanted = name_of(name);
    if (!wanted.from_config) wanted.text = text::lower_ascii(wanted.text);
    auto& headers = plan.headers;
    std::size_t at = 0;
    while (at < headers.size() &&
           (headers[at].name.text != wanted.text || headers[at].name.from_config != wanted.from_config))
        ++at;
    if (at == headers.size()) headers.push_back({std::move(wanted), false});
    headers[at].read_by_verify = headers[at].read_by_verify || for_verify;
    return static_cast<Slot>(at);
}

crypto::Hash Compiler::hash(const Item& item, std::string_view name) {
    if (name == "sha1") return crypto::Hash::sha1;
    if (name == "sha256") return crypto::Hash::sha256;
    if (name == "sha384") return crypto::Hash::sha384;
    if (name == "sha512") return crypto::Hash::sha512;
    unsupported(item);
    return crypto::Hash::sha256;
}

Method Compiler::method(const Item& item, std::string_view name) {
    constexpr std::string_view hmac = "hmac-";
    constexpr std::string_view rsa = "rsa-";
    constexpr std::string_view ecdsa = "ecdsa-p256-";
    if (name == "shared-token") return {Algorithm::shared_token, {}};
    if (name == "sha256-prefix") return {Algorithm::hash_prefix, crypto::Hash::sha256};
    if (name == "ed25519") return {Algorithm::ed25519, {}};
    if (name == "jwt") return {Algorithm::jwt, {}};
    if (name.substr(0, hmac.size()) == hmac) return {Algorithm::hmac, hash(item, name.substr(hmac.size()))};
    if (name.substr(0, rsa.size()) == rsa) return {Algorithm::rsa, hash(item, name.substr(rsa.size()))};
    if (name.substr(0, ecdsa.size()) == ecdsa)
        return {Algorithm::ecdsa, hash(item, name.substr(ecdsa.size()))};
    unsupported(item);
    return {};
}

Encoding Compiler::encoding(const Item& item, std::string_view name) {
    if (name == "hex") return Encoding::hex;
    if (name == "base64") return Encoding::base64;
    if (name == "base64url") return Encoding::base64url;
    if (name == "raw") return Encoding::raw;
    if (name != "text" && name != "utf8" && name != "jwt") unsupported(item);
    return Encoding::text;
}

}  // namespace tenon::webhook
