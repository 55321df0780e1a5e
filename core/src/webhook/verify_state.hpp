#pragma once
// What a verifier keeps and the steps of one verification; each answers the reason it fails with.
// verify.cpp has the order of checks, authenticate.cpp everything about keys and signatures.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "key.hpp"
#include "plan.hpp"
#include "request.hpp"
#include "signature.hpp"
#include "tenon/webhook/verify.hpp"
#include "token.hpp"

namespace tenon::webhook {

using Reason = std::optional<Errc>;

/// `max_body_bytes` of the config, or the default.
[[nodiscard]] std::size_t body_limit(const json::Object& config);

struct Verifier::State {
    State(const Scheme& used_scheme, Trust used_trust)
        : scheme(used_scheme),
          trust(std::move(used_trust)),
          max_body(body_limit(trust.config)),
          request(scheme.plan(), trust.config) {}

    const Scheme::Plan& plan() const { return scheme.plan(); }
    Verdict ordinary(const Delivery& delivery, UnixTime now);
    Reason preconditions();
    Reason items(std::vector<BodyJson::Id>& found);
    Reason item(UnixTime now, Verdict& verdict);
    Reason time_before_mac(std::optional<UnixTime>& time);
    Reason choose_method();
    Reason authenticate(Verdict& verdict);
    Reason select_key(Key*& selected, Key& looked_up, Verdict& verdict);
    Reason match_any(std::span<Key> candidates);
    std::vector<Key> unwrapped_keys();
    std::string expected_mac(Key& key);
    bool is_match(Key& key, std::size_t index);
    bool is_public_match(const crypto::PublicKey& key);
    Reason token_item(UnixTime now, Verdict& verdict);
    Reason key_of_certificates(UnixTime now, Key& key);
    bool has_expired(UnixTime now);
    Reason after_signature();
    Reason window(std::optional<UnixTime> time, UnixTime now);
    void read_id(Verdict& verdict);

    // Kept between deliveries so that an ordinary one allocates next to nothing. Addresses are stable:
    // `request` refers to the two members before it.
    Scheme scheme;
    Trust trust;
    std::size_t max_body;
    std::vector<Key> keys;
    Request request;
    std::vector<SignatureEntry> entries;
    std::vector<std::string_view> pieces;
    bool has_any_key = false;
    Method method;  // of the delivery at hand
    Token token;
    const json::Object* fetched = nullptr;
};

}  // namespace tenon::webhook
