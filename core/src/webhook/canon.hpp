#pragma once
// The named canonicalisers (spec/WEBHOOKS.md, "Parts"): what some providers sign in place of bytes as
// received.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan.hpp"
#include "request.hpp"

namespace tenon::webhook {

/// Two texts, ordered by the bytes of the first, then of the second.
struct TextPair {
    std::string_view first;
    std::string_view second;
};
void sort_pairs(std::vector<TextPair>& pairs);

/// Nothing if something that is needed is absent or malformed.
[[nodiscard]] std::optional<std::string> canonical(Request& request, const Part& part);

/// `{headers: …}`: `names` is the list as the delivery has it. More than 32 names or a repeated one is
/// signature_malformed, a named header that occurs twice duplicate_header (Request::take_part_error).
[[nodiscard]] std::optional<std::string> header_values(Request& request, const Part& part,
                                                       std::string_view names);

/// Names sorted by bytes, each directly followed by its value; of one name each value once, sorted.
[[nodiscard]] std::optional<std::string> sorted_form(const Request& request);
[[nodiscard]] std::vector<TextPair> sorted_pairs(const std::vector<NamedValue>& values);
/// The raw `name=value` pieces, sorted by bytes.
[[nodiscard]] std::string sorted_query(std::string_view url);
/// Method, path below `base_url`, and query as Atlassian Connect's query string hash has them.
[[nodiscard]] std::optional<std::string> atlassian_request(Request& request);
/// encodeURI of the path and, behind `?`, of the query that was escaped as a whole.
[[nodiscard]] std::string contentful_path(std::string_view url);
/// The URL without its port, or with the default one if it has none.
[[nodiscard]] std::string with_other_port(std::string_view url);
/// The signature base of RFC 9421 2.5.
[[nodiscard]] std::optional<std::string> signature_base(Request& request);
}  // namespace tenon::webhook
