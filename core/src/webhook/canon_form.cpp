// Canonical forms of form bodies.
#include "canon.hpp"

namespace tenon::webhook {
std::vector<TextPair> sorted_pairs(const std::vector<NamedValue>& values) {
    std::vector<TextPair> pairs;
    pairs.reserve(values.size());
    for (const NamedValue& value : values) pairs.push_back({value.name, value.value});
    sort_pairs(pairs);
    return pairs;
}

std::optional<std::string> sorted_form(const Request& request) {
    const auto values = request.form_values();
    if (!values) return std::nullopt;
    const std::vector<TextPair> pairs = sorted_pairs(*values);
    std::string out;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const bool is_repeated =
            i > 0 && pairs[i].first == pairs[i - 1].first && pairs[i].second == pairs[i - 1].second;
        if (!is_repeated) out.append(pairs[i].first).append(pairs[i].second);
    }
    return out;
}

}  // namespace tenon::webhook
