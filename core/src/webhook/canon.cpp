#include "canon.hpp"

#include <cstdlib>

#include "public_keys.hpp"
#include "tenon/base/text.hpp"

namespace tenon::webhook {
std::optional<std::string> canonical(Request& request, const Part& part) {
    switch (part.canon) {
        case Canon::form_sorted_kv:
            return sorted_form(request);
        case Canon::query_sorted:
            return sorted_query(request.delivery().url);
        case Canon::atlassian_qsh:
            return atlassian_request(request);
        case Canon::contentful_path:
            return contentful_path(request.delivery().url);
        case Canon::aws_sns:
        case Canon::php_form:
        case Canon::rfc9421:
            return public_canonical(request, part);
    }
    return std::nullopt;
}

void sort_pairs(std::vector<TextPair>& pairs) {
    if (pairs.empty()) return;
    // qsort and not std::sort: a fraction of the size, which counts in WebAssembly.
    std::qsort(pairs.data(), pairs.size(), sizeof(TextPair), [](const void* a, const void* b) {
        const auto& left = *static_cast<const TextPair*>(a);
        const auto& right = *static_cast<const TextPair*>(b);
        const int order = left.first.compare(right.first);
        return order != 0 ? order : left.second.compare(right.second);
    });
}

std::optional<std::string> header_values(Request& request, const Part& part, std::string_view names) {
    constexpr std::size_t most_names = 32;
    std::vector<std::string> lower;
    std::vector<TextPair> values;
    for (bool more = true; more;) {
        const std::size_t end = names.find(part.text_after);
        more = end != std::string_view::npos;
        lower.push_back(text::lower_ascii(trim_blank(names.substr(0, end))));
        if (more) names.remove_prefix(end + part.text_after.size());
        if (lower.size() > most_names) {
            request.set_part_error(Errc::signature_malformed);
            return std::nullopt;
        }
    }
    for (std::size_t i = 0; i < lower.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k)
            if (lower[k] == lower[i]) request.set_part_error(Errc::signature_malformed);
        const FoundHeader header = request.header_named(lower[i]);
        if (header.occurrences > 1) request.set_part_error(Errc::duplicate_header);
        if (header.occurrences != 1 || header.value.empty()) return std::nullopt;
        values.push_back({lower[i], header.value});
    }
    if (request.has_part_error()) return std::nullopt;
    if (part.sort) sort_pairs(values);
    std::string out;
    for (const TextPair& value : values) {
        if (&value != values.data()) out += part.text;
        if (!part.pair.empty()) out.append(value.first).append(part.pair);
        out += value.second;
    }
    return out;
}

}  // namespace tenon::webhook
