#include "http/message.hpp"

#include <algorithm>

#include "http/reply_head.hpp"

namespace tenon::http {

std::string_view Request::header(std::string_view name) const {
    for (const auto& [key, value] : headers)
        if (same_name(key, name)) return value;
    return {};
}

std::size_t Request::count(std::string_view name) const {
    return static_cast<std::size_t>(std::count_if(
        headers.begin(), headers.end(), [&](const Header& header) { return same_name(header.first, name); }));
}

void Response::set(std::string name, std::string value) {
    for (auto& [key, old] : headers) {
        if (!same_name(key, name)) continue;
        old = std::move(value);
        return;
    }
    headers.emplace_back(std::move(name), std::move(value));
}

}  // namespace tenon::http
