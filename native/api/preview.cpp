#include "tenon/mapping/preview.hpp"

#include "api/handlers.hpp"
#include "api/integration_check.hpp"
#include "api/zones.hpp"

namespace tenon::api {
namespace {

struct Facts {
    std::string auth_kind, facts;
};

/// What the server knows and a config does not say: how the connection authenticates, and its public facts. A
/// text that is no id of ours is left to whoever reads the config.
asio::awaitable<Result<Facts>> facts_of(Call& call, std::string_view connection_id) {
    const auto id = ConnectionId::parse(connection_id);
    if (!id) co_return Facts{};
    auto row = co_await call.services.store.read(
        call.organisation(), [wanted = *id](store::Unit& unit) { return unit.connections().get(wanted); });
    if (!row && row.error().code == Errc::not_found)
        co_return fail(Errc::not_found, "/config/connection_id",
                       "There is no such connection; GET /v1/connections lists them.");
    if (!row) co_return tl::unexpected<Error>(std::move(row.error()));
    co_return Facts{std::move(row->auth_kind), std::move(row->facts)};
}

}  // namespace

asio::awaitable<Reply> preview_config(Call& call) {
    json::Value config = *call.body.find("config");
    if (config.is_object()) rename_aliases(config);
    TENON_CO_TRY(const Facts known, co_await facts_of(call, config.text_at("connection_id")));
    const auto& catalogue = call.services.catalogue;
    auto action =
        catalogue.action_template(config.text_at("provider"), config.text_at("action"), known.auth_kind);
    if (!action) action = catalogue.action_template(config.text_at("provider"), config.text_at("action"));

    const std::string config_text = write_in_order(config);
    const std::string submission = write_in_order(*call.body.find("submission"));
    const json::Value* schema = call.body.find("schema");
    const json::Value* meta = call.body.find("meta");
    const std::string schema_text = schema != nullptr ? write_in_order(*schema) : std::string();
    const std::string meta_text = meta != nullptr ? write_in_order(*meta) : std::string();
    mapping::PreviewInput input{config_text, submission, {}, {}, {}, {}};
    if (schema != nullptr) input.schema = schema_text;
    if (meta != nullptr) input.meta = meta_text;
    if (action) input.action = *action;
    if (!known.facts.empty()) input.connection = known.facts;

    http::Response response = answer(200, nullptr);
    response.body =
        json::write(mapping::preview(input).document);  // canonical: the page computes the same bytes
    co_return response;
}

asio::awaitable<Reply> get_zone(Call& call) {
    const std::string zone(call.path_text("zone"));
    auto rows = zone_rows(call.services.zone_folder, zone);
    if (!rows && rows.error().code == Errc::zone_unknown)
        co_return fail(Errc::not_found, {}, "Give a name of the tz database such as Europe/Berlin.");
    if (!rows) co_return tl::unexpected<Error>(std::move(rows.error()));
    co_return answer(200, json::Object{{"zone", zone}, {"rows", std::move(*rows)}});
}

}  // namespace tenon::api
