#pragma once
// A reply as the rules of a provider look at it: status, headers, the body read once as JSON.

#include <chrono>
#include <optional>
#include <string_view>

#include "tenon/base/json.hpp"
#include "tenon/execution/reply_class.hpp"

namespace tenon::execution {

/// Borrows the reply.
class ReadReply {
public:
    explicit ReadReply(const Reply& reply) : reply_(reply), body_(json::read(reply.body)) {}

    [[nodiscard]] int status() const { return reply_.status; }
    [[nodiscard]] bool is_json() const { return body_.has_value(); }
    /// First value of the header in any letter case.
    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
    /// Null pointer when the body is not JSON or has nothing there.
    [[nodiscard]] const json::Value* at(std::string_view pointer) const;

private:
    const Reply& reply_;
    Result<json::Value> body_;
};

/// All stated parts hold.
[[nodiscard]] bool holds(const catalogue::Predicate& predicate, const ReadReply& reply);

/// How long the provider asks to wait, at most one hour: the first rule that finds something, `Retry-After`
/// where there are no rules.
[[nodiscard]] std::optional<std::chrono::milliseconds> wait_from(const catalogue::ReplyRules& rules,
                                                                 const ReadReply& reply, UnixTime now);

}  // namespace tenon::execution
