#include "api/integration_check.hpp"

#include "api/zones.hpp"
#include "tenon/base/text.hpp"
#include "tenon/catalogue/validate.hpp"
#include "tenon/form/schema.hpp"
#include "tenon/mapping/preview.hpp"

namespace tenon::api {
namespace {

constexpr std::string_view advice = "Correct the members named in errors and save again; nothing was stored.";

json::Value entry(std::string pointer, Errc code, std::string_view message) {
    return json::Object{{"pointer", std::move(pointer)}, {"code", id_of(code)}, {"message", message}};
}

tl::unexpected<Problem> refuse(json::Array errors) {
    return tl::unexpected<Problem>(
        Problem(Error{Errc::validation_failed, {}, std::string(advice)}, std::move(errors)));
}

tl::unexpected<Problem> refuse(std::string pointer, Errc code, std::string_view message) {
    return refuse(json::Array{entry(std::move(pointer), code, message)});
}

/// The config's own rules; pointers get the body's `/config` in front.
json::Array config_errors(const json::Value& config) {
    json::Array errors = mapping::check_config(write_in_order(config));
    for (auto& error : errors)
        error.as_object().set("pointer", "/config" + std::string(error.text_at("pointer")));
    return errors;
}

struct Meant {
    const catalogue::Provider* provider = nullptr;
    const catalogue::Action* action = nullptr;
};

Meant find_action(const Services& services, const json::Value& config) {
    Meant meant;
    meant.provider = services.catalogue.provider(config.text_at("provider"));
    if (meant.provider != nullptr) meant.action = meant.provider->action(config.text_at("action"));
    return meant;
}

json::Array target_errors(const catalogue::Action& action, const json::Value& config) {
    const auto* target_config = config.find("target_config");
    const json::Value nothing{json::Object()};
    json::Array errors;
    for (const auto& failure :
         catalogue::check_target_config(action, target_config != nullptr ? *target_config : nothing))
        errors.emplace_back(
            entry("/config/target_config" + failure.instance_location, Errc::schema_invalid, failure.error));
    return errors;
}

/// The connection that the config names: ours, of this provider, with a credential that the action can use.
asio::awaitable<tl::expected<std::optional<ConnectionId>, Problem>> check_connection(Call& call, Meant meant,
                                                                                     std::string_view named) {
    constexpr std::string_view at = "/config/connection_id";
    if (named.empty()) {
        const auto* auth = meant.provider->auth_for(*meant.action, {});
        if (auth != nullptr && auth->apply.kind == catalogue::ApplyKind::none) co_return std::nullopt;
        co_return refuse(std::string(at), Errc::config_missing, "this action needs a connection");
    }
    const auto id = ConnectionId::parse(named);
    if (!id) co_return refuse(std::string(at), Errc::config_value, "no id of a connection");
    auto row = co_await call.services.store.read(
        call.organisation(), [wanted = *id](store::Unit& unit) { return unit.connections().get(wanted); });
    if (!row && row.error().code == Errc::not_found)
        co_return tl::unexpected<Problem>(
            Error{Errc::not_found, std::string(at),
                  "There is no such connection; GET /v1/connections lists them."});
    if (!row) co_return tl::unexpected<Problem>(std::move(row.error()));
    if (row->provider != meant.provider->id)
        co_return refuse(std::string(at), Errc::config_value, "the connection belongs to another provider");
    if (row->status != "active")
        co_return tl::unexpected<Problem>(
            Error{Errc::not_connected, std::string(at),
                  "The connection is " + row->status + ": give it credentials first (PUT …/credentials)."});
    if (meant.provider->auth_for(*meant.action, row->auth_kind) == nullptr)
        co_return refuse(std::string(at), Errc::config_value, "the action can't use this kind of credential");
    co_return *id;
}

CheckedConfig checked(const json::Value& config, std::optional<ConnectionId> connection) {
    CheckedConfig made;
    made.text = write_in_order(config);
    made.connection = connection;
    if (const auto* is_active = config.find("is_active")) made.is_active = is_active->as_boolean();
    if (const auto* order = config.find("execution_order"))
        made.execution_order = static_cast<int>(order->as_number().to_int64().value_or(1));
    return made;
}

void rename(json::Object& config, std::string_view from, std::string_view to, bool is_lowered) {
    const auto* value = config.find(from);
    if (value == nullptr || config.contains(to)) return;
    json::Object renamed;  // in the same place: what a person wrote first stays first
    for (auto& member : config) {
        const bool is_it = member.name == from;
        json::Value moved = std::move(member.value);
        if (is_it && is_lowered && moved.is_text()) moved = text::lower_ascii(moved.as_text());
        renamed.append(is_it ? std::string(to) : member.name, std::move(moved));
    }
    config = std::move(renamed);
}

}  // namespace

void rename_aliases(json::Value& config) {
    rename(config.as_object(), "toolkit", "provider", true);
    rename(config.as_object(), "action_type", "action", false);
}

asio::awaitable<tl::expected<CheckedConfig, Problem>> check_integration(Call& call, json::Value config) {
    rename_aliases(config);
    TENON_CO_CHECK(fill_zones(call.services.zone_folder, config));
    if (auto errors = config_errors(config); !errors.empty()) co_return refuse(std::move(errors));
    const Meant meant = find_action(call.services, config);
    if (meant.provider == nullptr)
        co_return refuse("/config/provider", Errc::unknown_provider, "no such provider");
    if (meant.action == nullptr)
        co_return refuse("/config/action", Errc::unknown_action, "the provider has no such action");
    if (auto errors = target_errors(*meant.action, config); !errors.empty())
        co_return refuse(std::move(errors));
    auto connection = co_await check_connection(call, meant, config.text_at("connection_id"));
    if (!connection) co_return tl::unexpected<Problem>(std::move(connection.error()));
    auto with_facts = co_await call.services.read_facts(call.organisation(), std::move(config));
    if (!with_facts) {
        Error error = std::move(with_facts.error());
        error.field = "/config" + error.field;
        co_return tl::unexpected<Problem>(std::move(error));
    }
    if (auto errors = config_errors(*with_facts); !errors.empty()) co_return refuse(std::move(errors));
    co_return checked(*with_facts, *connection);
}

Result<std::string> check_condition(const json::Value* condition) {
    if (condition == nullptr || condition->is_null()) return std::string();
    auto compiled = form::Schema::compile(*condition);
    if (!compiled) {
        Error error = std::move(compiled.error());
        error.field = "/condition" + error.field;
        return tl::unexpected<Error>(std::move(error));
    }
    return json::write(*condition);
}

}  // namespace tenon::api
