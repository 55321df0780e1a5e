#pragma once
// Documents that more than one resource shows.

#include "api/call.hpp"
#include "store/rows.hpp"

namespace tenon::api {

[[nodiscard]] json::Value show_execution(const store::ExecutionRow& row);
/// With what was sent and answered, opened from the vault. What does not open any more is left out and named
/// in `unreadable`.
[[nodiscard]] json::Value show_attempt(const Call& call, const store::AttemptRow& row);
[[nodiscard]] json::Value show_executions(const std::vector<store::ExecutionRow>& rows);

/// Opens a sealed JSON document. Error: decrypt_failed.
[[nodiscard]] Result<json::Value> open_json(const Call& call, const vault::Place& place,
                                            const store::Sealed& sealed);

/// All executions of one submission, oldest first.
[[nodiscard]] Result<std::vector<store::ExecutionRow>> executions_of(store::Unit& unit, SubmissionId id);

}  // namespace tenon::api
