#pragma once
// Named values of a query string or a form body.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tenon::webhook {

/// What a name was found as. `occurrences` may be more than one: then the caller refuses.
struct Field {
    std::size_t occurrences = 0;
    std::string value;    ///< Of the first, decoded; meaningless if not `is_text`.
    bool is_text = true;  ///< False if the decoded bytes are not UTF-8.
};

/// application/x-www-form-urlencoded; a `%` without two hex digits stands for itself.
[[nodiscard]] Field find_urlencoded(std::string_view encoded, std::string_view name);
/// multipart/form-data (RFC 7578); `content_type` carries the boundary. Parts with a file name are no fields.
[[nodiscard]] Field find_multipart(std::string_view body, std::string_view content_type,
                                   std::string_view name);

struct NamedValue {
    std::string name;
    std::string value;
};
/// Every field, decoded, in order; nothing if one is not UTF-8. Empty pieces between `&` are none.
[[nodiscard]] std::optional<std::vector<NamedValue>> urlencoded_values(std::string_view encoded);
/// The same of multipart/form-data; nothing as well for a body that is cut off.
[[nodiscard]] std::optional<std::vector<NamedValue>> multipart_values(std::string_view body,
                                                                      std::string_view content_type);

/// `%XX` and `+` decoded.
[[nodiscard]] std::string decode_form_text(std::string_view text);

/// Between `?` and `#`; empty without one.
[[nodiscard]] std::string_view query_of(std::string_view url);
/// Path and query of an absolute URL or of a request target, without fragment.
[[nodiscard]] std::string_view path_and_query_of(std::string_view url);
/// `type/subtype` of a Content-Type value in lower case, without parameters.
[[nodiscard]] std::string media_type_of(std::string_view content_type);
/// Without spaces and tabs at both ends.
[[nodiscard]] std::string_view trim_blank(std::string_view text);

/// `%XX` of the characters in `which` are decoded, all others stay as they are.
[[nodiscard]] std::string percent_decode_only(std::string_view text, std::string_view which);

}  // namespace tenon::webhook
