#include "fields.hpp"

#include <optional>

#include "tenon/base/text.hpp"

namespace tenon::webhook {
namespace {

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// The byte that an escape at the start of `text` stands for.
std::optional<char> escaped_byte(std::string_view text) {
    if (text.size() < 3 || text[0] != '%' || hex_value(text[1]) < 0 || hex_value(text[2]) < 0)
        return std::nullopt;
    return static_cast<char>(hex_value(text[1]) * 16 + hex_value(text[2]));
}

/// Cuts `text` at the first `separator`; the head is returned, `text` becomes the rest.
std::string_view take_until(std::string_view& text, std::string_view separator) {
    const std::size_t at = text.find(separator);
    const std::string_view head = text.substr(0, at);
    text = at == std::string_view::npos ? std::string_view() : text.substr(at + separator.size());
    return head;
}

/// A parameter such as boundary=… or name="…" of a header value; quotes removed. Empty if absent.
std::string parameter(std::string_view value, std::string_view name) {
    take_until(value, ";");
    while (!value.empty()) {
        value = trim_blank(value);
        const std::size_t equals = value.find('=');
        if (equals == std::string_view::npos) return {};
        const bool is_wanted = text::equal_ignoring_case(trim_blank(value.substr(0, equals)), name);
        value.remove_prefix(equals + 1);
        std::string found;
        if (!value.empty() && value[0] == '"') {
            std::size_t at = 1;
            for (; at < value.size() && value[at] != '"'; ++at) {
                if (value[at] == '\\' && at + 1 < value.size()) ++at;
                found.push_back(value[at]);
            }
            value.remove_prefix(at < value.size() ? at + 1 : at);
            take_until(value, ";");
        } else {
            found = trim_blank(take_until(value, ";"));
        }
        if (is_wanted) return found;
    }
    return {};
}

/// The Content-Disposition value of a part's header block.
std::string_view disposition_of(std::string_view headers) {
    while (!headers.empty()) {
        std::string_view line = take_until(headers, "\r\n");
        if (text::equal_ignoring_case(take_until(line, ":"), "content-disposition")) return line;
    }
    return {};
}

void count(Field& field, std::string value) {
    if (++field.occurrences > 1) return;
    field.is_text = text::is_utf8(value);
    field.value = std::move(value);
}

}  // namespace

std::string decode_form_text(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (const auto byte = escaped_byte(text.substr(at))) {
            out.push_back(*byte);
            at += 3;
        } else {
            out.push_back(text[at] == '+' ? ' ' : text[at]);
            ++at;
        }
    }
    return out;
}

std::string_view trim_blank(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::optional<std::vector<NamedValue>> urlencoded_values(std::string_view encoded) {
    std::vector<NamedValue> values;
    while (!encoded.empty()) {
        std::string_view value = take_until(encoded, "&");
        if (value.empty()) continue;
        const std::string_view name = take_until(value, "=");
        values.push_back({decode_form_text(name), decode_form_text(value)});
        if (!text::is_utf8(values.back().name) || !text::is_utf8(values.back().value)) return std::nullopt;
    }
    return values;
}

Field find_urlencoded(std::string_view encoded, std::string_view name) {
    Field field;
    while (!encoded.empty()) {
        std::string_view value = take_until(encoded, "&");
        if (value.empty()) continue;
        const std::string_view key = take_until(value, "=");
        if (decode_form_text(key) == name) count(field, decode_form_text(value));
    }
    return field;
}

namespace {

/// Raw bytes of every field of a multipart body; nothing if the body is cut off.
std::optional<std::vector<NamedValue>> multipart_fields(std::string_view body,
                                                        std::string_view content_type) {
    std::vector<NamedValue> fields;
    const std::string boundary = parameter(content_type, "boundary");
    if (boundary.empty() || boundary.size() > 70) return fields;
    const std::string delimiter = "\r\n--" + boundary;
    // The first delimiter has no line break before it when the body starts with it.
    if (body.substr(0, delimiter.size() - 2) == std::string_view(delimiter).substr(2))
        body.remove_prefix(delimiter.size() - 2);
    else
        take_until(body, delimiter);
    while (!body.empty() && body.substr(0, 2) != "--") {
        if (body.find(delimiter) == std::string_view::npos) return std::nullopt;
        std::string_view part = take_until(body, delimiter);
        take_until(part, "\r\n");  // rest of the delimiter's line
        const std::size_t end_of_headers = part.find("\r\n\r\n");
        if (end_of_headers == std::string_view::npos) continue;
        const std::string_view disposition = disposition_of(part.substr(0, end_of_headers));
        if (parameter(disposition, "filename").empty())
            fields.push_back({parameter(disposition, "name"), std::string(part.substr(end_of_headers + 4))});
    }
    return fields;
}

}  // namespace

Field find_multipart(std::string_view body, std::string_view content_type, std::string_view name) {
    Field field;
    auto fields = multipart_fields(body, content_type);
    if (!fields) return field;
    for (NamedValue& one : *fields)
        if (one.name == name) count(field, std::move(one.value));
    return field;
}

std::optional<std::vector<NamedValue>> multipart_values(std::string_view body,
                                                        std::string_view content_type) {
    auto fields = multipart_fields(body, content_type);
    if (fields)
        for (const NamedValue& one : *fields)
            if (!text::is_utf8(one.name) || !text::is_utf8(one.value)) return std::nullopt;
    return fields;
}

std::string_view query_of(std::string_view url) {
    url = url.substr(0, url.find('#'));
    const std::size_t at = url.find('?');
    return at == std::string_view::npos ? std::string_view() : url.substr(at + 1);
}

std::string_view path_and_query_of(std::string_view url) {
    url = url.substr(0, url.find('#'));
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos || scheme > url.find_first_of("/?")) return url;
    const std::size_t start = url.find_first_of("/?", scheme + 3);
    return start == std::string_view::npos ? std::string_view("/") : url.substr(start);
}

std::string media_type_of(std::string_view content_type) {
    return text::lower_ascii(trim_blank(content_type.substr(0, content_type.find(';'))));
}

std::string percent_decode_only(std::string_view text, std::string_view which) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = escaped_byte(text.substr(at));
        if (byte && which.find(*byte) != std::string_view::npos) {
            out.push_back(*byte);
            at += 3;
        } else {
            out.push_back(text[at++]);
        }
    }
    return out;
}

}  // namespace tenon::webhook
