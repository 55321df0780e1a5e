#include "store/sqlite/rows_by_id.hpp"

namespace tenon::store::sqlite {
namespace {

constexpr auto insert_checked =
    sql("INSERT INTO events (organisation_id, ", Table<EventRow>::names, ") SELECT ",
        marks<count_names(Table<EventRow>::names) + 1>(),
        " WHERE EXISTS (SELECT 1 FROM endpoints WHERE organisation_id = ?1 AND id = ?3)");
constexpr auto of_endpoint = sql("SELECT ", Table<EventRow>::names,
                                 " FROM events WHERE organisation_id = ? AND endpoint_id = ? AND id < ?"
                                 " ORDER BY id DESC LIMIT ?");

}  // namespace

Result<bool> SqliteEvents::remember(EndpointId endpoint, std::string_view dedupe_key, UnixTime now,
                                    UnixTime expires_at) {
    Query query(scope_.connection,
                "INSERT INTO dedupe (organisation_id, endpoint_id, key, expires_at) VALUES (?1, ?2, ?3, ?4)"
                " ON CONFLICT (organisation_id, endpoint_id, key)"
                " DO UPDATE SET expires_at = ?4 WHERE expires_at <= ?5");
    query.bind(scope_.organisation, endpoint, Blob{dedupe_key}, expires_at, now);
    TENON_TRY(const int changed, query.run());
    return changed == 1;
}

Result<void> SqliteEvents::insert(const EventRow& row) {
    Query query(scope_.connection, insert_checked);
    query.bind(scope_.organisation);
    bind_row(query, row);
    TENON_TRY(const int inserted, query.run());
    if (inserted == 0) return fail(Errc::not_found);
    return {};
}

Result<EventRow> SqliteEvents::get(EventId id) { return get_row<EventRow>(scope_, id); }

Result<std::vector<EventRow>> SqliteEvents::list(std::optional<EndpointId> endpoint, const Page& page) {
    if (!endpoint) return list_rows<EventRow>(scope_, page);
    Query query(scope_.connection, of_endpoint);
    query.bind(scope_.organisation, *endpoint, upper_bound(page), row_limit(page.limit));
    return fetch_all<EventRow>(query);
}

Result<void> SqliteEvents::set_status(EventId id, std::string_view status) {
    return change_one(scope_, "UPDATE events SET status = ?3 WHERE organisation_id = ?1 AND id = ?2", id,
                      status);
}

}  // namespace tenon::store::sqlite
