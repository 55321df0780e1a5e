// The values of parts (spec/WEBHOOKS.md, "Parts").
#include "canon.hpp"
#include "encoding.hpp"
#include "fields.hpp"
#include "request.hpp"
#include "tenon/base/bytes.hpp"
#include "tenon/base/text.hpp"
#include "token.hpp"

namespace tenon::webhook {
namespace {

std::uint32_t crc32(std::string_view bytes) {
    std::uint32_t crc = 0xffffffffU;
    for (const char c : bytes) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xedb88320U : 0U);
    }
    return ~crc;
}

std::string decimal(std::uint32_t value) {
    std::string digits;
    do {
        digits.insert(digits.begin(), static_cast<char>('0' + value % 10));
        value /= 10;
    } while (value != 0);
    return digits;
}

void append_unicode_escape(std::string& out, std::uint32_t unit) {
    constexpr std::string_view hex = "0123456789abcdef";
    out += "\\u";
    for (const std::uint32_t shift : {12U, 8U, 4U, 0U}) out.push_back(hex[(unit >> shift) & 0xf]);
}

/// Non-ASCII characters as \uxxxx, as some signers' JSON writers do.
std::string escape_unicode(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        const auto c = static_cast<std::uint32_t>(text::next(bytes, at));
        if (c < 0x80) {
            out.push_back(static_cast<char>(c));
        } else if (c < 0x10000) {
            append_unicode_escape(out, c);
        } else {
            append_unicode_escape(out, 0xd800 + ((c - 0x10000) >> 10));
            append_unicode_escape(out, 0xdc00 + ((c - 0x10000) & 0x3ff));
        }
    }
    return out;
}

}  // namespace

std::optional<std::string_view> Request::header_value(const Part& part) const {
    for (const Slot slot : part.slots) {
        const FoundHeader& found = headers_[slot];
        if (found.occurrences == 1 && !found.value.empty()) return found.value;
        if (found.occurrences > 1) return std::nullopt;
    }
    return std::nullopt;
}

std::optional<std::string_view> Request::json_value(const Part& part) {
    const BodyJson* document = json();
    if (document == nullptr) return std::nullopt;
    const auto node = document->find_one(base_, part.path);
    if (!node) return std::nullopt;
    std::string storage;
    const auto text = document->text_of(*node, storage);
    if (!text || storage.empty()) return text;
    return keep(std::move(storage));
}

std::optional<std::string_view> Request::token_value(const Part& part) {
    if (token_ == nullptr) return std::nullopt;
    const BodyJson& document = part.kind == PartKind::token_header ? token_->header() : token_->claims();
    return text_at(document, part.path);
}

/// A text of a document; nothing for a value of another kind.
std::optional<std::string_view> Request::text_at(const BodyJson& document, const Path& path) {
    const auto node = document.find_one(BodyJson::root, path);
    if (!node || document.kind(*node) != NodeKind::text) return std::nullopt;
    std::string storage;
    const auto text = document.text_of(*node, storage);
    if (!text || storage.empty()) return text;
    return keep(std::move(storage));
}

std::optional<std::string_view> Request::value(const Part& part) {
    switch (part.kind) {
        case PartKind::body:
            return delivery_->body;
        case PartKind::method: {
            std::string method(delivery_->method);
            for (char& c : method)
                if (c >= 'a' && c <= 'z') c = static_cast<char>(c - ('a' - 'A'));
            return keep(std::move(method));
        }
        case PartKind::public_url: {
            const auto url = config_text("url");
            return url && !url->empty() ? url : std::nullopt;
        }
        case PartKind::request_url:
            if (url_variant_ != 0) return keep(with_other_port(delivery_->url));
            return delivery_->url;
        case PartKind::request_path_query:
            return path_and_query_of(delivery_->url);
        case PartKind::literal:
            return part.text;
        case PartKind::header:
            return header_value(part);
        case PartKind::signature_field:
            return signature_field(part.text);
        case PartKind::query:
            return query(part.text).value;
        case PartKind::form:
            return form(part.text).value;
        case PartKind::json:
            return json_value(part);
        case PartKind::config:
            return config_text(part.text);
        case PartKind::container_field:
            return text_at(container_, part.path);
        case PartKind::token_header:
        case PartKind::token_claim:
            return token_value(part);
        case PartKind::canonical: {
            auto text = canonical(*this, part);
            if (!text) return std::nullopt;
            return keep(std::move(*text));
        }
        default:
            return derived(part);
    }
}

/// Parts that are computed from inner parts.
std::optional<std::string_view> Request::derived(const Part& part) {
    const auto inner = text(part.of);
    if (part.kind == PartKind::optional)
        return inner && !inner->empty() ? keep(part.text + *inner + part.text_after) : std::string_view();
    if (!inner) return std::nullopt;
    return derived_from(part, *inner);
}

std::optional<std::string_view> Request::derived_from(const Part& part, std::string_view inner) {
    switch (part.kind) {
        case PartKind::hash:
            return keep(encode(part.encoding, crypto::digest(part.hash, inner)));
        case PartKind::mac:
            if (mac_key_.empty()) return std::nullopt;
            return keep(encode(part.encoding, crypto::hmac(part.hash, mac_key_, inner)));
        case PartKind::crc32:
            return keep(decimal(crc32(inner)));
        case PartKind::lower:
            return keep(text::lower_ascii(inner));
        case PartKind::from_base64: {
            auto bytes = bytes::from_base64(inner);
            if (!bytes) return std::nullopt;
            return keep(std::move(*bytes));
        }
        case PartKind::header_values: {
            auto list = header_values(*this, part, inner);
            if (!list) return std::nullopt;
            return keep(std::move(*list));
        }
        case PartKind::percent_decode:
            return keep(percent_decode_only(inner, part.text));
        default:
            break;
    }
    if (!text::is_utf8(inner)) return std::nullopt;  // the rest is about text
    switch (part.kind) {
        case PartKind::json_text: {
            std::string quoted;
            json::write_text_to(quoted, inner);
            return keep(std::move(quoted));
        }
        case PartKind::escape_unicode:
            return keep(escape_unicode(inner));
        case PartKind::replace:
            return keep(part.pattern->replace_all(inner, part.text));
        default:
            return std::nullopt;
    }
}

void Request::values(const Part& part, std::vector<std::string_view>& found) {
    if (part.kind != PartKind::json) {
        if (const auto one = value(part)) found.push_back(*one);
        return;
    }
    const BodyJson* document = json();
    if (document == nullptr) return;
    std::vector<BodyJson::Id> nodes;
    document->find(base_, part.path, nodes);
    for (const BodyJson::Id node : nodes) {
        std::string storage;
        const auto text = document->text_of(node, storage);
        if (text) found.push_back(storage.empty() ? *text : keep(std::move(storage)));
    }
}

bool Request::pieces(const Message& message, std::vector<std::string_view>& out) {
    out.clear();
    const bool joins = !message.empty() && message[0].kind == PartKind::join;
    for (std::size_t i = joins ? 1 : 0; i < message.size(); ++i) {
        if (joins && i > 1) out.push_back(message[0].text);
        const auto piece = value(message[i]);
        if (!piece && !joins) return false;
        if (piece) out.push_back(*piece);
    }
    return true;
}

std::optional<std::string> Request::text(const Message& message) {
    std::vector<std::string_view> parts;
    if (!pieces(message, parts)) return std::nullopt;
    std::string joined;
    for (const std::string_view part : parts) joined += part;
    return joined;
}

}  // namespace tenon::webhook
