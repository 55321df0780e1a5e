#pragma once
// One webhook delivery: verify over the raw bytes, answer handshakes, deduplicate, persist, then the
// provider's own 2xx. Nothing is parsed before the signature holds; nothing is answered before it is on disk.

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/metrics.hpp"
#include "http/message.hpp"
#include "ingest/dedupe.hpp"
#include "store/store.hpp"
#include "tenon/webhook/scheme.hpp"
#include "vault/vault.hpp"

namespace tenon::ingest {

namespace asio = boost::asio;

/// Compiled schemes by id.
using Schemes = std::map<std::string, webhook::Scheme, std::less<>>;

/// What a provider's document says about its deliveries (spec/CATALOGUE.md `webhook`).
struct DeliveryRules {
    DedupeRule dedupe;
    std::string event_type;  ///< Part: `json:/pointer` or `hdr:Name`; empty = unknown.
    int reply_status = 200;
    std::string reply_body;
};

struct Outside {
    store::Store& store;
    vault::Vault& vault;
    Clock& clock;
    Random& random;
    Log& log;
    Metrics& metrics;
    const Schemes& schemes;
    /// Rules of a provider id; defaults for an empty or unknown one.
    std::function<DeliveryRules(std::string_view provider)> rules;
    std::function<void()> wake;  ///< After an event with work was committed.
    std::string public_url;      ///< Prefix of endpoint URLs, no trailing slash.
};

/// Threads: any.
class Receiver {
public:
    explicit Receiver(Outside outside);
    ~Receiver();
    /// `request` came to /v1/hooks/{endpoint_id}. Unknown endpoints are 404; a refused delivery has the
    /// status of its reason, and a problem document that names the check, never the secret or what would have
    /// been right.
    asio::awaitable<http::Response> receive(EndpointId endpoint, http::Request request);
    /// Forgets the prepared verifier of an endpoint whose row changed or went.
    void forget(EndpointId endpoint);

    struct State;

private:
    std::shared_ptr<State> state_;  // shared with deliveries that are still being written
};

/// What would fail on every delivery fails when the endpoint is saved. `secrets_document` =
/// {"secrets":[…],"keys"?:{…}}, `config` = canonical JSON object. Errors: scheme_unknown, secret_missing,
/// secret_malformed, validation_failed.
[[nodiscard]] Result<void> check_endpoint(const Schemes& schemes, std::string_view scheme,
                                          std::string_view secrets_document, std::string_view config);

}  // namespace tenon::ingest
