#include "store/sqlite/rows_by_id.hpp"

namespace tenon::store::sqlite {
namespace {

// Every row that an execution names must be this organisation's when it is inserted (0001_first.sql says why
// these are no foreign keys).
constexpr auto insert_checked =
    sql("INSERT INTO executions (organisation_id, ", Table<ExecutionRow>::names, ") SELECT ",
        marks<count_names(Table<ExecutionRow>::names) + 1>(),
        " WHERE EXISTS (SELECT 1 FROM integrations WHERE organisation_id = ?1 AND id = ?3)"
        " AND (?4 IS NULL OR EXISTS (SELECT 1 FROM connections WHERE organisation_id = ?1 AND id = ?4))"
        " AND (?5 IS NULL OR EXISTS (SELECT 1 FROM forms WHERE organisation_id = ?1 AND id = ?5))"
        " AND (?6 IS NULL OR EXISTS (SELECT 1 FROM submissions WHERE organisation_id = ?1 AND id = ?6))"
        " AND (?7 IS NULL OR EXISTS (SELECT 1 FROM endpoints WHERE organisation_id = ?1 AND id = ?7))"
        " AND (?8 IS NULL OR EXISTS (SELECT 1 FROM events WHERE organisation_id = ?1 AND id = ?8))");

// The filters share one order of parameters; each text starts from the index that narrows most.
constexpr char rest[] =
    " AND (?4 IS NULL OR form_id = ?4) AND (?5 IS NULL OR connection_id = ?5)"
    " AND (?8 IS NULL OR created_at >= ?8) AND id < ?2 ORDER BY id DESC LIMIT ?9";
constexpr char from[] = " FROM executions WHERE organisation_id = ?1";
constexpr auto& names = Table<ExecutionRow>::names;
constexpr auto of_submission =
    sql("SELECT ", names, from, " AND submission_id = ?6 AND (?3 IS NULL OR status = ?3)",
        " AND (?7 IS NULL OR event_id = ?7)", rest);
constexpr auto of_event = sql("SELECT ", names, from, " AND event_id = ?7 AND (?3 IS NULL OR status = ?3)",
                              " AND ?6 IS NULL", rest);
constexpr auto of_status =
    sql("SELECT ", names, from, " AND status = ?3 AND ?6 IS NULL AND ?7 IS NULL", rest);
constexpr auto all = sql("SELECT ", names, from, " AND ?3 IS NULL AND ?6 IS NULL AND ?7 IS NULL", rest);

constexpr auto attempts_of =
    sql("SELECT ", Table<AttemptRow>::names,
        " FROM attempts WHERE organisation_id = ? AND execution_id = ? ORDER BY number");

const char* list_text(const ExecutionFilter& filter) {
    if (filter.submission_id) return of_submission;
    if (filter.event_id) return of_event;
    if (filter.status) return of_status;
    return all;
}

}  // namespace

Result<void> SqliteExecutions::insert(const ExecutionRow& row) {
    Query query(scope_.connection, insert_checked);
    query.bind(scope_.organisation);
    bind_row(query, row);
    TENON_TRY(const int inserted, query.run());
    if (inserted == 0) return fail(Errc::not_found);
    return {};
}

Result<ExecutionRow> SqliteExecutions::get(ExecutionId id) { return get_row<ExecutionRow>(scope_, id); }

Result<std::vector<ExecutionRow>> SqliteExecutions::list(const ExecutionFilter& filter, const Page& page) {
    Query query(scope_.connection, list_text(filter));
    query.bind(scope_.organisation, upper_bound(page), filter.status, filter.form_id, filter.connection_id,
               filter.submission_id, filter.event_id, filter.since, row_limit(page.limit));
    return fetch_all<ExecutionRow>(query);
}

Result<void> SqliteExecutions::update(const ExecutionRow& row) {
    return change_one(scope_,
                      "UPDATE executions SET status = ?3, error_code = ?4, error_message = ?5, outputs = ?6,"
                      " attempts = ?7, started_at = ?8, finished_at = ?9, next_attempt_at = ?10"
                      " WHERE organisation_id = ?1 AND id = ?2",
                      row.id, row.status, row.error_code, row.error_message, row.outputs, row.attempts,
                      row.started_at, row.finished_at, row.next_attempt_at);
}

Result<void> SqliteExecutions::insert_attempt(const AttemptRow& row) { return insert_row(scope_, row); }

Result<void> SqliteExecutions::finish_attempt(const AttemptRow& row) {
    return change_one(
        scope_,
        "UPDATE attempts SET outcome = ?5, http_status = ?6, error_code = ?7, error_message = ?8,"
        " request = ?9, reply = ?10, finished_at = ?11, elapsed_ms = ?12"
        " WHERE organisation_id = ?1 AND execution_id = ?2 AND number = ?3 AND id = ?4",
        row.execution_id, row.number, row.id, row.outcome, row.http_status, row.error_code, row.error_message,
        row.request, row.reply, row.finished_at, row.elapsed_ms);
}

Result<std::vector<AttemptRow>> SqliteExecutions::attempts(ExecutionId id) {
    // An execution without attempts is no error, one that is not there is.
    Query query(scope_.connection, attempts_of);
    query.bind(scope_.organisation, id);
    TENON_TRY(auto rows, fetch_all<AttemptRow>(query));
    if (rows.empty()) TENON_CHECK(get(id));
    return rows;
}

}  // namespace tenon::store::sqlite
