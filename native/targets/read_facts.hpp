#pragma once
// The reading steps of an action (DESIGN "Actions"): run when an integration is saved, their pick is kept in
// target_config, so that the preview needs nothing but the config; before sending they are only confirmed.

#include <boost/asio/awaitable.hpp>
#include <map>
#include <mutex>
#include <string>

#include "base/clock.hpp"
#include "net/http_client.hpp"
#include "outbound/provider_call.hpp"
#include "store/store.hpp"
#include "tenon/base/json.hpp"
#include "tenon/base/result.hpp"
#include "tenon/catalogue/load.hpp"
#include "vault/vault.hpp"

namespace tenon::targets {

namespace asio = boost::asio;

struct Outside {
    store::Store& store;
    vault::Vault& vault;
    Clock& clock;
    Random& random;
    const catalogue::Catalogue& catalogue;
    net::HttpClient& client;
    const outbound::ProviderBases& bases;
};

/// Threads: that of the client.
class FactReader {
public:
    explicit FactReader(Outside outside) : outside_(outside) {}

    /// On save: runs the reading steps of the config's action and answers the config with
    /// `target_config.<keep_as>` filled in; a config whose action has none is answered as it is. Errors
    /// (field = pointer into the config): unknown_action, not_connected, the provider's refusal as
    /// classified, target_changed when the pick finds nothing, config_value for a mapping whose target is no
    /// column.
    asio::awaitable<Result<json::Value>> fill(store::Organisation organisation, json::Value config);

    /// Before sending: reads again (or uses a read not older than the step's `cache_s`) and answers the
    /// config with the facts as they are now. Errors: target_changed when a mapping's target is gone, or the
    /// failed read's.
    asio::awaitable<Result<json::Value>> confirm(store::Organisation organisation,
                                                 const store::ConnectionRow& connection, json::Value config);

private:
    struct Subject;
    struct Kept {
        json::Value fact;
        UnixTime until;
    };
    enum class Cache : unsigned char { use, bypass };
    static constexpr std::size_t kept_facts = 10'000;

    Result<Subject> subject_of(const store::ConnectionRow& connection, const json::Value& config) const;
    asio::awaitable<Result<json::Value>> read(const store::Organisation& organisation,
                                              const store::ConnectionRow& connection, const Subject& subject,
                                              const catalogue::Step& step, const json::Value& target_config,
                                              Cache cache);

    Outside outside_;
    std::map<std::string, Kept> kept_;  // by connection, step and target_config
};

}  // namespace tenon::targets
