#pragma once
// What the handlers work with. Everything is created by app/wire.cpp (or a test) and outlives the API.

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "auth/authenticator.hpp"
#include "auth/site.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/metrics.hpp"
#include "execute/intake.hpp"
#include "health/probes.hpp"
#include "ingest/receive.hpp"
#include "store/store.hpp"
#include "tenon/base/json.hpp"
#include "tenon/catalogue/load.hpp"
#include "vault/vault.hpp"

namespace tenon::api {

namespace asio = boost::asio;

/// Runs the reading steps of a config's action (targets/read_facts.hpp) where the outbound client lives.
using ReadFacts =
    std::function<asio::awaitable<Result<json::Value>>(store::Organisation organisation, json::Value config)>;

/// One file of the page. `bytes` live as long as the program.
struct PageFile {
    std::string path;  ///< `/index.html`, `/assets/…`
    std::string bytes;
};

struct Services {
    store::Store& store;
    vault::Vault& vault;
    Clock& clock;
    Random& random;
    Log& log;
    Metrics& metrics;
    const catalogue::Catalogue& catalogue;
    const ingest::Schemes& schemes;
    std::set<std::string, std::less<>>
        handshake_schemes;  ///< Ids of schemes whose provider asks before it sends.
    const auth::Site& site;
    auth::Authenticator& authenticator;
    execute::Intake& intake;
    ingest::Receiver& receiver;
    health::Probes& probes;
    ReadFacts read_facts;
    std::string zone_folder;  ///< `/usr/share/zoneinfo`
    std::vector<PageFile> page;
    const std::string& openapi;  ///< Text of /openapi.json.
};

}  // namespace tenon::api
