#pragma once
// The statements that look alike for every aggregate: insert, get by id, list newest first, and what an
// update that changed nothing means.

#include "store/sqlite/sqlite_unit.hpp"
#include "store/sqlite/tables.hpp"

namespace tenon::store::sqlite {

/// Above every version 7 id: the exclusive bound of a list that starts at the newest row.
inline constexpr Uuid above_all_ids = [] {
    Uuid id;
    id.bytes.fill(0xff);
    return id;
}();

[[nodiscard]] inline const Uuid& upper_bound(const Page& page) {
    return page.before ? *page.before : above_all_ids;
}
/// A negative limit would mean "no limit" to SQLite.
[[nodiscard]] inline int row_limit(int limit) { return limit < 0 ? 0 : limit; }

template <typename Row>
[[nodiscard]] Result<void> insert_row(Scope& scope, const Row& row) {
    Query query(scope.connection, insert_sql<Row>);
    query.bind(scope.organisation);
    bind_row(query, row);
    TENON_CHECK(query.run());
    return {};
}

template <typename Row, typename RowId>
[[nodiscard]] Result<Row> get_row(Scope& scope, const RowId& id) {
    Query query(scope.connection, select_sql<Row>);
    query.bind(scope.organisation, id);
    return fetch_one<Row>(query);
}

template <typename Row>
inline constexpr auto list_sql = sql("SELECT ", Table<Row>::names, " FROM ", Table<Row>::table,
                                     " WHERE organisation_id = ? AND id < ? ORDER BY id DESC LIMIT ?");

template <typename Row>
[[nodiscard]] Result<std::vector<Row>> list_rows(Scope& scope, const Page& page) {
    Query query(scope.connection, list_sql<Row>);
    query.bind(scope.organisation, upper_bound(page), row_limit(page.limit));
    return fetch_all<Row>(query);
}

/// Runs an UPDATE whose parameters are the organisation and then the row, and whose condition names the
/// version: precondition_failed if only that was wrong.
template <typename Row>
[[nodiscard]] Result<void> update_version(Scope& scope, const char* update, const Row& row) {
    {
        Query query(scope.connection, update);
        query.bind(scope.organisation);
        bind_row(query, row);
        TENON_TRY(const int changed, query.run());
        if (changed == 1) return {};
    }
    TENON_CHECK(get_row<Row>(scope, row.id));
    return fail(Errc::precondition_failed);
}

/// Runs a statement that must change exactly one row; not_found otherwise.
template <typename... Values>
[[nodiscard]] Result<void> change_one(Scope& scope, const char* statement, const Values&... values) {
    Query query(scope.connection, statement);
    query.bind(scope.organisation, values...);
    TENON_TRY(const int changed, query.run());
    if (changed == 0) return fail(Errc::not_found);
    return {};
}

}  // namespace tenon::store::sqlite
