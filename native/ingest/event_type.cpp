#include "ingest/event_type.hpp"

#include <algorithm>

#include "tenon/base/json.hpp"

namespace tenon::ingest {

std::string event_type_of(std::string_view part, const http::Request& request) {
    constexpr std::string_view in_header = "hdr:";
    constexpr std::string_view in_body = "json:";
    if (part.substr(0, in_header.size()) == in_header)
        return std::string(request.header(part.substr(in_header.size())));
    if (part.substr(0, in_body.size()) != in_body) return {};
    const auto body = json::read(request.body);
    if (!body) return {};
    const auto* found = json::resolve(*body, part.substr(in_body.size()));
    return found != nullptr && found->is_text() ? found->as_text() : std::string();
}

bool is_wanted(const std::vector<std::string>& kept, std::string_view event_type) {
    return kept.empty() || std::find(kept.begin(), kept.end(), event_type) != kept.end();
}

}  // namespace tenon::ingest
