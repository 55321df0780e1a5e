#include "http/request_target.hpp"

#include <algorithm>

#include "http/reply_head.hpp"

namespace tenon::http {
namespace {

bool is_visible(char c) { return c > 0x20 && c < 0x7f && c != '#'; }

std::size_t scheme_length(std::string_view target) {
    for (const std::string_view scheme : {"http://", "https://"})
        if (target.size() > scheme.size() && same_name(target.substr(0, scheme.size()), scheme))
            return scheme.size();
    return 0;
}

void split(Request& request, std::string_view path_and_query) {
    const std::size_t mark = path_and_query.find('?');
    request.path = path_and_query.substr(0, mark);
    request.query = mark == std::string_view::npos ? std::string_view() : path_and_query.substr(mark + 1);
    if (request.path.empty()) request.path = "/";
}

bool read_absolute(Request& request, std::size_t scheme) {
    const std::string_view rest = std::string_view(request.target).substr(scheme);
    const std::size_t end = rest.find_first_of("/?");
    const std::string_view authority = rest.substr(0, end);
    if (authority.empty() || authority.front() == ':' || authority.find('@') != std::string_view::npos)
        return false;
    for (auto& [name, value] : request.headers)
        if (same_name(name, "host")) value = authority;
    split(request, end == std::string_view::npos ? std::string_view() : rest.substr(end));
    return true;
}

}  // namespace

bool read_target(Request& request) {
    const std::string& target = request.target;
    if (target.empty() || !std::all_of(target.begin(), target.end(), is_visible)) return false;
    if (target.front() == '/') {
        split(request, target);
        return true;
    }
    if (target == "*" && request.method == "OPTIONS") {
        request.path = "*";
        return true;
    }
    const std::size_t scheme = scheme_length(target);
    return scheme > 0 && read_absolute(request, scheme);
}

}  // namespace tenon::http
