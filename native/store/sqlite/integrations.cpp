#include "store/sqlite/rows_by_id.hpp"

namespace tenon::store::sqlite {
namespace {

constexpr auto of_form = sql("SELECT ", Table<IntegrationRow>::names,
                             " FROM integrations WHERE organisation_id = ? AND form_id = ? AND id < ?"
                             " ORDER BY id DESC LIMIT ?");
constexpr auto active_form =
    sql("SELECT ", Table<IntegrationRow>::names,
        " FROM integrations WHERE organisation_id = ? AND form_id = ? AND is_active = 1"
        " ORDER BY execution_order, id");
constexpr auto active_endpoint =
    sql("SELECT ", Table<IntegrationRow>::names,
        " FROM integrations WHERE organisation_id = ? AND endpoint_id = ? AND is_active = 1"
        " ORDER BY execution_order, id");

}  // namespace

Result<void> SqliteIntegrations::insert(const IntegrationRow& row) { return insert_row(scope_, row); }
Result<IntegrationRow> SqliteIntegrations::get(IntegrationId id) {
    return get_row<IntegrationRow>(scope_, id);
}

Result<std::vector<IntegrationRow>> SqliteIntegrations::list_of_form(FormId form, const Page& page) {
    Query query(scope_.connection, of_form);
    query.bind(scope_.organisation, form, upper_bound(page), row_limit(page.limit));
    return fetch_all<IntegrationRow>(query);
}

Result<std::vector<IntegrationRow>> SqliteIntegrations::active_of_form(FormId form) {
    Query query(scope_.connection, active_form);
    query.bind(scope_.organisation, form);
    return fetch_all<IntegrationRow>(query);
}

Result<std::vector<IntegrationRow>> SqliteIntegrations::active_of_endpoint(EndpointId endpoint) {
    Query query(scope_.connection, active_endpoint);
    query.bind(scope_.organisation, endpoint);
    return fetch_all<IntegrationRow>(query);
}

Result<void> SqliteIntegrations::update(const IntegrationRow& row) {
    return update_version(
        scope_,
        "UPDATE integrations SET form_id = ?3, endpoint_id = ?4, connection_id = ?5, config = ?6,"
        " condition = ?7, is_active = ?8, execution_order = ?9, version = version + 1,"
        " updated_at = ?12 WHERE organisation_id = ?1 AND id = ?2 AND version = ?10",
        row);
}

Result<void> SqliteIntegrations::erase(IntegrationId id) {
    return change_one(scope_, "DELETE FROM integrations WHERE organisation_id = ? AND id = ?", id);
}

}  // namespace tenon::store::sqlite
