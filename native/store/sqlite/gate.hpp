#pragma once
// What crosses organisations, on SQLite.

#include "store/sqlite/claim.hpp"
#include "store/sqlite/engine.hpp"

namespace tenon::store::sqlite {

class SqliteGate final : public Gate {
public:
    explicit SqliteGate(Engine& engine) : engine_(engine) {}

    asio::awaitable<Result<Organisation>> create_organisation(OrganisationRow row,
                                                              ApiKeyRow first_key) override;
    asio::awaitable<Result<bool>> is_empty() override;
    asio::awaitable<Result<Found<ApiKeyRow>>> find_api_key(ApiKeyId id) override;
    asio::awaitable<Result<FoundSession>> find_session(SessionId id) override;
    asio::awaitable<Result<Found<EndpointRow>>> find_endpoint(EndpointId id) override;
    asio::awaitable<Result<Found<SignInRow>>> take_sign_in(std::string token_sha256) override;
    asio::awaitable<Result<std::vector<ClaimedJob>>> claim_jobs(std::string owner, UnixTime now,
                                                                std::chrono::milliseconds lease,
                                                                int limit) override;
    asio::awaitable<Result<std::optional<UnixTime>>> next_job_at() override;
    asio::awaitable<Result<int>> sweep(UnixTime now, int limit) override;

private:
    template <typename RowId, typename Row>
    asio::awaitable<Result<Found<Row>>> find_cached(RowCache<RowId, Row>& cache, RowId id);

    Engine& engine_;
    Claimer claimer_;  // the writer's thread alone
};

}  // namespace tenon::store::sqlite
