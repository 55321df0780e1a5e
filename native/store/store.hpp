#pragma once
// The durable state. Asynchronous; every call belongs to an organisation except the few of Gate, which are
// how an Organisation handle comes into being. Two implementations share one contract suite
// (tests/native/store/contract).

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "store/organisation.hpp"
#include "store/unit.hpp"

namespace tenon::store {

namespace asio = boost::asio;

template <typename Row>
struct Found {
    Organisation organisation;
    Row row;
};

struct FoundSession {
    Organisation organisation;
    SessionRow session;
    ApiKeyRow api_key;
};

struct ClaimedJob {
    Organisation organisation;
    JobRow job;
};

/// What crosses organisations, by name. Nothing else does.
class Gate {
public:
    virtual ~Gate() = default;
    /// Creates the organisation and its first API key in one transaction.
    virtual asio::awaitable<Result<Organisation>> create_organisation(OrganisationRow row,
                                                                      ApiKeyRow first_key) = 0;
    [[nodiscard]] virtual asio::awaitable<Result<bool>> is_empty() = 0;
    /// not_found for an unknown id. The caller compares the hash and checks expiry and revocation.
    virtual asio::awaitable<Result<Found<ApiKeyRow>>> find_api_key(ApiKeyId id) = 0;
    virtual asio::awaitable<Result<FoundSession>> find_session(SessionId id) = 0;
    virtual asio::awaitable<Result<Found<EndpointRow>>> find_endpoint(EndpointId id) = 0;
    /// Takes a sign-in link out of the store: a second call is not_found. Expiry is the caller's to check.
    virtual asio::awaitable<Result<Found<SignInRow>>> take_sign_in(std::string token_sha256) = 0;
    /// Claims up to `limit` due jobs, oldest first, spread over fairness keys: sets lease_owner and
    /// lease_until, raises epoch and attempts. A job whose lease has passed is due again.
    virtual asio::awaitable<Result<std::vector<ClaimedJob>>> claim_jobs(std::string owner, UnixTime now,
                                                                        std::chrono::milliseconds lease,
                                                                        int limit) = 0;
    /// When the next job that nobody holds is due; nothing if there is none.
    virtual asio::awaitable<Result<std::optional<UnixTime>>> next_job_at() = 0;
    /// Deletes expired dedupe and idempotency keys, sessions and sign-in links, at most `limit` of each.
    virtual asio::awaitable<Result<int>> sweep(UnixTime now, int limit) = 0;
};

/// A closure over one transaction. It may run more than once and must have no effect but through the unit.
using Work = std::function<Result<void>(Unit&)>;

/// Threads: any. Completion is on the caller's executor.
class Store {
public:
    virtual ~Store() = default;
    virtual Gate& gate() = 0;

    /// Runs `work` in one durable transaction: when this returns a value, it is on disk. An error rolls
    /// everything of this closure back (and nothing of others that share the group commit).
    template <typename F>
    auto write(Organisation organisation, F work) -> asio::awaitable<std::invoke_result_t<F&, Unit&>> {
        return run<F>(Mode::write, std::move(organisation), std::move(work));
    }
    /// The same without the right to write; sees everything committed before the call.
    template <typename F>
    auto read(Organisation organisation, F work) -> asio::awaitable<std::invoke_result_t<F&, Unit&>> {
        return run<F>(Mode::read, std::move(organisation), std::move(work));
    }

    /// Finishes what is queued, checkpoints and closes. No call after it.
    virtual asio::awaitable<void> close() = 0;

protected:
    enum class Mode : unsigned char { read, write };
    virtual asio::awaitable<Result<void>> run_unit(Mode mode, Organisation organisation, Work work) = 0;

private:
    template <typename F, typename R = std::invoke_result_t<F&, Unit&>>
    auto run(Mode mode, Organisation organisation, F work) -> asio::awaitable<R> {
        // The answer outlives the closure, which the store may destroy on its own thread.
        auto answer = std::make_shared<std::optional<R>>();
        // Named, not written into the call: g++ 12 destroys a closure twice that is converted inside a
        // co_await.
        Work unit_work = [answer, work = std::move(work)](Unit& unit) mutable -> Result<void> {
            answer->emplace(work(unit));
            if (!**answer) return tl::unexpected<Error>((*answer)->error());
            return {};
        };
        auto ran = co_await run_unit(mode, organisation, std::move(unit_work));
        if (!ran) co_return tl::unexpected<Error>(std::move(ran.error()));
        co_return std::move(**answer);
    }
};

}  // namespace tenon::store
