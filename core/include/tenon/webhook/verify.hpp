#pragma once
// Is this delivery genuine? Checks one HTTP request against a scheme, over the raw bytes, failing closed.
// Order of checks and reasons: spec/WEBHOOKS.md.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tenon/base/error.hpp"
#include "tenon/base/json.hpp"
#include "tenon/base/secret.hpp"
#include "tenon/base/time.hpp"
#include "tenon/webhook/scheme.hpp"

namespace tenon::webhook {

/// One request as received. Nothing is owned: the views must outlive the call.
struct Delivery {
    std::string_view method;
    std::string_view url;  ///< As received (absolute, or path and query).
    std::vector<std::pair<std::string_view, std::string_view>>
        headers;            ///< In order, repeats kept, any letter case.
    std::string_view body;  ///< Raw bytes, never re-serialised.
};

/// Whether the caller can get keys that were not given: then the verdict asks for one (need_key).
enum class Fetching : std::uint8_t { refused, allowed };

/// What an endpoint is configured with.
struct Trust {
    std::vector<Secret>
        secrets;          ///< Several during rotation; any may match. Empty list or empty secret: refused.
    json::Object config;  ///< `url`, `tolerance_s`, `max_body_bytes`, … (cfg:NAME parts).
    json::Object keys;    ///< By kid, URL or issuer: PEM, JWK, JWK set or text.
    Fetching fetching = Fetching::refused;
};

/// A reply that the scheme's handshake wants.
struct Response {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;  ///< Names as the scheme spells them.
    std::string body;
    std::string fetch;      ///< URL to call afterwards; empty = none.
    std::string store_key;  ///< Value to keep as signing key; empty = none.
};

/// A key that was not given and that the caller may fetch: `url` is the scheme's own or passed its
/// allow-list. Ask again with what came back, under the name `kid`.
struct NeedKey {
    std::string url;
    std::string kid;
};

/// The answer. `reason` is set exactly when not valid; beside need_key it is key_unknown, which is the answer
/// of a caller that does not fetch.
struct Verdict {
    bool valid = false;
    std::optional<Errc> reason;
    std::string id;                         ///< Event id; empty = none could be read.
    bool id_is_signed = false;              ///< False: an unsigned header, dedupe needs the body digest too.
    std::optional<std::int64_t> timestamp;  ///< Unix seconds, where the scheme has one.
    std::optional<Response> response;       ///< Set when the request is a handshake, or a refused one.
    std::optional<NeedKey> need_key;
};

/// Prepared verifier of one endpoint: secrets decoded and keyed once. Not for two threads at once.
class Verifier {
public:
    /// Errors: secret_missing, secret_malformed, scheme_unknown; refused when configured, not when a delivery
    /// arrives.
    [[nodiscard]] static Result<Verifier> create(const Scheme& scheme, Trust trust);
    Verifier(Verifier&&) noexcept;
    Verifier& operator=(Verifier&&) noexcept;
    ~Verifier();

    /// `now`: injected; the core reads no clock. Cost: one pass over the body for the MAC; the body is parsed
    /// only afterwards and only where the scheme reads it. Never fails otherwise than through the verdict.
    /// `fetched`: keys by name besides Trust::keys, for this call.
    [[nodiscard]] Verdict verify(const Delivery& delivery, UnixTime now,
                                 const json::Object* fetched = nullptr);

private:
    struct State;
    explicit Verifier(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// One-shot: create and verify; a configuration error becomes the verdict's reason.
[[nodiscard]] Verdict verify(const Scheme& scheme, Trust trust, const Delivery& delivery, UnixTime now);

/// Headers that sign `body` under a symmetric scheme (test deliveries, forwards). Headers named in `given`
/// that the scheme reads (ids) are kept. Errors: not_supported where the scheme can't be signed by us,
/// secret_malformed.
[[nodiscard]] Result<std::vector<std::pair<std::string, std::string>>> sign(const Scheme& scheme,
                                                                            const Trust& trust,
                                                                            const Delivery& unsigned_delivery,
                                                                            UnixTime now);

}  // namespace tenon::webhook
