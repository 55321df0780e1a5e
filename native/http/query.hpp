#pragma once
// Strict reading of what clients put beside the body: percent escapes, query strings, cookies.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tenon/base/result.hpp"

namespace tenon::http {

enum class Plus : unsigned char { is_plus, is_space };

/// Decodes `%XX`. Nothing for an incomplete or non-hexadecimal escape, and for a result that is no UTF-8 or
/// holds U+0000.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text, Plus plus);

/// The parameters of one query string, names unique.
class Query {
public:
    static constexpr std::size_t max_parameters = 64;

    /// Reads `a=b&c=d` (application/x-www-form-urlencoded; `c` alone is `c=`; empty pieces are skipped).
    /// Errors: malformed_request for a bad escape, the same name twice (field = the name) or more than
    /// max_parameters.
    [[nodiscard]] static Result<Query> parse(std::string_view text);

    /// Nothing if absent. The view lives as long as this object.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& all() const { return parameters_; }

private:
    std::vector<std::pair<std::string, std::string>> parameters_;
};

/// The value of one cookie in a Cookie header (RFC 6265 4.2). Nothing if absent, and nothing if the name
/// occurs twice: another host of the same domain may have set one of them. Other cookies are not judged.
[[nodiscard]] std::optional<std::string_view> find_cookie(std::string_view header, std::string_view name);

}  // namespace tenon::http
