// Parts: the texts (`hdr:X`, `hash:sha256:hex(body)`, …) and the objects.
#include "compile.hpp"
#include "public_keys.hpp"

namespace tenon::webhook {
namespace {

Part simple(PartKind kind, std::string_view text = {}) {
    Part part;
    part.kind = kind;
    part.text = text;
    return part;
}

/// Takes `prefix` off the start of `text`.
bool take(std::string_view& text, std::string_view prefix) {
    if (text.substr(0, prefix.size()) != prefix) return false;
    text.remove_prefix(prefix.size());
    return true;
}

struct Word {
    std::string_view text;
    PartKind kind;
};
constexpr Word whole_words[] = {{"body", PartKind::body},
                                {"method", PartKind::method},
                                {"url", PartKind::public_url},
                                {"req.url", PartKind::request_url},
                                {"req.path_query", PartKind::request_path_query}};
struct CanonWord {
    std::string_view text;
    Canon canon;
};
constexpr CanonWord canons[] = {{"form_sorted_kv", Canon::form_sorted_kv},
                                {"query_sorted", Canon::query_sorted},
                                {"aws_sns", Canon::aws_sns},
                                {"atlassian_qsh", Canon::atlassian_qsh},
                                {"contentful_path", Canon::contentful_path},
                                {"php_form", Canon::php_form},
                                {"rfc9421", Canon::rfc9421}};
constexpr Word functions[] = {{"lower", PartKind::lower},
                              {"b64dec", PartKind::from_base64},
                              {"jsonstr", PartKind::json_text},
                              {"esc_unicode", PartKind::escape_unicode},
                              {"crc32:dec", PartKind::crc32}};
constexpr Word prefixes[] = {{"lit:", PartKind::literal},     {"join:", PartKind::join},
                             {"opt:", PartKind::optional},    {"hdr:", PartKind::header},
                             {"json:", PartKind::json},       {"sig:", PartKind::signature_field},
                             {"cfg:", PartKind::config},      {"query:", PartKind::query},
                             {"form:", PartKind::form},       {"canon:", PartKind::canonical},
                             {"jwt:", PartKind::token_claim}, {"jwt.header:", PartKind::token_header}};

}  // namespace

Part Compiler::header_part(const Item& item, std::string_view names) {
    Part part = simple(PartKind::header);
    for (bool more = true; more;) {
        const std::size_t bar = names.find('|');
        more = bar != std::string_view::npos;
        const std::string_view name = names.substr(0, bar);
        if (name.empty()) invalid(item);
        part.slots.push_back(slot(name));
        if (more) names.remove_prefix(bar + 1);
    }
    return part;
}

/// `PRE|part|POST`; the inner part may hold bars itself.
Part Compiler::optional_part(const Item& item, std::string_view text) {
    const std::size_t first = text.find('|');
    const std::size_t last = text.rfind('|');
    Part part = simple(PartKind::optional, text.substr(0, first));
    if (first == last) {
        invalid(item);
        return part;
    }
    part.text_after = text.substr(last + 1);
    part.of.push_back(part_of_text(item, text.substr(first + 1, last - first - 1)));
    return part;
}

/// `name(part)` with the closing parenthesis at the end.
Part Compiler::function_part(const Item& item, std::string_view text) {
    const std::size_t open = text.find('(');
    std::string_view name = text.substr(0, open);
    Part part;
    if (take(name, "hash:")) {
        part.kind = PartKind::hash;
        const std::size_t colon = name.find(':');
        if (colon == std::string_view::npos) {
            invalid(item);
            return part;
        }
        part.hash = hash(item, name.substr(0, colon));
        part.encoding = encoding(item, name.substr(colon + 1));
    } else {
        for (const Word& function : functions)
            if (name == function.text) part.kind = function.kind;
        if (part.kind == PartKind::body) {
            unsupported(item);
            return part;
        }
    }
    part.of.push_back(part_of_text(item, text.substr(open + 1, text.size() - open - 2)));
    return part;
}

Part Compiler::part_of_text(const Item& item, std::string_view text) {
    for (const Word& word : whole_words)
        if (text == word.text) return simple(word.kind);
    PartKind kind = PartKind::body;
    std::string_view rest = text;
    for (const Word& word : prefixes) {
        if (!take(rest, word.text)) continue;
        kind = word.kind;
        break;
    }
    switch (kind) {
        case PartKind::header:
            return header_part(item, rest);
        case PartKind::optional:
            return optional_part(item, rest);
        case PartKind::json: {
            Part part = simple(kind);
            part.path = path(item, rest);
            return part;
        }
        case PartKind::signature_field:
            if (rest.empty()) invalid(item);
            if (rest.substr(0, 1) != "/") break;
            {
                Part part = simple(PartKind::container_field);
                part.path = path(item, rest);
                return part;
            }
        case PartKind::token_claim:
        case PartKind::token_header: {
            Part part = simple(kind);
            part.path.emplace_back(rest);
            return part;
        }
        case PartKind::canonical:
            return canonical_part(item, rest);
        case PartKind::query:
            if (for_verify) plan.query_fields.push_back({std::string(rest), false});
            break;
        case PartKind::form:
            if (for_verify) plan.form_fields.push_back({std::string(rest), false});
            break;
        case PartKind::body:  // no prefix
            if (!text.empty() && text.back() == ')' && text.find('(') != std::string_view::npos)
                return function_part(item, text);
            unsupported(item);
            break;
        default:
            break;
    }
    return simple(kind, rest);
}

Part Compiler::canonical_part(const Item& item, std::string_view name) {
    Part part = simple(PartKind::canonical);
    for (const CanonWord& word : canons) {
        if (name != word.text) continue;
        part.canon = word.canon;
        const bool is_public =
            word.canon == Canon::aws_sns || word.canon == Canon::php_form || word.canon == Canon::rfc9421;
        if (is_public && !has_public_keys()) unsupported(item);
        return part;
    }
    unsupported(item);
    return part;
}

/// `{headers: part, split, sort, pair, join}`
Part Compiler::header_values_part(const Item& item) {
    Part part = simple(PartKind::header_values, text(item, "join"));
    part.of.push_back(this->part(item.member("headers")));
    part.text_after = text(item, "split");
    part.pair = text(item, "pair");
    part.sort = flag(item, "sort");
    if (part.text_after.empty()) invalid(item);
    return part;
}

Part Compiler::object_part(const Item& item) {
    if (item.member("headers")) return header_values_part(item);
    Part part;
    if (const Item canon = item.member("canon")) {
        part = canonical_part(canon, text(item, "canon"));
        part.path = texts(item.member("without"));
        return part;
    }
    if (const Item by_hash = item.member("hash")) {
        part.kind = PartKind::hash;
        part.hash = hash(by_hash, text(item, "hash"));
    } else if (const Item by_mac = item.member("mac")) {
        if (!for_challenge) invalid(by_mac);
        part.kind = PartKind::mac;
        std::string_view name = text(item, "mac");
        if (!take(name, "hmac-")) unsupported(by_mac);
        part.hash = hash(by_mac, name);
    } else if (item.member("pct_decode")) {
        part.kind = PartKind::percent_decode;
        part.text = text(item, "pct_decode");
    } else if (item.member("replace")) {
        part.kind = PartKind::replace;
        part.pattern = pattern(item.member("replace"));
        part.text = text(item, "with");
    } else {
        unsupported(item);
    }
    if (const Item how = item.member("enc")) part.encoding = encoding(how, text(item, "enc"));
    const Item inner = item.member("of");
    if (inner)
        part.of = message(inner);
    else
        invalid(item);
    return part;
}

Part Compiler::part(const Item& item) {
    if (item.value->is_object()) return object_part(item);
    if (item.value->is_text()) return part_of_text(item, item.value->as_text());
    invalid(item);
    return {};
}

Message Compiler::message(const Item& item) {
    constexpr std::size_t most_parts = 64;
    Message message;
    if (!item.value->is_array()) {
        message.push_back(part(item));
        return message;
    }
    if (item.size() > most_parts) invalid(item);
    for (std::size_t i = 0; i < item.size() && !error; ++i) {
        const Item element = item.element(i);
        message.push_back(part(element));
        if (message.back().kind == PartKind::join && i > 0) invalid(element);
    }
    return message;
}

}  // namespace tenon::webhook
