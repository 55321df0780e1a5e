#pragma once
// Proves who is calling: `Authorization: Bearer tnk_…` or the session cookie. A session acts with the scopes
// of the API key that opened it and ends with that key. An unsafe method under a cookie also needs proof that
// it comes from our own page (CSRF).

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "auth/principal.hpp"
#include "auth/site.hpp"
#include "base/clock.hpp"
#include "http/message.hpp"
#include "store/store.hpp"
#include "tenon/base/result.hpp"

namespace tenon::auth {

namespace asio = boost::asio;

inline constexpr std::chrono::seconds session_life{12 * 3600};
inline constexpr std::chrono::seconds sign_in_life{60};
inline constexpr std::chrono::seconds proof_life{
    30};  ///< How long a proven key is believed without the store.
inline constexpr std::size_t proofs_kept = 10'000;

/// Threads: any. Invariants: (1) a key revoked through forget() is refused at once, also when its proof was
/// being looked up at that moment; (2) nothing derived from a refused token is kept.
class Authenticator {
public:
    /// `site` must outlive this object.
    Authenticator(store::Store& store, Clock& clock, Random& random, const Site& site);
    ~Authenticator();

    /// Errors: unauthenticated (no, unknown, wrong, expired or revoked credential; one text for all),
    /// csrf_failed, store_failed. `request` must live until this completes. Writes last_used_at at most once
    /// a minute for a key, and one security event a minute for a known key with a wrong secret.
    asio::awaitable<Result<Principal>> authenticate(const http::Request& request);

    /// Forgets what was proven of a key: call after revoking it.
    void forget(ApiKeyId id);

    struct Opened {
        SessionId id;
        std::string cookie;  ///< Value of Set-Cookie.
        std::string csrf_token;
        UnixTime expires_at{};
    };
    /// Opens a session for a browser. Errors: unauthenticated, store_failed.
    asio::awaitable<Result<Opened>> open_with_key(const http::Request& request, std::string api_key);
    /// The same for a sign-in token, which is used up whatever the answer.
    asio::awaitable<Result<Opened>> open_with_token(std::string token);
    /// Ends the principal's session.
    asio::awaitable<Result<void>> close(Principal principal);
    /// Value of Set-Cookie that removes the cookie.
    [[nodiscard]] std::string removal_cookie() const;

    struct SignIn {
        std::string url;  ///< The token stands behind `#`: it reaches no server log.
        UnixTime expires_at{};
    };
    asio::awaitable<Result<SignIn>> make_sign_in(Principal principal);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tenon::auth
