#pragma once
// Takes a form submission in: checks it against limits and the form's schema, and commits it with its
// executions and their jobs in one transaction. When accept() returns a value, the submission is on disk and
// will be worked on.

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "store/store.hpp"
#include "tenon/base/json.hpp"
#include "tenon/base/result.hpp"
#include "vault/vault.hpp"

namespace tenon::execute {

namespace asio = boost::asio;

struct Accepted {
    SubmissionId id;
    std::vector<ExecutionId> executions;
    std::string status;  ///< `accepted`, or `succeeded` when no integration is active.
};

/// A refusal with every finding: `{pointer, code, message}` as in problem+json `errors`.
struct Refusal {
    Error error;
    json::Array errors;
};

/// Called after the commit, from the committing coroutine: wakes the worker.
using Wake = std::function<void()>;

/// Threads: any.
class Intake {
public:
    Intake(store::Store& store, vault::Vault& vault, Clock& clock, Random& random, Wake wake);

    /// `body`: the submission's bytes. `language`, `page_url` go into meta when given.
    /// Errors: not_found (form), the codes of spec/MAPPING.md 3 and 10 for the submission, validation_failed
    /// with one entry for each schema failure, store_failed.
    asio::awaitable<tl::expected<Accepted, Refusal>> accept(store::Organisation organisation, FormId form,
                                                            std::string body, std::string language,
                                                            std::string page_url);

    /// Runs a finished execution again as a new execution of the same submission or event. Errors: not_found,
    /// conflict while it is still running.
    asio::awaitable<Result<store::ExecutionRow>> replay(store::Organisation organisation, ExecutionId id);
    /// Withdraws an execution that waits. Errors: not_found, conflict when it runs or has ended.
    asio::awaitable<Result<store::ExecutionRow>> cancel(store::Organisation organisation, ExecutionId id);

private:
    store::Store& store_;
    vault::Vault& vault_;
    Clock& clock_;
    Random& random_;
    Wake wake_;
};

}  // namespace tenon::execute
