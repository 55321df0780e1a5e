// Canonical forms of URLs.
#include "canon.hpp"
#include "tenon/base/bytes.hpp"

namespace tenon::webhook {
namespace {

/// Escapes every byte that is neither a letter, a digit nor in `kept`.
std::string escape(std::string_view text, std::string_view kept) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (is_plain || kept.find(c) != std::string_view::npos)
            out.push_back(c);
        else
            out.append(1, '%').append(1, hex[byte >> 4U]).append(1, hex[byte & 15U]);
    }
    return out;
}

void upper(std::string& text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - ('a' - 'A'));
}

/// `a=1,2&b=3`: escaped again in one way, sorted, the values of one name joined.
std::string atlassian_query(std::string_view query) {
    std::vector<std::string> texts;
    while (!query.empty()) {
        const std::size_t end = query.find('&');
        const std::string_view piece = query.substr(0, end);
        query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
        if (piece.empty()) continue;
        const std::size_t equals = piece.find('=');
        const std::string name = decode_form_text(piece.substr(0, equals));
        if (name == "jwt") continue;  // the token itself
        texts.push_back(bytes::percent_encode(name));
        texts.push_back(equals == std::string_view::npos
                            ? std::string()
                            : bytes::percent_encode(decode_form_text(piece.substr(equals + 1))));
    }
    std::vector<TextPair> pairs;
    for (std::size_t i = 0; i < texts.size(); i += 2) pairs.push_back({texts[i], texts[i + 1]});
    sort_pairs(pairs);
    std::string out;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        if (i > 0 && pairs[i].first == pairs[i - 1].first) {
            out.append(1, ',').append(pairs[i].second);
            continue;
        }
        if (i > 0) out += '&';
        out.append(pairs[i].first).append(1, '=').append(pairs[i].second);
    }
    return out;
}

}  // namespace

std::string sorted_query(std::string_view url) {
    std::string_view query = query_of(url);
    std::vector<TextPair> pieces;
    while (!query.empty()) {
        const std::size_t end = query.find('&');
        pieces.push_back({query.substr(0, end), {}});
        query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
    }
    sort_pairs(pieces);
    std::string out;
    for (const TextPair& piece : pieces) {
        if (&piece != pieces.data()) out += '&';
        out += piece.first;
    }
    return out;
}

std::optional<std::string> atlassian_request(Request& request) {
    const auto base_url = request.config_text("base_url");
    if (!base_url) return std::nullopt;
    const std::string_view url = request.delivery().url;
    const auto path_of = [](std::string_view of) {
        const std::string_view both = path_and_query_of(of);
        return both.substr(0, both.find('?'));
    };
    std::string_view path = path_of(url);
    std::string_view base = path_of(*base_url);
    while (!base.empty() && base.back() == '/') base.remove_suffix(1);
    if (path.substr(0, base.size()) == base && (path.size() == base.size() || path[base.size()] == '/'))
        path.remove_prefix(base.size());
    while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
    std::string out(request.delivery().method);
    upper(out);
    out += '&';
    if (path.empty()) out += '/';
    for (const char c : path) {
        if (c == '&')
            out += "%26";
        else
            out += c;
    }
    return out.append(1, '&').append(atlassian_query(query_of(url)));
}

std::string contentful_path(std::string_view url) {
    constexpr std::string_view kept_in_component = "-_.!~*'()";
    constexpr std::string_view kept_in_uri = ";/?:@&=+$,#-_.!~*'()";
    const std::string_view both = path_and_query_of(url);
    const std::size_t mark = both.find('?');
    std::string out(both.substr(0, mark));
    if (mark != std::string_view::npos) {
        const std::string_view query = both.substr(mark + 1);
        const std::string escaped = escape(query.substr(0, query.find('?')), kept_in_component);
        if (!escaped.empty()) out.append(1, '?').append(escaped);
    }
    return escape(out, kept_in_uri);
}

std::string with_other_port(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) return std::string(url);
    const std::size_t start = scheme + 3;
    const std::size_t end = std::min(url.find_first_of("/?#", start), url.size());
    const std::string_view authority = url.substr(start, end - start);
    const std::size_t colon = authority.rfind(':');
    const bool has_port = colon != std::string_view::npos &&
                          authority.find_first_not_of("0123456789", colon + 1) == std::string_view::npos;
    std::string out(url.substr(0, has_port ? start + colon : end));
    if (!has_port) out += url.substr(0, scheme) == "http" ? ":80" : ":443";
    return out.append(url.substr(end));
}

}  // namespace tenon::webhook
