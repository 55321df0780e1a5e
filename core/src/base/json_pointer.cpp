#include <algorithm>
#include <cstddef>

#include "tenon/base/json.hpp"

namespace tenon::json {
namespace {

/// The text of the token that starts at `at` (behind its `/`); `at` moves to the next `/` or the end.
std::string_view take_token(std::string_view pointer, std::size_t& at) {
    const std::size_t from = at;
    at = std::min(pointer.find('/', from), pointer.size());
    return pointer.substr(from, at - from);
}

std::string unescape(std::string_view token) {
    std::string out;
    out.reserve(token.size());
    for (std::size_t i = 0; i < token.size(); ++i) {
        if (token[i] == '~' && i + 1 < token.size())
            out += token[++i] == '1' ? '/' : '~';
        else
            out += token[i];
    }
    return out;
}

const Value* item_at(const Array& array, std::string_view token) {
    constexpr std::size_t longest = 9;  // digits; an array has far fewer than a thousand million items
    if (token.empty() || token.size() > longest || (token[0] == '0' && token.size() > 1)) return nullptr;
    std::size_t index = 0;
    for (const char c : token) {
        if (c < '0' || c > '9') return nullptr;
        index = index * 10 + static_cast<std::size_t>(c - '0');
    }
    return index < array.size() ? &array[index] : nullptr;
}

const Value* child(const Value& parent, std::string_view token) {
    if (parent.is_array()) return item_at(parent.as_array(), token);
    if (token.find('~') == std::string_view::npos) return parent.find(token);
    return parent.find(unescape(token));
}

}  // namespace

const Value* resolve(const Value& root, std::string_view pointer) {
    const Value* value = &root;
    for (std::size_t at = 0; at < pointer.size() && value != nullptr;) {
        ++at;
        value = child(*value, take_token(pointer, at));
    }
    return value;
}

bool is_pointer(std::string_view pointer) {
    if (!pointer.empty() && pointer[0] != '/') return false;
    for (std::size_t at = pointer.find('~'); at != std::string_view::npos; at = pointer.find('~', at + 1))
        if (at + 1 >= pointer.size() || (pointer[at + 1] != '0' && pointer[at + 1] != '1')) return false;
    return true;
}

std::vector<std::string> pointer_tokens(std::string_view pointer) {
    std::vector<std::string> tokens;
    for (std::size_t at = 0; at < pointer.size();) {
        ++at;
        tokens.push_back(unescape(take_token(pointer, at)));
    }
    return tokens;
}

std::string escape_token(std::string_view token) {
    std::string out;
    out.reserve(token.size());
    for (const char c : token) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out += c;
    }
    return out;
}

}  // namespace tenon::json
