#include "signature.hpp"

#include "encoding.hpp"
#include "fields.hpp"
#include "public_keys.hpp"
#include "tenon/base/bytes.hpp"

namespace tenon::webhook {
namespace {

/// Text found at the place, before it is cut into entries.
struct Raw {
    std::string_view text;
    std::size_t source = 0;
};

void add_list(std::string_view list, std::size_t source, std::vector<Raw>& found) {
    for (;;) {
        const std::size_t comma = list.find(',');
        const std::string_view item = trim_blank(list.substr(0, comma));
        if (!item.empty()) found.push_back({item, source});
        if (comma == std::string_view::npos) return;
        list.remove_prefix(comma + 1);
    }
}

void read_headers(Request& request, const SignatureRule& rule, std::vector<Raw>& found) {
    for (std::size_t i = 0; i < rule.slots.size(); ++i) {
        if (rule.repeat) {
            std::vector<std::string_view> values;
            request.all_values(rule.slots[i], values);
            for (const std::string_view value : values) add_list(value, i, found);
        } else if (const FoundHeader& header = request.header(rule.slots[i]); !header.value.empty()) {
            found.push_back({header.value, i});
        }
    }
}

std::optional<Errc> read_json(Request& request, const SignatureRule& rule, std::vector<Raw>& found) {
    const BodyJson* document = request.json();
    if (document == nullptr) return Errc::signature_malformed;
    const auto node = document->find_one(request.base(), rule.path);
    if (!node || document->kind(*node) == NodeKind::null) return std::nullopt;
    if (document->kind(*node) != NodeKind::text) return Errc::signature_malformed;
    std::string storage;
    const auto text = document->text_of(*node, storage);
    if (!text) return Errc::signature_malformed;
    if (!text->empty()) found.push_back({storage.empty() ? *text : request.keep(std::move(storage)), 0});
    return std::nullopt;
}

std::optional<Errc> read_place(Request& request, const SignatureRule& rule, std::vector<Raw>& found) {
    if (rule.place == Place::json) return read_json(request, rule, found);
    if (rule.place == Place::body) {
        const std::string_view body = request.delivery().body;
        if (!body.empty()) found.push_back({body, 0});
        return std::nullopt;
    }
    if (rule.place == Place::header) {
        read_headers(request, rule, found);
        return std::nullopt;
    }
    const auto name = request.resolve(rule.name);
    if (!name) return std::nullopt;
    const Request::Text text = rule.place == Place::query ? request.query(*name) : request.form(*name);
    if (text.occurrences == 1 && !text.value) return Errc::signature_malformed;
    if (text.value && !text.value->empty()) found.push_back({*text.value, 0});
    return std::nullopt;
}

/// Cuts `raw` into entries: candidates go to `out`, everything else is a field of the request.
std::optional<Errc> cut(Request& request, const SignatureRule& rule, Raw raw, std::vector<Raw>& out) {
    const auto field = request.resolve(rule.field);
    std::string_view rest = raw.text;
    for (bool more = true; more;) {
        const std::size_t end = rule.split.empty() ? std::string_view::npos : rest.find(rule.split);
        std::string_view entry = rest.substr(0, end);
        more = end != std::string_view::npos;
        if (more) rest.remove_prefix(end + rule.split.size());
        if (rule.trim) entry = trim_blank(entry);
        if (rule.key_value.empty()) {
            out.push_back({entry, raw.source});
            continue;
        }
        const std::size_t at = entry.find(rule.key_value);
        if (at == std::string_view::npos) continue;
        std::string_view name = entry.substr(0, at);
        std::string_view value = entry.substr(at + rule.key_value.size());
        if (rule.trim) {
            name = trim_blank(name);
            value = trim_blank(value);
        }
        if (field && name == *field)
            out.push_back({value, raw.source});
        else if (!request.add_signature_field({name, value}))
            return Errc::signature_malformed;
    }
    return std::nullopt;
}

/// The text is base64 of a JSON document; the signature is one of its texts.
std::optional<Errc> open_container(Request& request, const Path& path, std::vector<Raw>& found) {
    for (Raw& raw : found) {
        auto document = bytes::from_base64(raw.text);
        if (!document || !request.read_container(request.keep(std::move(*document))))
            return Errc::signature_malformed;
        Part part;
        part.kind = PartKind::container_field;
        part.path = path;
        raw.text = request.value(part).value_or(std::string_view());
        if (raw.text.empty()) return Errc::signature_missing;
    }
    return std::nullopt;
}

std::optional<Errc> find_raw(Request& request, const SignatureRule*& rule, std::vector<Raw>& found) {
    if (const auto reason = read_place(request, *rule, found)) return reason;
    if (rule->alternative == nullptr) return std::nullopt;
    std::vector<Raw> second;
    if (const auto reason = read_place(request, *rule->alternative, second)) return reason;
    if (!found.empty() && !second.empty()) return Errc::signature_malformed;
    if (found.empty()) {
        rule = rule->alternative.get();
        found = std::move(second);
    }
    return std::nullopt;
}

}  // namespace

namespace {

/// The bytes of a signature; nothing for a shape that no signature of this kind has.
std::optional<std::string> shaped(const Scheme::Plan& plan, std::optional<std::string> bytes) {
    if (!bytes || bytes->empty()) return std::nullopt;
    const Algorithm algorithm = plan.method.algorithm;
    if (algorithm == Algorithm::hmac || algorithm == Algorithm::hash_prefix) {
        if (bytes->size() != crypto::size_of(plan.method.hash)) return std::nullopt;
    } else if (algorithm != Algorithm::shared_token && algorithm != Algorithm::jwt) {
        return public_signature(algorithm, *bytes);
    }
    return bytes;
}

}  // namespace

std::optional<Errc> read_signatures(Request& request, const Scheme::Plan& plan,
                                    std::vector<SignatureEntry>& entries) {
    entries.clear();
    request.clear_signature_fields();
    const SignatureRule* rule = &plan.signature;
    std::vector<Raw> found;
    if (const auto reason = find_raw(request, rule, found)) return reason;
    if (found.empty()) return Errc::signature_missing;

    if (rule->container)
        if (const auto reason = open_container(request, *rule->container, found)) return reason;
    if (rule->dictionary) {
        auto bytes = shaped(plan, read_labelled_signature(request, *rule->dictionary, found[0].text));
        if (!bytes) return Errc::signature_malformed;
        entries.push_back({std::move(*bytes), 0});
        return std::nullopt;
    }

    std::vector<Raw> candidates;
    for (const Raw& raw : found)
        if (const auto reason = cut(request, *rule, raw, candidates)) return reason;
    if (candidates.empty()) return Errc::signature_missing;
    if (candidates.size() > rule->max) return Errc::signature_malformed;

    for (Raw& candidate : candidates) {
        if (candidate.text.substr(0, rule->prefix.size()) != rule->prefix) continue;
        auto bytes = shaped(plan, decode(plan.encoding, candidate.text.substr(rule->prefix.size())));
        if (bytes) entries.push_back({std::move(*bytes), candidate.source});
    }
    if (entries.empty()) return Errc::signature_malformed;
    return std::nullopt;
}

}  // namespace tenon::webhook
