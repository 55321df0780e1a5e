#include "store/sqlite/rows_by_id.hpp"

namespace tenon::store::sqlite {

Result<void> SqliteConnections::insert(const ConnectionRow& row) { return insert_row(scope_, row); }
Result<ConnectionRow> SqliteConnections::get(ConnectionId id) { return get_row<ConnectionRow>(scope_, id); }
Result<std::vector<ConnectionRow>> SqliteConnections::list(const Page& page) {
    return list_rows<ConnectionRow>(scope_, page);
}

Result<void> SqliteConnections::update(const ConnectionRow& row) {
    return update_version(
        scope_,
        "UPDATE connections SET provider = ?3, account_name = ?4, region = ?5,"
        " integration_type = ?6, auth_kind = ?7, status = ?8, status_reason = ?9, facts = ?10,"
        " granted_scopes = ?11, credential = ?12, version = version + 1, updated_at = ?15,"
        " last_used_at = ?16 WHERE organisation_id = ?1 AND id = ?2 AND version = ?13",
        row);
}

Result<void> SqliteConnections::erase(ConnectionId id) {
    // Integrations outlive the connection: their mappings are kept for the next one.
    Query release(
        scope_.connection,
        "UPDATE integrations SET connection_id = NULL WHERE organisation_id = ? AND connection_id = ?");
    release.bind(scope_.organisation, id);
    TENON_CHECK(release.run());
    return change_one(scope_, "DELETE FROM connections WHERE organisation_id = ? AND id = ?", id);
}

}  // namespace tenon::store::sqlite
