// Signature place, key, timestamp, requirements and checks.
#include "compile.hpp"
#include "public_keys.hpp"
#include "tenon/base/limits.hpp"
#include "tenon/base/text.hpp"

namespace tenon::webhook {
namespace {

/// Every brace holds `secret` or `cfg:NAME`.
bool is_composition(std::string_view text) {
    while (!text.empty()) {
        const std::size_t open = text.find('{');
        if (open == std::string_view::npos) return text.find('}') == std::string_view::npos;
        const std::size_t close = text.find('}', open);
        if (close == std::string_view::npos) return false;
        const std::string_view name = text.substr(open + 1, close - open - 1);
        if (name != "secret" && (name.substr(0, 4) != "cfg:" || name.size() == 4)) return false;
        text.remove_prefix(close + 1);
    }
    return true;
}

void set_if_given(std::size_t& target, std::optional<std::int64_t> value) {
    if (value && *value > 0) target = static_cast<std::size_t>(*value);
}

}  // namespace

/// `X-{1..100}`: one name for each number.
void Compiler::numbered_headers(const Item& item, std::vector<Slot>& slots) {
    constexpr std::int64_t most_names = 100;
    const std::string_view text = item.value->is_text() ? item.value->as_text() : std::string_view();
    const std::size_t open = text.find("{1..");
    const std::size_t close = text.find('}');
    std::optional<std::int64_t> count;
    if (open != std::string_view::npos && close != std::string_view::npos && close > open)
        if (const auto last = Decimal::parse(text.substr(open + 4, close - open - 4)))
            count = last->to_int64();
    if (!count || *count < 1 || *count > most_names) return invalid(item);
    for (std::int64_t i = 1; i <= *count; ++i) {
        std::string name(text.substr(0, open));
        name += Decimal(i).plain();
        name += text.substr(close + 1);
        slots.push_back(slot(name));
    }
}

void Compiler::signature_place(const Item& item, SignatureRule& rule) {
    const std::string_view from = text(item, "from");
    const std::string_view name = text(item, "name");
    if (from == "body") {
        rule.place = Place::body;
        return;
    }
    if (from == "json") {
        rule.place = Place::json;
        rule.path = path(item, text(item, "pointer"));
        return;
    }
    if (from == "header") {
        if (const Item names = item.member("names")) {
            for (std::size_t i = 0; i < names.size(); ++i) {
                const Item one = names.element(i);
                if (!one.value->is_text()) return invalid(one);
                rule.slots.push_back(slot(one.value->as_text()));
            }
        } else if (const Item numbered = item.member("name_pattern")) {
            numbered_headers(numbered, rule.slots);
        } else if (!name.empty()) {
            rule.slots.push_back(slot(name));
        }
        if (rule.slots.empty()) invalid(item);
        return;
    }
    if (from != "query" && from != "form") return unsupported(item);
    if (name.empty()) return invalid(item);
    rule.place = from == "query" ? Place::query : Place::form;
    rule.name = name_of(name);
    (rule.place == Place::query ? plan.query_fields : plan.form_fields).push_back(rule.name);
}

void Compiler::signature(const Item& item, SignatureRule& rule) {
    signature_place(item, rule);
    if (const Item container = item.member("container")) {
        if (text(item, "container") != "base64 json") unsupported(container);
        rule.container = path(item, text(item, "pointer"));
    }
    if (const Item inputs = item.member("sfv")) {
        if (!has_public_keys()) unsupported(inputs);
        rule.dictionary = part(inputs);
    }
    rule.split = text(item, "split");
    rule.key_value = text(item, "kv");
    rule.field = name_of(text(item, "field"));
    if (rule.key_value.empty() != rule.field.text.empty()) invalid(item);
    rule.prefix = text(item, "prefix");
    rule.trim = flag(item, "trim");
    rule.repeat = flag(item, "repeat");
    rule.key_per_header = flag(item, "key_per_header");
    if (flag(item, "many")) {
        rule.max = limits::signature_entries;
        set_if_given(rule.max, number(item, "max"));
    }
    if (rule.repeat)
        for (const Slot header : rule.slots) plan.headers[header].read_by_verify = false;
    if (const Item second = item.member("alt")) {
        rule.alternative = std::make_unique<SignatureRule>();
        signature(second, *rule.alternative);
    }
}

void Compiler::key_type(const Item& item, KeyRule& rule) {
    struct Word {
        std::string_view text;
        KeyType type;
    };
    constexpr Word words[] = {{"secret", KeyType::secret},     {"ed25519-raw", KeyType::ed25519_raw},
                              {"spki-der", KeyType::spki_der}, {"spki-pem", KeyType::public_key},
                              {"pem", KeyType::public_key},    {"x509", KeyType::public_key},
                              {"jwk", KeyType::public_key},    {"jwks", KeyType::public_key},
                              {"x5c", KeyType::pinned_root},   {"rsa-oaep-sha1", KeyType::oaep_private}};
    const Item type = item.member("type");
    if (!type) return;
    const std::string_view name = text(item, "type");
    for (const Word& word : words) {
        if (name != word.text) continue;
        rule.type = word.type;
        if (rule.type != KeyType::secret && !has_public_keys()) unsupported(type);
        return;
    }
    unsupported(type);
}

void Compiler::key_members(const Item& item, KeyRule& rule) {
    key_type(item, rule);
    if (const Item how = item.member("encoding")) rule.encoding = encoding(how, text(item, "encoding"));
    if (item.member("strip_prefix")) rule.strip_prefix = text(item, "strip_prefix");
    if (const Item strip = item.member("strip_regex")) rule.strip_pattern = pattern(strip);
    // ASCII is its own normal form; of anything else only what becomes ASCII is taken.
    if (item.member("normalize")) rule.ascii_only = true;
    const std::string_view derive = text(item, "derive");
    if (!derive.empty() && derive != "sha1") unsupported(item.member("derive"));
    rule.derive_sha1 = rule.derive_sha1 || derive == "sha1";
    set_if_given(rule.bytes, number(item, "length"));
    set_if_given(rule.characters, number(item, "length_chars"));
    set_if_given(rule.min_bytes, number(item, "min_length"));
}

void Compiler::key(const Item& item) {
    KeyRule& rule = plan.key;
    key_members(item, rule);
    rule.compose = text(item, "compose");
    if (!is_composition(rule.compose)) invalid(item.member("compose"));
    if (const Item overrides = item.member("when_prefix")) {
        if (!overrides.value->is_object()) return invalid(overrides);
        const KeyRule base = rule;
        for (const json::Member& member : overrides.value->as_object()) {
            rule.when_prefix.push_back(KeyOverride{member.name, base});
            key_members(overrides.member(member.name), rule.when_prefix.back().rule);
        }
    }
    if (const Item lookup = item.member("lookup")) {
        rule.lookup = part(lookup);
        rule.lookup_optional = flag(item, "lookup_optional");
        rule.lookup_matches = pattern(item.member("matches"));
        rule.fetch = text(item, "fetch");
    }
    if (const Item wrapped = item.member("wrapped")) rule.wrapped = part(wrapped);
    if ((rule.type == KeyType::oaep_private) != rule.wrapped.has_value()) invalid(item);
}

void Compiler::timestamp(const Item& item) {
    const Item from = item.member("from");
    if (!from) return invalid(item);
    TimestampRule rule;
    rule.from = part(from);
    const std::string_view format = text(item, "format");
    if (format == "unix")
        rule.format = text(item, "unit") == "ms" ? TimeFormat::unix_milliseconds : TimeFormat::unix_seconds;
    else if (format == "rfc3339")
        rule.format = TimeFormat::rfc3339;
    else if (format == "iso-utc")
        rule.format = TimeFormat::iso_utc;
    else if (format == "imf-fixdate")
        rule.format = TimeFormat::imf_fixdate;
    else
        unsupported(item.member("format"));
    if (const auto tolerance = number(item, "tolerance_s")) rule.tolerance_ms = *tolerance * 1000;
    if (const auto future = number(item, "max_future_s")) rule.max_future_ms = *future * 1000;
    const std::string_view type = text(item, "json_type");
    if (!type.empty() && type != "number") unsupported(item.member("json_type"));
    rule.must_be_number = type == "number";
    plan.timestamp = std::move(rule);
}

void Compiler::requirements(const Item& item) {
    if (!item.value->is_array()) return invalid(item);
    for (std::size_t i = 0; i < item.size(); ++i) {
        const Item one = item.element(i);
        const std::string_view header = text(one, "header");
        if (header.empty()) return invalid(one);
        Requirement rule;
        rule.slot = slot(header);
        rule.optional = flag(one, "optional");
        if (one.member("equals")) rule.equals = std::string(text(one, "equals"));
        rule.matches = pattern(one.member("matches"));
        rule.split = text(one, "split");
        const Item includes = one.member("includes");
        for (std::size_t k = 0; k < includes.size(); ++k) {
            const Item name = includes.element(k);
            if (!name.value->is_text()) return invalid(name);
            rule.includes.push_back(text::lower_ascii(name.value->as_text()));
        }
        plan.requirements.push_back(std::move(rule));
    }
}

std::vector<EqualCheck> Compiler::checks(const Item& item) {
    std::vector<EqualCheck> list;
    if (item && !item.value->is_array()) invalid(item);
    for (std::size_t i = 0; i < item.size(); ++i) {
        const Item one = item.element(i);
        if (const Item digest = one.member("content_digest")) {
            if (!has_public_keys()) unsupported(digest);
            plan.content_digest = part(digest);
            continue;
        }
        const Item equal = one.member("equal");
        if (equal.size() != 2) {
            unsupported(one);
            break;
        }
        const Item left = equal.element(0);
        const Item right = equal.element(1);
        list.push_back({part(left), part(right)});
    }
    return list;
}

}  // namespace tenon::webhook
