// HTTP message signatures (RFC 9421) and the part of structured fields (RFC 8941) that they and
// Content-Digest need. Components with parameters and derived components of responses are not here: what
// covers one can't be rebuilt and is refused.
#include "canon.hpp"
#include "public_keys.hpp"
#include "tenon/base/bytes.hpp"
#include "tenon/base/text.hpp"
#include "tenon/crypto/hash.hpp"

namespace tenon::webhook {
namespace {

/// Reads a structured field from the front. A failed read empties the input.
struct FieldReader {
    std::string_view rest;
    bool failed = false;

    [[nodiscard]] bool has(char c) const { return !rest.empty() && rest[0] == c; }
    bool take(char c) {
        if (!has(c)) return false;
        rest.remove_prefix(1);
        return true;
    }
    void expect(char c) {
        if (!take(c)) fail();
    }
    void fail() {
        failed = true;
        rest = {};
    }
    void skip_blanks(std::string_view blanks) {
        while (!rest.empty() && blanks.find(rest[0]) != std::string_view::npos) rest.remove_prefix(1);
    }
    std::string_view take_while(std::string_view allowed) {
        const std::size_t end = std::min(rest.find_first_not_of(allowed), rest.size());
        const std::string_view taken = rest.substr(0, end);
        rest.remove_prefix(end);
        if (taken.empty()) fail();
        return taken;
    }
    std::string_view key() {
        if (!rest.empty() && rest[0] != '*' && (rest[0] < 'a' || rest[0] > 'z')) fail();
        return take_while("abcdefghijklmnopqrstuvwxyz0123456789_-.*");
    }
    /// The text between quotes as it stands; escapes are refused, because nothing that is looked at needs
    /// one.
    std::string_view quoted() {
        expect('"');
        const std::size_t end = rest.find('"');
        const std::string_view inside = rest.substr(0, end);
        for (const char c : inside)
            if (c < 0x20 || c > 0x7e || c == '\\') fail();
        if (failed || end == std::string_view::npos) {
            fail();
            return {};
        }
        rest.remove_prefix(end + 1);
        return inside;
    }
    std::optional<std::string> byte_sequence() {
        expect(':');
        const std::size_t end = rest.find(':');
        auto bytes = bytes::from_base64(rest.substr(0, end));
        if (failed || end == std::string_view::npos || !bytes) {
            fail();
            return std::nullopt;
        }
        rest.remove_prefix(end + 1);
        return bytes;
    }
    /// A string, number, token or boolean without its quotes; `spelling` is how it stands.
    std::string_view bare_item(std::string_view& spelling) {
        const std::string_view before = rest;
        std::string_view value;
        if (has('"')) {
            value = quoted();
        } else {
            value = take_while(
                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~:/?");
        }
        spelling = before.substr(0, before.size() - rest.size());
        return value;
    }
    /// Between two members of a dictionary; false at its end.
    bool next_member() {
        skip_blanks(" \t");
        if (failed || rest.empty()) return false;
        expect(',');
        skip_blanks(" \t");
        if (rest.empty()) fail();
        return !failed;
    }
};

struct Parameter {
    std::string_view name;
    std::string_view value;
};

/// `(…);a=1;b="2"` into its canonical text and its parameters.
bool read_member(FieldReader& reader, std::string& text, std::vector<Parameter>& parameters) {
    reader.expect('(');
    text = "(";
    reader.skip_blanks(" ");
    while (!reader.failed && !reader.take(')')) {
        if (text.size() > 1) text += ' ';
        text.append(1, '"').append(reader.quoted()).append(1, '"');
        if (!reader.has(')')) reader.expect(' ');
        reader.skip_blanks(" ");
    }
    text += ')';
    while (reader.take(';')) {
        reader.skip_blanks(" ");
        Parameter parameter{reader.key(), {}};
        std::string_view spelling;
        text.append(1, ';').append(parameter.name);
        if (reader.take('=')) {
            parameter.value = reader.bare_item(spelling);
            text.append(1, '=').append(spelling);
        }
        parameters.push_back(parameter);
    }
    return !reader.failed;
}

std::string lower_host(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) return {};
    const std::string_view rest = url.substr(scheme + 3);
    std::string host = text::lower_ascii(rest.substr(0, rest.find_first_of("/?#")));
    const std::string_view port = url.substr(0, scheme) == "http" ? ":80" : ":443";
    if (host.size() > port.size() && std::string_view(host).substr(host.size() - port.size()) == port)
        host.resize(host.size() - port.size());
    return host;
}

/// RFC 9421 2.2; of a request target without authority the Host header says which it was.
std::optional<std::string> derived_component(Request& request, std::string_view name) {
    const std::string_view url = request.delivery().url;
    const std::string_view target = path_and_query_of(url);
    const std::size_t mark = std::min(target.find('?'), target.size());
    if (name == "@method") {
        Part part;
        part.kind = PartKind::method;
        return std::string(*request.value(part));
    }
    if (name == "@path") return std::string(target.substr(0, mark));
    if (name == "@query") return mark == target.size() ? "?" : std::string(target.substr(mark));
    if (name == "@request-target") return std::string(target);
    const std::size_t scheme = url.find("://");
    const bool is_absolute = scheme != std::string_view::npos && url[0] != '/';
    if (name == "@authority") {
        if (is_absolute) return lower_host(url);
        const FoundHeader host = request.header_named("host");
        if (host.occurrences == 1 && !host.value.empty()) return text::lower_ascii(host.value);
    }
    if (!is_absolute) return std::nullopt;
    if (name == "@target-uri") return std::string(url);
    if (name == "@scheme") return text::lower_ascii(url.substr(0, scheme));
    return std::nullopt;
}

std::optional<std::string> component(Request& request, std::string_view name) {
    if (name.substr(0, 1) == "@") return derived_component(request, name);
    const FoundHeader header = request.header_named(name);
    if (header.occurrences > 1) request.set_part_error(Errc::duplicate_header);
    if (header.occurrences != 1 || text::lower_ascii(name) != name) return std::nullopt;
    return std::string(header.value);
}

/// Fills the request's signature fields from the entry of `label` (RFC 9421 4.1). False if it is malformed or
/// not there.
bool read_signature_input(Request& request, std::string_view dictionary, std::string_view label) {
    FieldReader reader{dictionary};
    bool is_found = false;
    bool more = !dictionary.empty();
    while (more && !reader.failed) {
        const std::string_view name = reader.key();
        reader.expect('=');
        std::string text;
        std::vector<Parameter> parameters;
        if (!read_member(reader, text, parameters)) return false;
        if (name == label) {
            if (is_found) return false;
            is_found = true;
            request.set_signature_input(request.keep(std::move(text)));
            for (const Parameter& parameter : parameters)
                if (!request.add_signature_field({parameter.name, parameter.value})) return false;
        }
        more = reader.next_member();
    }
    return is_found && !reader.failed;
}

struct LabelledBytes {
    std::string_view label;
    std::string bytes;
};

/// `label=:base64:` entries (RFC 8941). False if it is malformed.
bool read_byte_dictionary(std::string_view text, std::vector<LabelledBytes>& entries) {
    FieldReader reader{text};
    do {
        const std::string_view label = reader.key();
        reader.expect('=');
        auto bytes = reader.byte_sequence();
        if (!bytes) return false;
        for (const LabelledBytes& entry : entries)
            if (entry.label == label) return false;
        entries.push_back({label, std::move(*bytes)});
    } while (reader.next_member());
    return !reader.failed;
}

/// The names inside `("a" "b");…`, which was read before.
std::vector<std::string_view> covered_components(std::string_view input) {
    std::vector<std::string_view> names;
    FieldReader reader{input};
    reader.expect('(');
    while (!reader.failed && !reader.take(')')) {
        names.push_back(reader.quoted());
        reader.skip_blanks(" ");
    }
    return names;
}

}  // namespace

std::optional<std::string> signature_base(Request& request) {
    constexpr std::size_t most_components = 32;
    const std::string_view input = request.signature_input();
    const std::vector<std::string_view> names = covered_components(input);
    std::string out;
    for (std::size_t i = 0; i < names.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k)
            if (names[k] == names[i]) request.set_part_error(Errc::signature_malformed);
        const auto value = component(request, names[i]);
        if (!value || names.size() > most_components || request.has_part_error()) return std::nullopt;
        out.append(1, '"').append(names[i]).append("\": ").append(*value).append(1, '\n');
    }
    if (const HttpSignatureRule* rule = request.http_signature_rule())
        for (const std::string& required : rule->required) {
            bool is_covered = false;
            for (const std::string_view name : names) is_covered = is_covered || name == required;
            if (!is_covered) return std::nullopt;
        }
    return out.append("\"@signature-params\": ").append(input);
}

std::optional<std::string> read_labelled_signature(Request& request, const Part& inputs,
                                                   std::string_view text) {
    std::vector<LabelledBytes> entries;
    const auto dictionary = request.value(inputs);
    if (!read_byte_dictionary(text, entries) || entries.size() != 1 || !dictionary ||
        !read_signature_input(request, *dictionary, entries[0].label))
        return std::nullopt;
    const auto named = request.signature_field("alg");
    const HttpSignatureRule* rule = request.http_signature_rule();
    bool is_allowed = !named || rule == nullptr;
    if (!is_allowed)
        for (const std::string& algorithm : rule->algorithms) is_allowed = is_allowed || algorithm == *named;
    if (!is_allowed) return std::nullopt;
    return std::move(entries[0].bytes);
}

bool is_content_digest(std::string_view dictionary, std::string_view body) {
    std::vector<LabelledBytes> entries;
    if (!read_byte_dictionary(dictionary, entries)) return false;
    bool is_known = false;
    for (const LabelledBytes& entry : entries) {
        const bool is_sha256 = entry.label == "sha-256";
        if (!is_sha256 && entry.label != "sha-512") continue;
        const crypto::Hash hash = is_sha256 ? crypto::Hash::sha256 : crypto::Hash::sha512;
        if (!crypto::equal_constant_time(crypto::digest(hash, body), entry.bytes)) return false;
        is_known = true;
    }
    return is_known;
}

}  // namespace tenon::webhook
