#include "api/list.hpp"

#include <algorithm>
#include <charconv>

#include "tenon/base/bytes.hpp"

namespace tenon::api {

std::string cursor_of(const Uuid& id) {
    return bytes::to_base64url({reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()});
}

Result<store::Page> wanted_page(const Call& call) {
    store::Page page;
    page.limit = default_limit;
    if (const auto text = call.query_text("limit")) {
        const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), page.limit);
        if (error != std::errc() || end != text->data() + text->size() || page.limit < 1 ||
            page.limit > max_limit)
            return fail(Errc::validation_failed, "limit", "limit is a whole number from 1 to 200.");
    }
    ++page.limit;
    if (const auto text = call.query_text("cursor")) {
        const auto raw = bytes::from_base64url(*text);
        Uuid before;
        if (!raw || raw->size() != before.bytes.size())
            return fail(
                Errc::cursor_invalid, "cursor",
                "Send next_cursor of the page before exactly as it was answered, or leave cursor out.");
        std::copy_n(raw->begin(), raw->size(), reinterpret_cast<char*>(before.bytes.data()));
        page.before = before;
    }
    return page;
}

}  // namespace tenon::api
