#include "api/handlers.hpp"
#include "api/integration_check.hpp"
#include "api/list.hpp"

namespace tenon::api {
namespace {

constexpr std::size_t most_secrets = 4;  ///< During a rotation.

json::Value show(const Services& services, const store::EndpointRow& row) {
    json::Object shown{{"id", row.id.text()},
                       {"name", row.name},
                       {"url", services.site.url() + "/v1/hooks/" + row.id.text()},
                       {"scheme", row.scheme}};
    set_text(shown, "provider", row.provider);
    shown.append("state", row.state);
    shown.append("config", row.config.empty() ? json::Value(json::Object()) : stored_json(row.config));
    shown.append("events", text_array(row.events));
    if (!row.condition.empty()) shown.append("condition", stored_json(row.condition));
    shown.append("failure_count", row.failure_count);
    set_text(shown, "last_failure", row.last_failure);
    set_time(shown, "last_failure_at", row.last_failure_at);
    set_time(shown, "last_event_at", row.last_event_at);
    shown.append("version", row.version);
    set_time(shown, "created_at", row.created_at);
    set_time(shown, "updated_at", row.updated_at);
    return shown;
}

/// `{"secrets":[…],"keys":{…},"edge_secret"?}` as it is sealed.
struct Trusted {
    json::Array secrets;
    json::Object keys;
    std::string edge_secret;

    [[nodiscard]] std::string text() const {
        json::Object document{{"secrets", secrets}, {"keys", keys}};
        set_text(document, "edge_secret", edge_secret);
        return json::write(document);
    }
    /// Takes over what a body says.
    void apply(const json::Value& body) {
        if (const auto* given = body.find("keys")) keys = given->as_object();
        if (const auto* given = body.find("edge_secret")) edge_secret = given->as_text();
    }
};

/// `secret` or `secrets` of a body, in that order of preference; the schema allows one of them.
json::Array secrets_of(const json::Value& body) {
    if (const auto* secret = body.find("secret")) return json::Array{*secret};
    if (const auto* secrets = body.find("secrets")) return secrets->as_array();
    return {};
}

Result<Trusted> open_trusted(const Call& call, const store::EndpointRow& row) {
    TENON_TRY(const Secret opened,
              call.services.vault.open(call.organisation(), {"webhook_endpoints", row.id.text(), "secrets"},
                                       row.secrets));
    TENON_TRY(const json::Value document, json::read(opened.expose()));
    Trusted trusted;
    if (const auto* secrets = document.find("secrets")) trusted.secrets = secrets->as_array();
    trusted.apply(document);
    return trusted;
}

/// Checks what the endpoint would fail on with every delivery, then seals.
Result<void> seal_trusted(const Call& call, const Trusted& trusted, store::EndpointRow& row) {
    std::string plaintext = trusted.text();
    auto checked = ingest::check_endpoint(call.services.schemes, row.scheme, plaintext, row.config);
    if (!checked) {
        wipe(plaintext);
        Error error = std::move(checked.error());
        if (error.field.empty())
            error.field = error.code == Errc::scheme_unknown ? "/scheme"
                          : error.code == Errc::secret_missing || error.code == Errc::secret_malformed
                              ? "/secret"
                              : "/config";
        // Verdict codes answer 401 where a delivery is refused; here a document is wrong.
        return fail(
            Errc::validation_failed, std::move(error.field),
            error.detail.empty() ? std::string(row_of(error.code).sentence) : std::move(error.detail));
    }
    auto sealed = call.services.vault.seal(call.organisation(),
                                           {"webhook_endpoints", row.id.text(), "secrets"}, plaintext);
    wipe(plaintext);
    TENON_TRY(row.secrets, std::move(sealed));
    return {};
}

Result<void> apply(const Call& call, store::EndpointRow& row) {
    const json::Value& body = call.body;
    if (const auto* name = body.find("name")) row.name = name->as_text();
    if (const auto* config = body.find("config")) row.config = json::write(*config);
    if (const auto* events = body.find("events")) {
        row.events.clear();
        for (const auto& event : events->as_array()) row.events.push_back(event.as_text());
    }
    if (const auto* condition = body.find("condition")) {
        TENON_TRY(row.condition, check_condition(condition));
    }
    return {};
}

Result<void> note_change(store::Unit& unit, const store::EndpointRow& row) {
    return unit.records().add_change("endpoint", row.id.text(), row.state, row.updated_at);
}

/// Writes a row that was read before; its version guards what happened since.
asio::awaitable<Reply> save(Call& call, store::EndpointRow row) {
    row.updated_at = call.services.clock.now();
    auto work = [row](store::Unit& unit) -> Result<void> {
        TENON_CHECK(unit.endpoints().update(row));
        return note_change(unit, row);
    };
    TENON_CO_CHECK(co_await call.services.store.write(call.organisation(), std::move(work)));
    ++row.version;
    call.services.receiver.forget(row.id);
    co_return answer_version(200, show(call.services, row), row.version);
}

asio::awaitable<Result<store::EndpointRow>> load(Call& call) {
    TENON_CO_TRY(const auto id, call.path_id<EndpointId>("endpoint_id"));
    TENON_CO_TRY(const auto wanted, wanted_version(call.request));
    TENON_CO_TRY(auto row, co_await call.services.store.read(call.organisation(), [id](store::Unit& unit) {
        return unit.endpoints().get(id);
    }));
    TENON_CO_CHECK(check_version(wanted, row.version));
    co_return row;
}

}  // namespace

asio::awaitable<Reply> create_endpoint(Call& call) {
    store::EndpointRow row;
    row.created_at = row.updated_at = call.services.clock.now();
    row.id = EndpointId{new_uuid(row.created_at, call.services.random)};
    row.scheme = call.body.text_at("scheme");
    row.config = "{}";
    if (const auto* provider = call.body.find("provider")) {
        const auto* known = call.services.catalogue.provider(provider->as_text());
        if (known == nullptr)
            co_return fail(Errc::unknown_provider, "/provider", "GET /v1/providers lists the providers.");
        row.provider = known->id;
    }
    TENON_CO_CHECK(apply(call, row));
    Trusted trusted;
    trusted.secrets = secrets_of(call.body);
    trusted.apply(call.body);
    TENON_CO_CHECK(seal_trusted(call, trusted, row));
    row.state = call.services.handshake_schemes.contains(row.scheme) ? "awaiting_handshake" : "active";
    auto work = [row](store::Unit& unit) -> Result<void> {
        TENON_CHECK(unit.endpoints().insert(row));
        return note_change(unit, row);
    };
    TENON_CO_CHECK(co_await call.services.store.write(call.organisation(), std::move(work)));
    co_return answer_version(201, show(call.services, row), row.version);
}

asio::awaitable<Reply> list_endpoints(Call& call) {
    TENON_CO_TRY(const auto page, wanted_page(call));
    TENON_CO_TRY(auto rows, co_await call.services.store.read(call.organisation(), [page](store::Unit& unit) {
        return unit.endpoints().list(page);
    }));
    co_return answer_list(page, std::move(rows),
                          [&](const store::EndpointRow& row) { return show(call.services, row); });
}

asio::awaitable<Reply> get_endpoint(Call& call) {
    TENON_CO_TRY(const auto row, co_await load(call));
    co_return answer_version(200, show(call.services, row), row.version);
}

asio::awaitable<Reply> change_endpoint(Call& call) {
    TENON_CO_TRY(auto row, co_await load(call));
    TENON_CO_CHECK(apply(call, row));
    TENON_CO_TRY(Trusted trusted, open_trusted(call, row));
    trusted.apply(call.body);
    TENON_CO_CHECK(seal_trusted(call, trusted, row));
    co_return co_await save(call, std::move(row));
}

asio::awaitable<Reply> rotate_endpoint_secret(Call& call) {
    TENON_CO_TRY(auto row, co_await load(call));
    TENON_CO_TRY(Trusted trusted, open_trusted(call, row));
    json::Array secrets = secrets_of(call.body);
    const auto* keeps = call.body.find("keep_previous");
    if (keeps == nullptr || keeps->as_boolean())
        for (auto& old : trusted.secrets)
            if (secrets.size() < most_secrets) secrets.push_back(std::move(old));
    trusted.secrets = std::move(secrets);
    TENON_CO_CHECK(seal_trusted(call, trusted, row));
    co_return co_await save(call, std::move(row));
}

asio::awaitable<Reply> delete_endpoint(Call& call) {
    TENON_CO_TRY(const auto id, call.path_id<EndpointId>("endpoint_id"));
    TENON_CO_CHECK(co_await call.services.store.write(
        call.organisation(), [id](store::Unit& unit) { return unit.endpoints().erase(id); }));
    call.services.receiver.forget(id);
    co_return no_content();
}

asio::awaitable<Reply> receive_delivery(Call& call) {
    const auto id = EndpointId::parse(call.path_text("endpoint_id"));
    if (!id) co_return fail(Errc::not_found, {}, "No endpoint has this URL.");
    co_return co_await call.services.receiver.receive(*id, std::move(call.request));
}

}  // namespace tenon::api
