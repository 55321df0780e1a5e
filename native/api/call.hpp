#pragma once
// One call of the API on its way through a handler: what was asked, by whom, and how answers are made.

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/ordered_json.hpp"
#include "api/services.hpp"
#include "auth/principal.hpp"
#include "http/message.hpp"
#include "tenon/base/json.hpp"
#include "tenon/base/result.hpp"

namespace tenon::api {

/// A refusal: the status follows from the code; `errors` = `{pointer, code, message}` as in problem+json.
struct Problem {
    Problem(Error refused)
        : error(std::move(refused)) {}  // NOLINT(google-explicit-constructor): co_return fail(…)
    Problem(Error refused, json::Array entries) : error(std::move(refused)), errors(std::move(entries)) {}

    Error error;
    json::Array errors;
    std::vector<http::Header> headers;
};

using Reply = tl::expected<http::Response, Problem>;

struct Call {
    const Services& services;
    http::Request request;
    std::vector<std::pair<std::string, std::string>> path;  ///< Parameters of the route's path.
    std::vector<std::pair<std::string, std::string>>
        query;                                 ///< Decoded; names unique and declared by the route.
    std::optional<auth::Principal> principal;  ///< Set unless the route is open.
    json::Value body;                          ///< Valid against the route's body schema.

    [[nodiscard]] const store::Organisation& organisation() const { return principal->organisation; }
    [[nodiscard]] std::string_view path_text(std::string_view name) const;
    [[nodiscard]] std::optional<std::string_view> query_text(std::string_view name) const;

    /// The path parameter as an id. Error: not_found, since no row has an id of another form.
    template <typename Id>
    [[nodiscard]] Result<Id> path_id(std::string_view name) const {
        if (auto id = Id::parse(path_text(name))) return *id;
        return fail(Errc::not_found);
    }
    /// A query parameter as an id. Error: validation_failed.
    template <typename Id>
    [[nodiscard]] Result<std::optional<Id>> query_id(std::string_view name) const {
        const auto text = query_text(name);
        if (!text) return std::optional<Id>();
        if (auto id = Id::parse(*text)) return id;
        return fail(Errc::validation_failed, std::string(name), "Give an id as the API returned it.");
    }
};

/// Handlers are free functions: all they may touch is in the call, which outlives them.
using Handler = asio::awaitable<Reply> (*)(Call& call);

/// A JSON answer; members keep the order in which they were set.
[[nodiscard]] http::Response answer(int status, const json::Value& document);
/// The same for one stored row: adds `ETag: "<version>"`.
[[nodiscard]] http::Response answer_version(int status, const json::Value& document, std::int64_t version);
[[nodiscard]] http::Response no_content();

/// The version that If-Match names; nothing without the header or for `*`. Error: precondition_failed for
/// what is no version of ours.
[[nodiscard]] Result<std::optional<std::int64_t>> wanted_version(const http::Request& request);
/// precondition_failed unless `wanted` is absent or `stored`.
[[nodiscard]] Result<void> check_version(std::optional<std::int64_t> wanted, std::int64_t stored);

/// Adds `name` unless the text is empty or the time absent.
void set_text(json::Object& object, std::string_view name, std::string_view text);
void set_time(json::Object& object, std::string_view name, const std::optional<UnixTime>& time);
[[nodiscard]] json::Value text_array(const std::vector<std::string>& texts);
/// Stored JSON text as a value; null for an empty text. Stored documents were validated: an unreadable one is
/// shown as null.
[[nodiscard]] json::Value stored_json(const std::string& text);

}  // namespace tenon::api
