#pragma once
// Lists: `?limit=1..200&cursor=…`, newest first, answered as `{data, next_cursor}`. A cursor is the id of the
// last row shown, spelt so that nobody is tempted to build one.

#include <string>
#include <utility>
#include <vector>

#include "api/call.hpp"
#include "store/unit.hpp"

namespace tenon::api {

inline constexpr int default_limit = 50;
inline constexpr int max_limit = 200;

/// Errors: validation_failed (limit), cursor_invalid. The page asks for one row more than is shown, which
/// tells whether there is a next one.
[[nodiscard]] Result<store::Page> wanted_page(const Call& call);

[[nodiscard]] std::string cursor_of(const Uuid& id);

/// `rows` as read with `page`; `show` makes the document of a row, whose `id` becomes the cursor.
template <typename Row, typename Show>
http::Response answer_list(const store::Page& page, std::vector<Row> rows, const Show& show) {
    const auto shown = static_cast<std::size_t>(page.limit - 1);
    json::Value next;
    if (rows.size() > shown) {
        rows.resize(shown);
        next = cursor_of(rows.back().id.value);
    }
    json::Array data;
    data.reserve(rows.size());
    for (const auto& row : rows) data.emplace_back(show(row));
    return answer(200, json::Object{{"data", std::move(data)}, {"next_cursor", std::move(next)}});
}

}  // namespace tenon::api
