#include "store/sqlite/rows_by_id.hpp"

namespace tenon::store::sqlite {

Result<void> SqliteApiKeys::insert(const ApiKeyRow& row) { return insert_row(scope_, row); }
Result<ApiKeyRow> SqliteApiKeys::get(ApiKeyId id) { return get_row<ApiKeyRow>(scope_, id); }
Result<std::vector<ApiKeyRow>> SqliteApiKeys::list(const Page& page) {
    return list_rows<ApiKeyRow>(scope_, page);
}

Result<void> SqliteApiKeys::revoke(ApiKeyId id, UnixTime now) {
    scope_.api_keys_changed = true;
    // The first revocation counts; its sessions end with it.
    TENON_CHECK(change_one(
        scope_,
        "UPDATE api_keys SET revoked_at = coalesce(revoked_at, ?3) WHERE organisation_id = ?1 AND id = ?2",
        id, now));
    for (const char* statement : {"DELETE FROM sessions WHERE organisation_id = ? AND api_key_id = ?",
                                  "DELETE FROM sign_ins WHERE organisation_id = ? AND api_key_id = ?"}) {
        Query query(scope_.connection, statement);
        query.bind(scope_.organisation, id);
        TENON_CHECK(query.run());
    }
    return {};
}

Result<void> SqliteApiKeys::touch(ApiKeyId id, UnixTime now) {
    scope_.api_keys_changed = true;
    return change_one(scope_, "UPDATE api_keys SET last_used_at = ?3 WHERE organisation_id = ?1 AND id = ?2",
                      id, now);
}

Result<void> SqliteApiKeys::open_session(const SessionRow& row) { return insert_row(scope_, row); }

Result<void> SqliteApiKeys::close_session(SessionId id) {
    return change_one(scope_, "DELETE FROM sessions WHERE organisation_id = ? AND id = ?", id);
}

Result<void> SqliteApiKeys::insert_sign_in(const SignInRow& row) { return insert_row(scope_, row); }

}  // namespace tenon::store::sqlite
