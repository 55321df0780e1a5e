#include "api/handlers.hpp"
#include "api/integration_check.hpp"
#include "api/list.hpp"

namespace tenon::api {
namespace {

json::Value show(const store::IntegrationRow& row) {
    json::Object shown{{"id", row.id.text()}, {"version", row.version}};
    if (row.form_id) shown.append("form_id", row.form_id->text());
    if (row.endpoint_id) shown.append("endpoint_id", row.endpoint_id->text());
    if (!row.condition.empty()) shown.append("condition", stored_json(row.condition));
    set_time(shown, "created_at", row.created_at);
    set_time(shown, "updated_at", row.updated_at);
    shown.append("config", stored_json(row.config));
    return shown;
}

void apply(CheckedConfig config, store::IntegrationRow& row) {
    row.config = std::move(config.text);
    row.connection_id = config.connection;
    row.is_active = config.is_active;
    row.execution_order = config.execution_order;
}

/// The part that both sources of an integration share; `row` has its source set.
asio::awaitable<Reply> create(Call& call, store::IntegrationRow row) {
    TENON_CO_TRY(row.condition, check_condition(call.body.find("condition")));
    auto config = co_await check_integration(call, *call.body.find("config"));
    if (!config) co_return tl::unexpected<Problem>(std::move(config.error()));
    apply(std::move(*config), row);
    row.created_at = row.updated_at = call.services.clock.now();
    row.id = IntegrationId{new_uuid(row.created_at, call.services.random)};
    auto work = [row](store::Unit& unit) { return unit.integrations().insert(row); };
    TENON_CO_CHECK(co_await call.services.store.write(call.organisation(), std::move(work)));
    co_return answer_version(201, show(row), row.version);
}

}  // namespace

asio::awaitable<Reply> create_form_integration(Call& call) {
    store::IntegrationRow row;
    TENON_CO_TRY(row.form_id, call.path_id<FormId>("form_id"));
    TENON_CO_CHECK(co_await call.services.store.read(
        call.organisation(), [id = *row.form_id](store::Unit& unit) { return unit.forms().get(id); }));
    co_return co_await create(call, std::move(row));
}

asio::awaitable<Reply> list_form_integrations(Call& call) {
    TENON_CO_TRY(const auto id, call.path_id<FormId>("form_id"));
    TENON_CO_TRY(const auto page, wanted_page(call));
    using Rows = std::vector<store::IntegrationRow>;
    TENON_CO_TRY(auto rows, co_await call.services.store.read(
                                call.organisation(), [id, page](store::Unit& unit) -> Result<Rows> {
                                    TENON_CHECK(unit.forms().get(id));
                                    return unit.integrations().list_of_form(id, page);
                                }));
    co_return answer_list(page, std::move(rows), show);
}

asio::awaitable<Reply> create_endpoint_integration(Call& call) {
    store::IntegrationRow row;
    TENON_CO_TRY(row.endpoint_id, call.path_id<EndpointId>("endpoint_id"));
    TENON_CO_CHECK(co_await call.services.store.read(
        call.organisation(),
        [id = *row.endpoint_id](store::Unit& unit) { return unit.endpoints().get(id); }));
    co_return co_await create(call, std::move(row));
}

asio::awaitable<Reply> list_endpoint_integrations(Call& call) {
    TENON_CO_TRY(const auto id, call.path_id<EndpointId>("endpoint_id"));
    using Rows = std::vector<store::IntegrationRow>;
    TENON_CO_TRY(const auto rows, co_await call.services.store.read(
                                      call.organisation(), [id](store::Unit& unit) -> Result<Rows> {
                                          TENON_CHECK(unit.endpoints().get(id));
                                          return unit.integrations().active_of_endpoint(id);
                                      }));
    json::Array data;
    for (const auto& row : rows) data.emplace_back(show(row));
    co_return answer(200, json::Object{{"data", std::move(data)}, {"next_cursor", nullptr}});
}

asio::awaitable<Reply> get_integration(Call& call) {
    TENON_CO_TRY(const auto id, call.path_id<IntegrationId>("integration_id"));
    TENON_CO_TRY(const auto row,
                 co_await call.services.store.read(
                     call.organisation(), [id](store::Unit& unit) { return unit.integrations().get(id); }));
    co_return answer_version(200, show(row), row.version);
}

asio::awaitable<Reply> change_integration(Call& call) {
    TENON_CO_TRY(const auto id, call.path_id<IntegrationId>("integration_id"));
    TENON_CO_TRY(const auto wanted, wanted_version(call.request));
    TENON_CO_TRY(auto row, co_await call.services.store.read(call.organisation(), [id](store::Unit& unit) {
        return unit.integrations().get(id);
    }));
    TENON_CO_CHECK(check_version(wanted, row.version));
    if (const auto* condition = call.body.find("condition")) {
        TENON_CO_TRY(row.condition, check_condition(condition));
    }
    if (const auto* given = call.body.find("config")) {
        auto config = co_await check_integration(call, *given);
        if (!config) co_return tl::unexpected<Problem>(std::move(config.error()));
        apply(std::move(*config), row);
    }
    row.updated_at = call.services.clock.now();
    // The row's version guards what happened since it was read, checks and look-ups at the provider included.
    auto work = [row](store::Unit& unit) { return unit.integrations().update(row); };
    TENON_CO_CHECK(co_await call.services.store.write(call.organisation(), std::move(work)));
    ++row.version;
    co_return answer_version(200, show(row), row.version);
}

asio::awaitable<Reply> delete_integration(Call& call) {
    TENON_CO_TRY(const auto id, call.path_id<IntegrationId>("integration_id"));
    TENON_CO_CHECK(co_await call.services.store.write(
        call.organisation(), [id](store::Unit& unit) { return unit.integrations().erase(id); }));
    co_return no_content();
}

}  // namespace tenon::api
