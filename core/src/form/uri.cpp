#include "uri.hpp"

#include <algorithm>

#include "tenon/base/bytes.hpp"
#include "tenon/base/text.hpp"

namespace tenon::form {
namespace {

bool is_scheme(std::string_view text) {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return !text.empty() && is_letter(text[0]) && std::all_of(text.begin(), text.end(), [&](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
    });
}

void remove_last_segment(std::string& path) {
    path.resize(std::min(path.rfind('/'), path.size()));  // none: all of it stays; the caller adds nothing
}

/// Section 5.2.4.
std::string remove_dot_segments(std::string_view in) {
    std::string out;
    while (!in.empty()) {
        if (in.substr(0, 3) == "../") {
            in.remove_prefix(3);
        } else if (in.substr(0, 2) == "./" || in.substr(0, 3) == "/./") {
            in.remove_prefix(2);
        } else if (in == "/.") {
            in = "/";
        } else if (in.substr(0, 4) == "/../" || in == "/..") {
            in = in == "/.." ? std::string_view("/") : in.substr(3);
            if (out.find('/') == std::string::npos) out.clear();
            remove_last_segment(out);
        } else if (in == "." || in == "..") {
            in = {};
        } else {
            const std::size_t end = std::min(in.find('/', 1), in.size());
            out += in.substr(0, end);
            in.remove_prefix(end);
        }
    }
    return out;
}

std::string merge(const Uri& base, std::string_view path) {
    if (base.authority && base.path.empty()) return "/" + std::string(path);
    const std::size_t slash = base.path.rfind('/');
    const std::string folder = slash == std::string::npos ? std::string() : base.path.substr(0, slash + 1);
    return folder + std::string(path);
}

}  // namespace

std::string Uri::without_fragment() const {
    std::string text;
    if (scheme) text += *scheme + ":";
    if (authority) text += "//" + *authority;
    text += path;
    if (query) text += "?" + *query;
    return text;
}

Uri split_uri(std::string_view text) {
    Uri uri;
    if (const std::size_t at = text.find('#'); at != std::string_view::npos) {
        uri.fragment = std::string(text.substr(at + 1));
        text = text.substr(0, at);
    }
    if (const std::size_t at = text.find('?'); at != std::string_view::npos) {
        uri.query = std::string(text.substr(at + 1));
        text = text.substr(0, at);
    }
    const std::size_t colon = text.find(':');
    if (colon != std::string_view::npos && is_scheme(text.substr(0, colon))) {
        uri.scheme = std::string(text.substr(0, colon));
        text.remove_prefix(colon + 1);
    }
    if (text.substr(0, 2) == "//") {
        const std::size_t end = std::min(text.find('/', 2), text.size());
        uri.authority = std::string(text.substr(2, end - 2));
        text.remove_prefix(end);
    }
    uri.path = std::string(text);
    return uri;
}

Uri resolve_uri(const Uri& base, const Uri& reference) {
    Uri out = reference;
    if (reference.scheme) {
        out.path = remove_dot_segments(reference.path);
        return out;
    }
    out.scheme = base.scheme;
    if (reference.authority) {
        out.path = remove_dot_segments(reference.path);
        return out;
    }
    out.authority = base.authority;
    if (reference.path.empty()) {
        out.path = base.path;
        if (!reference.query) out.query = base.query;
    } else if (reference.path[0] == '/') {
        out.path = remove_dot_segments(reference.path);
    } else {
        out.path = remove_dot_segments(merge(base, reference.path));
    }
    return out;
}

std::optional<std::string> percent_decode(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        const std::optional<std::string> byte = bytes::from_hex(text.substr(i + 1, 2), bytes::HexCase::any);
        if (!byte || byte->size() != 1) return std::nullopt;
        out += *byte;
        i += 2;
    }
    if (!text::is_utf8(out)) return std::nullopt;
    return out;
}

}  // namespace tenon::form
