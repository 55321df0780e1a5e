#include "store/sqlite/rows_by_id.hpp"

namespace tenon::store::sqlite {

Result<void> SqliteEndpoints::insert(const EndpointRow& row) { return insert_row(scope_, row); }
Result<EndpointRow> SqliteEndpoints::get(EndpointId id) { return get_row<EndpointRow>(scope_, id); }
Result<std::vector<EndpointRow>> SqliteEndpoints::list(const Page& page) {
    return list_rows<EndpointRow>(scope_, page);
}

Result<void> SqliteEndpoints::update(const EndpointRow& row) {
    scope_.endpoints_changed = true;
    return update_version(
        scope_,
        "UPDATE endpoints SET name = ?3, scheme = ?4, provider = ?5, state = ?6, secrets = ?7,"
        " config = ?8, events = ?9, condition = ?10, failure_count = ?11, last_failure = ?12,"
        " last_failure_at = ?13, last_event_at = ?14, version = version + 1, updated_at = ?17"
        " WHERE organisation_id = ?1 AND id = ?2 AND version = ?15",
        row);
}

Result<void> SqliteEndpoints::erase(EndpointId id) {
    scope_.endpoints_changed = true;
    return change_one(scope_, "DELETE FROM endpoints WHERE organisation_id = ? AND id = ?", id);
}

Result<void> SqliteEndpoints::count_failure(EndpointId id, std::string_view reason, UnixTime now) {
    scope_.endpoints_changed = true;
    return change_one(scope_,
                      "UPDATE endpoints SET failure_count = failure_count + 1, last_failure = ?3,"
                      " last_failure_at = ?4 WHERE organisation_id = ?1 AND id = ?2",
                      id, reason, now);
}

}  // namespace tenon::store::sqlite
