#include "auth/authenticator.hpp"

#include "auth/state.hpp"
#include "auth/token.hpp"
#include "http/query.hpp"
#include "tenon/base/text.hpp"
#include "tenon/crypto/hash.hpp"

namespace tenon::auth {
namespace {

tl::unexpected<Error> refused() {
    return fail(
        Errc::unauthenticated, {},
        "Send an API key as `Authorization: Bearer tnk_…`, or sign in. A revoked or expired key needs a "
        "new one from an administrator.");
}

bool is_unsafe(std::string_view method) { return method != "GET" && method != "HEAD" && method != "OPTIONS"; }

/// The token behind `Bearer `; nothing for another scheme.
std::optional<std::string_view> bearer(std::string_view authorization) {
    constexpr std::string_view scheme = "bearer ";
    if (authorization.size() <= scheme.size() ||
        !text::equal_ignoring_case(authorization.substr(0, scheme.size()), scheme))
        return std::nullopt;
    return authorization.substr(scheme.size());
}

bool is_usable(const store::ApiKeyRow& key, UnixTime now) {
    return !key.revoked_at && (!key.expires_at || now < *key.expires_at);
}

}  // namespace

Authenticator::Authenticator(store::Store& store, Clock& clock, Random& random, const Site& site)
    : state_(std::make_unique<State>(store, clock, random, site)) {}
Authenticator::~Authenticator() = default;

void Authenticator::forget(ApiKeyId id) { state_->proofs.forget(id); }

asio::awaitable<Result<Principal>> Authenticator::State::prove_key(std::string_view token,
                                                                   std::string remote_address) {
    const auto read = read_api_key(token);
    if (!read) co_return refused();
    const UnixTime now = clock.now();
    if (auto proven = proofs.find(read->id, read->sha256, now)) co_return std::move(*proven);
    const auto looked_up = proofs.look_up();
    auto found = co_await store.gate().find_api_key(read->id);
    if (!found) {
        if (found.error().code != Errc::not_found) co_return tl::unexpected<Error>(std::move(found.error()));
        co_return refused();
    }
    const store::ApiKeyRow& key = found->row;
    const bool is_right = crypto::equal_constant_time(key.secret_sha256, read->sha256);
    if (!is_right || !is_usable(key, now)) {
        co_await record_refusal(found->organisation, key.id, is_right ? "revoked_or_expired" : "wrong_secret",
                                std::move(remote_address));
        co_return refused();
    }
    Principal principal{found->organisation, key.id, {}, Means::api_key, key.scopes, {}};
    UnixTime until = now + proof_life;
    if (key.expires_at && *key.expires_at < until) until = *key.expires_at;
    proofs.keep(looked_up, read->sha256, principal, until);
    if (proofs.is_due(key.id, "touch", now)) {
        auto touched = co_await store.write(principal.organisation, [id = key.id, now](store::Unit& unit) {
            return unit.api_keys().touch(id, now);
        });
        if (!touched) co_return tl::unexpected<Error>(std::move(touched.error()));
    }
    co_return principal;
}

asio::awaitable<void> Authenticator::State::record_refusal(store::Organisation organisation, ApiKeyId id,
                                                           std::string reason, std::string remote_address) {
    const UnixTime now = clock.now();
    if (!proofs.is_due(id, reason, now)) co_return;
    store::SecurityEventRow row{SecurityEventId{new_uuid(now, random)},
                                "api_key_refused",
                                id.text(),
                                std::move(reason),
                                std::move(remote_address),
                                now};
    // A lost note must not turn a refusal into another answer.
    auto work = [row = std::move(row)](store::Unit& unit) { return unit.records().add_security_event(row); };
    std::ignore = co_await store.write(organisation, std::move(work));
}

asio::awaitable<Result<Principal>> Authenticator::State::prove_session(std::string_view token) {
    const auto read = read_session(token);
    if (!read) co_return refused();
    auto found = co_await store.gate().find_session(read->id);
    if (!found) {
        if (found.error().code != Errc::not_found) co_return tl::unexpected<Error>(std::move(found.error()));
        co_return refused();
    }
    const UnixTime now = clock.now();
    if (!crypto::equal_constant_time(found->session.secret_sha256, read->sha256) ||
        now >= found->session.expires_at || !is_usable(found->api_key, now))
        co_return refused();
    co_return Principal{found->organisation, found->api_key.id,     found->session.id,
                        Means::session,      found->api_key.scopes, found->session.csrf_token};
}

asio::awaitable<Result<Principal>> Authenticator::authenticate(const http::Request& request) {
    if (request.count("authorization") > 0) {
        // A request that shows a key is never helped by a cookie beside it.
        const auto token = bearer(request.header("authorization"));
        if (!token || request.count("authorization") != 1) co_return refused();
        co_return co_await state_->prove_key(*token, request.remote_address);
    }
    if (request.count("cookie") != 1) co_return refused();
    const auto token = http::find_cookie(request.header("cookie"), state_->site.cookie_name());
    if (!token) co_return refused();
    auto proven = co_await state_->prove_session(*token);
    if (!proven || !is_unsafe(request.method)) co_return proven;
    if (!state_->site.is_same_origin(request) ||
        !crypto::equal_constant_time(request.header("x-tenon-csrf"), proven->csrf_token))
        co_return fail(Errc::csrf_failed, {},
                       "Send the csrf_token of GET /v1/me as X-Tenon-CSRF, from a page of this server.");
    co_return proven;
}

}  // namespace tenon::auth
