#include "tenon/mapping/finding.hpp"

#include <algorithm>
#include <charconv>

namespace tenon::mapping {

void Notes::add_once(Errc code, std::string message) {
    for (const Note& known : notes_)
        if (known.code == code) return;
    notes_.push_back({code, std::move(message)});
}

void Notes::add_distinct(Errc code, std::string message) {
    Note added{code, std::move(message)};
    if (std::find(notes_.begin(), notes_.end(), added) == notes_.end()) notes_.push_back(std::move(added));
}

std::string sentence(Errc code, std::initializer_list<Fill> fills) {
    const std::string_view pattern = row_of(code).sentence;
    if (fills.size() == 0) return std::string(pattern);
    std::string out;
    std::size_t at = 0;
    while (at < pattern.size()) {
        const std::size_t open = pattern.find('{', at);
        const std::size_t close = open == pattern.npos ? pattern.npos : pattern.find('}', open);
        if (close == pattern.npos) break;
        out += pattern.substr(at, open - at);
        const std::string_view name = pattern.substr(open + 1, close - open - 1);
        const auto* known =
            std::find_if(fills.begin(), fills.end(), [&](const Fill& fill) { return fill.name == name; });
        out += known == fills.end() ? pattern.substr(open, close - open + 1) : known->value;
        at = close + 1;
    }
    out += pattern.substr(at);
    return out;
}

std::string count_text(std::size_t count) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, count);
    return {digits, end.ptr};
}

Note note(Errc code, std::initializer_list<Fill> fills) { return {code, sentence(code, fills)}; }

Finding finding(std::string pointer, Errc code, std::initializer_list<Fill> fills) {
    return {std::move(pointer), code, sentence(code, fills)};
}

bool precedes(std::string_view a, std::string_view b) {
    const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (y == b.end()) return false;
    if (x == a.end()) return true;
    const auto p = static_cast<unsigned char>(*x);
    const auto q = static_cast<unsigned char>(*y);
    // Characters beyond U+FFFF are surrogates (D800…) in UTF-16 and come before U+E000…U+FFFF (0xEE, 0xEF in
    // UTF-8).
    if (p >= 0xEE && q >= 0xEE && (p >= 0xF0) != (q >= 0xF0)) return p >= 0xF0;
    return p < q;
}

void sort_findings(Findings& findings) {
    std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
        if (a.pointer != b.pointer) return precedes(a.pointer, b.pointer);
        return id_of(a.code) < id_of(b.code);
    });
}

json::Array to_json(const Findings& findings) {
    json::Array out;
    out.reserve(findings.size());
    for (const Finding& each : findings)
        out.emplace_back(
            json::Object{{"code", id_of(each.code)}, {"message", each.message}, {"pointer", each.pointer}});
    return out;
}

}  // namespace tenon::mapping
