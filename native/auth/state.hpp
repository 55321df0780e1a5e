#pragma once
// Inside of Authenticator, shared by authenticator.cpp (who is it) and session.cpp (sessions and sign-in
// links).

#include "auth/authenticator.hpp"
#include "auth/proofs.hpp"

namespace tenon::auth {

struct Authenticator::State {
    State(store::Store& store_in, Clock& clock_in, Random& random_in, const Site& site_in)
        : store(store_in), clock(clock_in), random(random_in), site(site_in) {}

    store::Store& store;
    Clock& clock;
    Random& random;
    const Site& site;
    Proofs proofs;

    asio::awaitable<Result<Principal>> prove_key(std::string_view token, std::string remote_address);
    asio::awaitable<Result<Principal>> prove_session(std::string_view token);
    asio::awaitable<void> record_refusal(store::Organisation organisation, ApiKeyId id, std::string reason,
                                         std::string remote_address);
    asio::awaitable<Result<Opened>> open(store::Organisation organisation, ApiKeyId api_key);
};

}  // namespace tenon::auth
