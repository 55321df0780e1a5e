#include "store/sqlite/gate.hpp"

#include <utility>

#include "store/organisation_mint.hpp"
#include "store/sqlite/rows_by_id.hpp"

namespace tenon::store::sqlite {
namespace {

template <typename Row>
constexpr auto find_sql =
    sql("SELECT organisation_id, ", Table<Row>::names, " FROM ", Table<Row>::table, " WHERE id = ?");
constexpr auto take_sign_in_sql =
    sql("DELETE FROM sign_ins WHERE token_sha256 = ? RETURNING organisation_id, ", Table<SignInRow>::names);

/// Reads the organisation and then the row of a query's first answer; not_found if there is none.
template <typename Row>
Result<Found<Row>> fetch_found(Query& query) {
    TENON_TRY(const bool found, query.step());
    if (!found) return fail(Errc::not_found);
    OrganisationId organisation;
    Row row;
    TENON_CHECK(
        Table<Row>::each(row, [&](auto&&... members) { return query.read(organisation, members...); }));
    return Found<Row>{OrganisationMint::make(organisation), std::move(row)};
}

template <typename Row, typename RowId>
Result<Found<Row>> find_row(Connection& connection, const RowId& id) {
    Query query(connection, find_sql<Row>);
    query.bind(id);
    return fetch_found<Row>(query);
}

Result<FoundSession> find_session_of(SqliteUnit& unit, SessionId id) {
    TENON_TRY(auto found, find_row<SessionRow>(unit.connection(), id));
    unit.enter(found.organisation.id());
    TENON_TRY(auto api_key, unit.api_keys().get(found.row.api_key_id));
    return FoundSession{found.organisation, std::move(found.row), std::move(api_key)};
}

Result<Organisation> create(SqliteUnit& unit, const OrganisationRow& row, const ApiKeyRow& first_key) {
    {
        Query query(unit.connection(), "INSERT INTO organisations (id, name, created_at) VALUES (?, ?, ?)");
        TENON_CHECK(query.bind(row.id, row.name, row.created_at).run());
    }
    unit.enter(row.id);
    TENON_CHECK(unit.api_keys().insert(first_key));
    return OrganisationMint::make(row.id);
}

Result<int> sweep_expired(Connection& connection, UnixTime now, int limit) {
    int swept = 0;
    for (const char* statement :
         {"DELETE FROM dedupe WHERE (organisation_id, endpoint_id, key) IN"
          " (SELECT organisation_id, endpoint_id, key FROM dedupe WHERE expires_at <= ? ORDER BY expires_at "
          "LIMIT ?)",
          "DELETE FROM idempotency WHERE rowid IN"
          " (SELECT rowid FROM idempotency WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)",
          "DELETE FROM sessions WHERE (organisation_id, id) IN"
          " (SELECT organisation_id, id FROM sessions WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)",
          "DELETE FROM sign_ins WHERE (organisation_id, token_sha256) IN"
          " (SELECT organisation_id, token_sha256 FROM sign_ins WHERE expires_at <= ? ORDER BY expires_at "
          "LIMIT ?)"}) {
        Query query(connection, statement);
        TENON_TRY(const int count, query.bind(now, row_limit(limit)).run());
        swept += count;
    }
    return swept;
}

}  // namespace

asio::awaitable<Result<Organisation>> SqliteGate::create_organisation(OrganisationRow row,
                                                                      ApiKeyRow first_key) {
    return engine_.run_across(Access::write, [row = std::move(row), first_key = std::move(first_key)](
                                                 SqliteUnit& unit) { return create(unit, row, first_key); });
}

asio::awaitable<Result<bool>> SqliteGate::is_empty() {
    return engine_.run_across(Access::read, [](SqliteUnit& unit) -> Result<bool> {
        Query query(unit.connection(), "SELECT 1 FROM organisations LIMIT 1");
        TENON_TRY(const bool any, query.step());
        return !any;
    });
}

/// Asked for on every request: answered from memory, without a change of threads, as long as nobody changed
/// a row of the table.
template <typename RowId, typename Row>
asio::awaitable<Result<Found<Row>>> SqliteGate::find_cached(RowCache<RowId, Row>& cache, RowId id) {
    if (auto kept = cache.find(id)) co_return std::move(*kept);
    const auto generation = cache.generation();
    auto found = co_await engine_.run_across(
        Access::read, [id](SqliteUnit& unit) { return find_row<Row>(unit.connection(), id); });
    if (found) cache.keep(id, *found, generation);
    co_return found;
}

asio::awaitable<Result<Found<ApiKeyRow>>> SqliteGate::find_api_key(ApiKeyId id) {
    return find_cached(engine_.caches().api_keys, id);
}

asio::awaitable<Result<Found<EndpointRow>>> SqliteGate::find_endpoint(EndpointId id) {
    return find_cached(engine_.caches().endpoints, id);
}

asio::awaitable<Result<FoundSession>> SqliteGate::find_session(SessionId id) {
    return engine_.run_across(Access::read, [id](SqliteUnit& unit) { return find_session_of(unit, id); });
}

asio::awaitable<Result<Found<SignInRow>>> SqliteGate::take_sign_in(std::string token_sha256) {
    return engine_.run_across(
        Access::write, [token = std::move(token_sha256)](SqliteUnit& unit) -> Result<Found<SignInRow>> {
            Query query(unit.connection(), take_sign_in_sql);
            TENON_TRY(auto taken, fetch_found<SignInRow>(query.bind(Blob{token})));
            TENON_CHECK(query.run());  // ends the statement
            return taken;
        });
}

asio::awaitable<Result<std::vector<ClaimedJob>>> SqliteGate::claim_jobs(std::string owner, UnixTime now,
                                                                        std::chrono::milliseconds lease,
                                                                        int limit) {
    return engine_.run_across(Access::write,
                              [this, request = Claimer::Request{std::move(owner), now, lease, limit}](
                                  SqliteUnit& unit) { return claimer_.claim(unit.connection(), request); });
}

asio::awaitable<Result<std::optional<UnixTime>>> SqliteGate::next_job_at() {
    return engine_.run_across(Access::read, [](SqliteUnit& unit) -> Result<std::optional<UnixTime>> {
        Query query(unit.connection(), "SELECT min(due_at) FROM jobs");
        TENON_CHECK(query.step());
        std::optional<UnixTime> next;
        TENON_CHECK(query.read(next));
        return next;
    });
}

asio::awaitable<Result<int>> SqliteGate::sweep(UnixTime now, int limit) {
    return engine_.run_across(Access::write, [now, limit](SqliteUnit& unit) {
        return sweep_expired(unit.connection(), now, limit);
    });
}

}  // namespace tenon::store::sqlite
