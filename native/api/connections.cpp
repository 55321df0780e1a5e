#include "api/handlers.hpp"
#include "api/list.hpp"
#include "tenon/catalogue/validate.hpp"

namespace tenon::api {
namespace {

json::Value show(const store::ConnectionRow& connection) {
    json::Object shown{{"id", connection.id.text()},
                       {"provider", connection.provider},
                       {"account_name", connection.account_name}};
    set_text(shown, "region", connection.region);
    set_text(shown, "integration_type", connection.integration_type);
    set_text(shown, "auth_kind", connection.auth_kind);
    shown.append("status", connection.status);
    set_text(shown, "status_reason", connection.status_reason);
    shown.append("facts",
                 connection.facts.empty() ? json::Value(json::Object()) : stored_json(connection.facts));
    shown.append("granted_scopes", text_array(connection.granted_scopes));
    shown.append("version", connection.version);
    set_time(shown, "created_at", connection.created_at);
    set_time(shown, "updated_at", connection.updated_at);
    set_time(shown, "last_used_at", connection.last_used_at);
    return shown;
}

Result<void> note_change(store::Unit& unit, const store::ConnectionRow& row) {
    return unit.records().add_change("connection", row.id.text(), row.status, row.updated_at);
}

/// Writes a changed row and tells the listeners of /v1/changes.
Result<store::ConnectionRow> save(store::Unit& unit, store::ConnectionRow row) {
    TENON_CHECK(unit.connections().update(row));
    ++row.version;
    TENON_CHECK(note_change(unit, row));
    return row;
}

/// The region's variables become facts of the connection.
Result<json::Object> facts_of_region(const catalogue::Provider& provider, std::string_view region) {
    const auto* declared = provider.document.find("region");
    const auto* values = declared != nullptr ? declared->find("values") : nullptr;
    if (region.empty()) {
        if (values == nullptr) return json::Object();
        return fail(Errc::validation_failed, "/region", "This provider has regions: name one of them.");
    }
    const auto* variables = values != nullptr ? values->find(region) : nullptr;
    if (variables == nullptr || !variables->is_object())
        return fail(Errc::validation_failed, "/region",
                    "The provider has no such region; see GET /v1/providers.");
    return variables->as_object();
}

}  // namespace

asio::awaitable<Reply> create_connection(Call& call) {
    const auto* provider = call.services.catalogue.provider(call.body.text_at("provider"));
    if (provider == nullptr)
        co_return fail(Errc::unknown_provider, "/provider", "GET /v1/providers lists the providers.");
    store::ConnectionRow row;
    row.created_at = row.updated_at = call.services.clock.now();
    row.id = ConnectionId{new_uuid(row.created_at, call.services.random)};
    row.provider = provider->id;
    row.account_name = call.body.text_at("account_name");
    row.region = call.body.text_at("region");
    row.integration_type = call.body.text_at("integration_type");
    TENON_CO_TRY(const json::Object facts, facts_of_region(*provider, row.region));
    row.facts = json::write(facts);
    row.status = "connecting";
    auto work = [row](store::Unit& unit) -> Result<void> {
        TENON_CHECK(unit.connections().insert(row));
        return note_change(unit, row);
    };
    TENON_CO_CHECK(co_await call.services.store.write(call.organisation(), std::move(work)));
    co_return answer_version(201, show(row), row.version);
}

asio::awaitable<Reply> list_connections(Call& call) {
    TENON_CO_TRY(const auto page, wanted_page(call));
    TENON_CO_TRY(auto rows, co_await call.services.store.read(call.organisation(), [page](store::Unit& unit) {
        return unit.connections().list(page);
    }));
    co_return answer_list(page, std::move(rows), show);
}

asio::awaitable<Reply> get_connection(Call& call) {
    TENON_CO_TRY(const auto id, call.path_id<ConnectionId>("connection_id"));
    TENON_CO_TRY(const auto row,
                 co_await call.services.store.read(
                     call.organisation(), [id](store::Unit& unit) { return unit.connections().get(id); }));
    co_return answer_version(200, show(row), row.version);
}

asio::awaitable<Reply> delete_connection(Call& call) {
    TENON_CO_TRY(const auto id, call.path_id<ConnectionId>("connection_id"));
    const UnixTime now = call.services.clock.now();
    TENON_CO_CHECK(
        co_await call.services.store.write(call.organisation(), [id, now](store::Unit& unit) -> Result<void> {
            TENON_CHECK(unit.connections().erase(id));
            return unit.records().add_change("connection", id.text(), "deleted", now);
        }));
    co_return no_content();
}

namespace {

struct Entered {
    std::string kind;
    store::Sealed credential;
    json::Object facts;  ///< Fields that are no secret and that the provider's URLs use.
};

/// Checks what was entered against the provider's credential form and seals it.
Result<Entered> read_credentials(const Call& call, const store::ConnectionRow& row) {
    const auto* provider = call.services.catalogue.provider(row.provider);
    if (provider == nullptr) return fail(Errc::unknown_provider);
    const auto* auth = provider->auth_of(call.body.text_at("kind"));
    if (auth == nullptr)
        return fail(Errc::validation_failed, "/kind",
                    "The provider can't be connected in this way; its `auth` lists the kinds.");
    if (!auth->is_entered() && auth->kind != "none")
        return fail(Errc::validation_failed, "/kind", "Credentials of this kind are not entered by people.");
    const json::Value& fields = *call.body.find("fields");
    TENON_CHECK(catalogue::check_credentials(*auth, fields));
    Entered entered;
    entered.kind = auth->kind;
    for (const auto& variable : provider->variables) {
        const auto* field = auth->field(variable.name);
        const auto* value = fields.find(variable.name);
        if (field != nullptr && !field->is_secret && value != nullptr)
            entered.facts.set(variable.name, *value);
    }
    std::string plaintext = json::write(fields);
    auto sealed = call.services.vault.seal(call.organisation(), {"connections", row.id.text(), "credential"},
                                           plaintext);
    wipe(plaintext);
    TENON_TRY(entered.credential, std::move(sealed));
    return entered;
}

/// Facts known before with those that were entered now.
Result<std::string> merged_facts(const catalogue::Provider& provider, const std::string& known,
                                 const json::Object& fresh) {
    json::Value facts = stored_json(known);
    if (!facts.is_object()) facts = json::Object();
    for (const auto& member : fresh) facts.as_object().set(member.name, member.value);
    if (auto checked = catalogue::check_facts(provider, facts); !checked) {
        Error error = std::move(checked.error());
        error.field = "/fields" + error.field;
        return tl::unexpected<Error>(std::move(error));
    }
    return json::write(facts);
}

}  // namespace

asio::awaitable<Reply> put_credentials(Call& call) {
    TENON_CO_TRY(const auto id, call.path_id<ConnectionId>("connection_id"));
    TENON_CO_TRY(const auto wanted, wanted_version(call.request));
    TENON_CO_TRY(const auto found,
                 co_await call.services.store.read(
                     call.organisation(), [id](store::Unit& unit) { return unit.connections().get(id); }));
    TENON_CO_TRY(const Entered entered, read_credentials(call, found));
    const auto* provider = call.services.catalogue.provider(found.provider);
    TENON_CO_TRY(const std::string facts, merged_facts(*provider, found.facts, entered.facts));
    const UnixTime now = call.services.clock.now();
    auto work = [id, wanted, entered, facts, now](store::Unit& unit) -> Result<store::ConnectionRow> {
        TENON_TRY(auto stored, unit.connections().get(id));
        TENON_CHECK(check_version(wanted, stored.version));
        stored.auth_kind = entered.kind;
        stored.credential = entered.credential;
        stored.facts = facts;
        stored.status = "active";
        stored.status_reason.clear();
        stored.updated_at = now;
        return save(unit, std::move(stored));
    };
    TENON_CO_TRY(const auto row, co_await call.services.store.write(call.organisation(), std::move(work)));
    call.services.log.info("credentials_changed", {{"connection_id", id.text()}, {"kind", row.auth_kind}});
    co_return answer_version(200, show(row), row.version);
}

asio::awaitable<Reply> disconnect_connection(Call& call) {
    TENON_CO_TRY(const auto id, call.path_id<ConnectionId>("connection_id"));
    const UnixTime now = call.services.clock.now();
    TENON_CO_TRY(const auto row,
                 co_await call.services.store.write(
                     call.organisation(), [id, now](store::Unit& unit) -> Result<store::ConnectionRow> {
                         TENON_TRY(auto stored, unit.connections().get(id));
                         stored.credential.reset();
                         stored.auth_kind.clear();
                         stored.granted_scopes.clear();
                         stored.status = "disconnected";
                         stored.status_reason = "disconnected by a user";
                         stored.updated_at = now;
                         return save(unit, std::move(stored));
                     }));
    call.services.log.info("disconnected", {{"connection_id", id.text()}});
    co_return answer_version(200, show(row), row.version);
}

asio::awaitable<Reply> later_connection(Call& call) {
    TENON_CO_TRY(const auto id, call.path_id<ConnectionId>("connection_id"));
    TENON_CO_CHECK(co_await call.services.store.read(
        call.organisation(), [id](store::Unit& unit) { return unit.connections().get(id); }));
    co_return fail(Errc::not_supported, {},
                   "This version connects with pasted credentials: PUT …/credentials.");
}

}  // namespace tenon::api
