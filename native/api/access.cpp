#include "api/handlers.hpp"
#include "api/list.hpp"
#include "auth/token.hpp"

namespace tenon::api {
namespace {

json::Object show(const store::ApiKeyRow& row) {
    json::Object shown{{"id", row.id.text()}, {"name", row.name}, {"scopes", text_array(row.scopes)}};
    set_time(shown, "created_at", row.created_at);
    set_time(shown, "expires_at", row.expires_at);
    set_time(shown, "last_used_at", row.last_used_at);
    set_time(shown, "revoked_at", row.revoked_at);
    return shown;
}

json::Value show_event(const store::SecurityEventRow& row) {
    json::Object shown{{"id", row.id.text()}, {"kind", row.kind}};
    set_text(shown, "subject", row.subject);
    set_text(shown, "reason", row.reason);
    set_text(shown, "remote_address", row.remote_address);
    set_time(shown, "at", row.at);
    return shown;
}

/// Nobody hands out more than they hold.
Result<std::vector<std::string>> wanted_scopes(const Call& call) {
    std::vector<std::string> scopes;
    for (const auto& scope : call.body.find("scopes")->as_array()) {
        if (!call.principal->may(scope.as_text()))
            return fail(Errc::forbidden, "/scopes/" + std::to_string(scopes.size()),
                        "The calling key does not have this scope itself.");
        scopes.push_back(scope.as_text());
    }
    return scopes;
}

}  // namespace

asio::awaitable<Reply> create_api_key(Call& call) {
    store::ApiKeyRow row;
    row.created_at = call.services.clock.now();
    row.id = ApiKeyId{new_uuid(row.created_at, call.services.random)};
    row.name = call.body.text_at("name");
    TENON_CO_TRY(row.scopes, wanted_scopes(call));
    if (const auto* expires_at = call.body.find("expires_at")) {
        row.expires_at = from_rfc3339(expires_at->as_text());
        if (!row.expires_at || *row.expires_at <= row.created_at)
            co_return fail(Errc::validation_failed, "/expires_at", "Give a time to come as RFC 3339.");
    }
    const auth::FreshSecret secret = auth::make_secret(call.services.random);
    row.secret_sha256 = secret.sha256;
    auto work = [row](store::Unit& unit) { return unit.api_keys().insert(row); };
    TENON_CO_CHECK(co_await call.services.store.write(call.organisation(), std::move(work)));
    call.services.log.info("api_key_created", {{"api_key_id", row.id.text()}});
    json::Object shown = show(row);
    shown.append("key", auth::api_key_text(row.id, secret.text));  // shown once, never again
    co_return answer(201, std::move(shown));
}

asio::awaitable<Reply> list_api_keys(Call& call) {
    TENON_CO_TRY(const auto page, wanted_page(call));
    TENON_CO_TRY(auto rows, co_await call.services.store.read(call.organisation(), [page](store::Unit& unit) {
        return unit.api_keys().list(page);
    }));
    co_return answer_list(page, std::move(rows), show);
}

asio::awaitable<Reply> revoke_api_key(Call& call) {
    TENON_CO_TRY(const auto id, call.path_id<ApiKeyId>("api_key_id"));
    const UnixTime now = call.services.clock.now();
    TENON_CO_CHECK(co_await call.services.store.write(
        call.organisation(), [id, now](store::Unit& unit) { return unit.api_keys().revoke(id, now); }));
    call.services.authenticator.forget(id);
    call.services.log.info("api_key_revoked", {{"api_key_id", id.text()}});
    co_return no_content();
}

asio::awaitable<Reply> get_me(Call& call) {
    const auth::Principal& principal = *call.principal;
    json::Object shown{{"organisation", json::Object{{"id", principal.organisation.id().text()}}},
                       {"api_key_id", principal.api_key_id.text()},
                       {"means", principal.means == auth::Means::session ? "session" : "api_key"},
                       {"scopes", text_array(principal.scopes)}};
    set_text(shown, "csrf_token", principal.csrf_token);
    co_return answer(200, std::move(shown));
}

asio::awaitable<Reply> open_session(Call& call) {
    // Nobody may be signed in by another site's page: its requests say where they come from.
    const bool says_origin = call.request.count("origin") > 0 || call.request.count("sec-fetch-site") > 0;
    if (says_origin && !call.services.site.is_same_origin(call.request))
        co_return fail(Errc::csrf_failed, {}, "Sign in from a page of this server.");
    auto& authenticator = call.services.authenticator;
    const std::string key(call.body.text_at("api_key"));
    Result<auth::Authenticator::Opened> opened = fail(Errc::unauthenticated);
    // Two statements: g++ 12 destroys the temporaries of a co_await inside ?: twice.
    if (key.empty()) {
        std::string token(call.body.text_at("sign_in_token"));
        opened = co_await authenticator.open_with_token(std::move(token));
    } else {
        opened = co_await authenticator.open_with_key(call.request, key);
    }
    if (!opened) co_return tl::unexpected<Error>(std::move(opened.error()));
    auto response = answer(201, json::Object{{"csrf_token", opened->csrf_token},
                                             {"expires_at", to_rfc3339(opened->expires_at)}});
    response.set("set-cookie", opened->cookie);
    co_return response;
}

asio::awaitable<Reply> close_session(Call& call) {
    if (call.principal->means != auth::Means::session)
        co_return fail(Errc::conflict, {}, "There is no session: the call was made with an API key.");
    TENON_CO_CHECK(co_await call.services.authenticator.close(*call.principal));
    auto response = no_content();
    response.set("set-cookie", call.services.authenticator.removal_cookie());
    co_return response;
}

asio::awaitable<Reply> create_sign_in_link(Call& call) {
    TENON_CO_TRY(const auto link, co_await call.services.authenticator.make_sign_in(*call.principal));
    co_return answer(201, json::Object{{"url", link.url}, {"expires_at", to_rfc3339(link.expires_at)}});
}

asio::awaitable<Reply> list_security_events(Call& call) {
    TENON_CO_TRY(const auto page, wanted_page(call));
    TENON_CO_TRY(auto rows, co_await call.services.store.read(call.organisation(), [page](store::Unit& unit) {
        return unit.records().security_events(page);
    }));
    co_return answer_list(page, std::move(rows), show_event);
}

}  // namespace tenon::api
