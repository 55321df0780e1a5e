#pragma once
// `Idempotency-Key`: the first answer to a key is kept 24 hours, sealed, and given again to whoever repeats
// the request. A request that failed leaves no trace, so it can be corrected and sent under the same key.

#include <optional>

#include "api/call.hpp"
#include "api/routes.hpp"

namespace tenon::api {

class Idempotency {
public:
    /// Without the header nothing is kept. Problems: malformed_request (not 1 to 255 visible ASCII
    /// characters), idempotency_key_reused, idempotency_in_progress. `kept_answer()` is set when the request
    /// was answered before.
    static asio::awaitable<tl::expected<Idempotency, Problem>> begin(const Route& route, Call& call);
    [[nodiscard]] std::optional<http::Response> kept_answer() { return std::move(kept_); }
    /// Keeps a success, forgets the key after anything else. The answer goes out even if keeping it failed:
    /// the key then frees itself after a minute.
    asio::awaitable<void> end(Call& call, const Reply& reply);

private:
    [[nodiscard]] vault::Place place() const { return {"idempotency", row_id_, "response"}; }

    std::optional<store::IdempotencyRow> row_;
    std::string row_id_;
    std::optional<http::Response> kept_;
};

}  // namespace tenon::api
