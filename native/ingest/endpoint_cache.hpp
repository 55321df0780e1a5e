#pragma once
// Prepared verifiers of endpoints: secrets unsealed, decoded and keyed once, not for every delivery.

#include <boost/asio/awaitable.hpp>
#include <map>
#include <memory>
#include <mutex>

#include "ingest/receive.hpp"
#include "tenon/webhook/verify.hpp"

namespace tenon::ingest {

/// One endpoint, ready to check deliveries. `row` is a copy from when it was prepared; only its configuration
/// is used.
struct PreparedEndpoint {
    PreparedEndpoint(store::Organisation owner, store::EndpointRow endpoint, DeliveryRules declared,
                     webhook::Verifier prepared)
        : organisation(owner),
          row(std::move(endpoint)),
          rules(std::move(declared)),
          verifier(std::move(prepared)) {}

    store::Organisation organisation;
    store::EndpointRow row;
    DeliveryRules rules;
    webhook::Verifier verifier;
    std::optional<webhook::Verifier> edge;  ///< Of envelopes; set for an endpoint with an edge secret.
    std::mutex verifying;  ///< A verifier is not for two threads at once; never held across co_await.
};

/// Threads: any. Holds at most `capacity` endpoints; when full it starts anew, since refilling costs one read
/// each.
class EndpointCache {
public:
    explicit EndpointCache(const Outside& outside) : outside_(outside) {}
    /// Errors: not_found, decrypt_failed, and those of Verifier::create.
    asio::awaitable<Result<std::shared_ptr<PreparedEndpoint>>> get(EndpointId id);
    void forget(EndpointId id);

private:
    static constexpr std::size_t capacity = 10'000;

    const Outside& outside_;
    std::mutex mutex_;
    std::map<EndpointId, std::shared_ptr<PreparedEndpoint>> prepared_;
    std::uint64_t generation_ = 0;  // raised by forget(), so that a load that began before it is not kept
};

/// {"secrets":[…],"keys":{…}} and the config object as what the verifier trusts. `url` is set to the
/// endpoint's public URL unless the config has one.
[[nodiscard]] Result<webhook::Trust> trust_of(std::string_view secrets_document, std::string_view config,
                                              const std::string& url);

}  // namespace tenon::ingest
