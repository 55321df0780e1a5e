#include "auth/state.hpp"
#include "auth/token.hpp"

namespace tenon::auth {
namespace {

std::string cookie_text(const Site& site, std::string_view value, std::chrono::seconds life) {
    std::string text(site.cookie_name());
    text.append("=").append(value).append("; Path=/; HttpOnly; SameSite=Lax; Max-Age=");
    text.append(std::to_string(life.count()));
    if (site.is_secure()) text.append("; Secure");
    return text;
}

}  // namespace

asio::awaitable<Result<Authenticator::Opened>> Authenticator::State::open(store::Organisation organisation,
                                                                          ApiKeyId api_key) {
    const UnixTime now = clock.now();
    const FreshSecret secret = make_secret(random);
    store::SessionRow row;
    row.id = SessionId{new_uuid(now, random)};
    row.secret_sha256 = secret.sha256;
    row.csrf_token = make_secret(random).text;
    row.api_key_id = api_key;
    row.created_at = now;
    row.expires_at = now + session_life;
    auto work = [row](store::Unit& unit) { return unit.api_keys().open_session(row); };
    TENON_CO_CHECK(co_await store.write(organisation, std::move(work)));
    co_return Opened{row.id, cookie_text(site, session_text(row.id, secret.text), session_life),
                     row.csrf_token, row.expires_at};
}

asio::awaitable<Result<Authenticator::Opened>> Authenticator::open_with_key(const http::Request& request,
                                                                            std::string api_key) {
    TENON_CO_TRY(Principal principal, co_await state_->prove_key(api_key, request.remote_address));
    co_return co_await state_->open(principal.organisation, principal.api_key_id);
}

asio::awaitable<Result<Authenticator::Opened>> Authenticator::open_with_token(std::string token) {
    const auto used_up = [] {
        return fail(Errc::unauthenticated, "/sign_in_token",
                    "The link was used, is older than 60 seconds or was never valid: ask for a new one.");
    };
    const auto hash = hash_secret(token);
    if (!hash) co_return used_up();
    auto taken = co_await state_->store.gate().take_sign_in(*hash);
    if (!taken) {
        if (taken.error().code != Errc::not_found) co_return tl::unexpected<Error>(std::move(taken.error()));
        co_return used_up();
    }
    const UnixTime now = state_->clock.now();
    if (now >= taken->row.expires_at) co_return used_up();
    auto key = co_await state_->store.gate().find_api_key(taken->row.api_key_id);
    if (!key || key->row.revoked_at || (key->row.expires_at && now >= *key->row.expires_at))
        co_return used_up();
    co_return co_await state_->open(taken->organisation, taken->row.api_key_id);
}

asio::awaitable<Result<void>> Authenticator::close(Principal principal) {
    co_return co_await state_->store.write(
        principal.organisation,
        [id = principal.session_id](store::Unit& unit) { return unit.api_keys().close_session(id); });
}

std::string Authenticator::removal_cookie() const {
    return cookie_text(state_->site, "", std::chrono::seconds(0));
}

asio::awaitable<Result<Authenticator::SignIn>> Authenticator::make_sign_in(Principal principal) {
    const FreshSecret secret = make_secret(state_->random);
    store::SignInRow row{secret.sha256, principal.api_key_id, state_->clock.now() + sign_in_life};
    auto work = [row](store::Unit& unit) { return unit.api_keys().insert_sign_in(row); };
    TENON_CO_CHECK(co_await state_->store.write(principal.organisation, std::move(work)));
    co_return SignIn{state_->site.url() + "/sign-in#token=" + secret.text, row.expires_at};
}

}  // namespace tenon::auth
