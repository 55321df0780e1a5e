#pragma once
// How executions, their jobs and their stages come into being: pure row building and the one rule that moves
// a submission on when an execution ends.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "store/unit.hpp"
#include "tenon/base/json.hpp"

namespace tenon::fanout {

/// The kind of job that runs executions.
inline constexpr std::string_view execution_job = "execution";

/// True for a status that never changes again by itself.
[[nodiscard]] bool has_ended(std::string_view status);

/// What an execution works on: exactly one of the two.
struct Payload {
    std::optional<SubmissionId> submission;
    std::optional<EventId> event;
};

/// One execution for each of `integrations` that wants `payload` (null = not JSON: wanted only without a
/// condition). Only the first stage is pending, the others wait. Errors: those of a stored condition or
/// config that can't be read.
[[nodiscard]] Result<std::vector<store::ExecutionRow>> fan_out(
    const std::vector<store::IntegrationRow>& integrations, const json::Value* payload, const Payload& source,
    UnixTime now, Random& random);
/// Inserts them, a job for each that is pending, and the changes.
[[nodiscard]] Result<void> insert(store::Unit& unit, const std::vector<store::ExecutionRow>& executions,
                                  Random& random);

/// A pending execution of `integration`, with the config as it is now. Error: internal for a stored config
/// that can't be read.
[[nodiscard]] Result<store::ExecutionRow> execution_for(const store::IntegrationRow& integration,
                                                        UnixTime now, Random& random);
/// A new pending execution of the same payload with the same config, in a stage of its own.
[[nodiscard]] store::ExecutionRow replay_of(const store::ExecutionRow& old, UnixTime now, Random& random);
/// The job that runs it, due at `run_at`.
[[nodiscard]] store::JobRow job_for(const store::ExecutionRow& execution, UnixTime run_at, Random& random);
/// `meta` of spec/MAPPING.md section 1, for a submission and for an event.
[[nodiscard]] json::Value meta_of(const store::SubmissionRow& submission, const store::FormRow& form,
                                  std::string_view language, std::string_view page_url);
[[nodiscard]] json::Value meta_of(const store::EventRow& event);

/// Called in the transaction in which `ended` ended: starts the next stage when the stage is done, and gives
/// the submission its status when nothing is left.
[[nodiscard]] Result<void> advance(store::Unit& unit, const store::ExecutionRow& ended, UnixTime now,
                                   Random& random);

}  // namespace tenon::fanout
