#include "store/sqlite/rows_by_id.hpp"

namespace tenon::store::sqlite {

Result<void> SqliteJobs::insert(const JobRow& row) {
    static constexpr auto insert_job =
        sql("INSERT INTO jobs (organisation_id, ", Table<JobRow>::names, ", due_at) VALUES (",
            marks<count_names(Table<JobRow>::names) + 2>(), ")");
    Query query(scope_.connection, insert_job);
    query.bind(scope_.organisation);
    bind_row(query, row);
    query.bind(row.lease_until ? *row.lease_until : row.run_at);
    TENON_CHECK(query.run());
    return {};
}

Result<void> SqliteJobs::fenced(Result<int> changed) {
    if (!changed) return tl::unexpected<Error>(std::move(changed.error()));
    if (*changed == 0) return fail(Errc::lease_lost);
    return {};
}

Result<void> SqliteJobs::finish(JobId id, std::string_view owner, std::int64_t epoch) {
    Query query(scope_.connection,
                "DELETE FROM jobs WHERE organisation_id = ? AND id = ? AND lease_owner = ? AND epoch = ?"
                " AND lease_owner <> ''");
    return fenced(query.bind(scope_.organisation, id, owner, epoch).run());
}

Result<void> SqliteJobs::reschedule(JobId id, std::string_view owner, std::int64_t epoch, UnixTime run_at) {
    Query query(scope_.connection,
                "UPDATE jobs SET run_at = ?5, due_at = ?5, lease_owner = '', lease_until = NULL"
                " WHERE organisation_id = ?1 AND id = ?2 AND lease_owner = ?3 AND epoch = ?4"
                " AND lease_owner <> ''");
    return fenced(query.bind(scope_.organisation, id, owner, epoch, run_at).run());
}

Result<void> SqliteJobs::extend(JobId id, std::string_view owner, std::int64_t epoch, UnixTime lease_until) {
    Query query(scope_.connection,
                "UPDATE jobs SET lease_until = ?5, due_at = ?5"
                " WHERE organisation_id = ?1 AND id = ?2 AND lease_owner = ?3 AND epoch = ?4"
                " AND lease_owner <> ''");
    return fenced(query.bind(scope_.organisation, id, owner, epoch, lease_until).run());
}

Result<void> SqliteJobs::check(JobId id, std::string_view owner, std::int64_t epoch) {
    Query query(scope_.connection,
                "SELECT 1 FROM jobs WHERE organisation_id = ? AND id = ? AND lease_owner = ? AND epoch = ?"
                " AND lease_owner <> ''");
    TENON_TRY(const bool held, query.bind(scope_.organisation, id, owner, epoch).step());
    if (!held) return fail(Errc::lease_lost);
    return {};
}

Result<void> SqliteJobs::withdraw(std::string_view kind, std::string_view subject) {
    return change_one(
        scope_,
        "DELETE FROM jobs WHERE organisation_id = ? AND kind = ? AND subject = ? AND lease_owner = ''", kind,
        subject);
}

}  // namespace tenon::store::sqlite
