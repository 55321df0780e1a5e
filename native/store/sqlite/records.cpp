#include "store/sqlite/rows_by_id.hpp"

namespace tenon::store::sqlite {
namespace {

constexpr auto changes_from =
    sql("SELECT ", Table<ChangeRow>::names,
        " FROM changes WHERE organisation_id = ? AND sequence > ? ORDER BY sequence LIMIT ?");
constexpr auto stored_key = sql("SELECT ", Table<IdempotencyRow>::names,
                                " FROM idempotency WHERE organisation_id = ? AND principal = ? AND route = ?"
                                " AND key = ?");

}  // namespace

Result<void> SqliteRecords::add_change(std::string_view kind, std::string_view id, std::string_view status,
                                       UnixTime at) {
    // The only writer is this transaction, so the next number is the largest plus one.
    Query query(
        scope_.connection,
        "INSERT INTO changes (organisation_id, sequence, kind, id, status, at)"
        " SELECT ?1, coalesce(max(sequence), 0) + 1, ?2, ?3, ?4, ?5 FROM changes WHERE organisation_id = ?1");
    TENON_CHECK(query.bind(scope_.organisation, kind, id, status, at).run());
    return {};
}

Result<std::vector<ChangeRow>> SqliteRecords::changes_after(std::int64_t sequence, int limit) {
    Query query(scope_.connection, changes_from);
    query.bind(scope_.organisation, sequence, row_limit(limit));
    return fetch_all<ChangeRow>(query);
}

Result<std::int64_t> SqliteRecords::last_change() {
    Query query(scope_.connection,
                "SELECT coalesce(max(sequence), 0) FROM changes WHERE organisation_id = ?");
    TENON_CHECK(query.bind(scope_.organisation).step());
    std::int64_t last = 0;
    TENON_CHECK(query.read(last));
    return last;
}

Result<void> SqliteRecords::add_security_event(const SecurityEventRow& row) {
    return insert_row(scope_, row);
}

Result<std::vector<SecurityEventRow>> SqliteRecords::security_events(const Page& page) {
    return list_rows<SecurityEventRow>(scope_, page);
}

Result<std::optional<IdempotencyRow>> SqliteRecords::begin_idempotent(const IdempotencyRow& row,
                                                                      UnixTime now) {
    {
        Query query(scope_.connection, stored_key);
        query.bind(scope_.organisation, row.principal, row.route, row.key);
        auto stored = fetch_one<IdempotencyRow>(query);
        if (stored && stored->expires_at > now) return std::optional(std::move(*stored));
        if (!stored && stored.error().code != Errc::not_found)
            return tl::unexpected<Error>(std::move(stored.error()));
    }
    auto dropped = drop_idempotent(row);
    if (!dropped && dropped.error().code != Errc::not_found)
        return tl::unexpected<Error>(std::move(dropped.error()));
    TENON_CHECK(insert_row(scope_, row));
    return std::optional<IdempotencyRow>();
}

Result<void> SqliteRecords::finish_idempotent(const IdempotencyRow& row) {
    return change_one(scope_,
                      "UPDATE idempotency SET status = ?5, response = ?6, expires_at = ?7"
                      " WHERE organisation_id = ?1 AND principal = ?2 AND route = ?3 AND key = ?4",
                      row.principal, row.route, row.key, row.status, row.response, row.expires_at);
}

Result<void> SqliteRecords::drop_idempotent(const IdempotencyRow& row) {
    return change_one(
        scope_,
        "DELETE FROM idempotency WHERE organisation_id = ? AND principal = ? AND route = ? AND key = ?",
        row.principal, row.route, row.key);
}

}  // namespace tenon::store::sqlite
