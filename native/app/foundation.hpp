#pragma once
// What must be there before anything is served: the catalogue, the opened data folder, the vault, and at the
// very first start an organisation with its first API key.

#include <boost/asio/io_context.hpp>
#include <memory>

#include "app/options.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/metrics.hpp"
#include "ingest/receive.hpp"
#include "store/store.hpp"
#include "tenon/catalogue/load.hpp"
#include "vault/vault.hpp"

namespace tenon::app {

/// Destroyed in reverse: the store ends before the keys, the log last.
struct Foundation {
    std::unique_ptr<Log> log;
    std::unique_ptr<Clock> clock;
    std::unique_ptr<Random> random;
    std::unique_ptr<Metrics> metrics;
    catalogue::Catalogue catalogue;
    ingest::Schemes schemes;
    std::unique_ptr<vault::KeyStore> keyring;
    std::unique_ptr<vault::Vault> vault;
    std::unique_ptr<store::Store> store;
};

/// Errors are what `tenon serve` says before it exits with 3.
[[nodiscard]] Result<Foundation> lay_foundation(const ServeOptions& options);

/// At the very first start makes the organisation and its first key, and says so on standard output or in the
/// bootstrap file. Blocks; `context` must not be running.
[[nodiscard]] Result<void> bootstrap(const ServeOptions& options, Foundation& foundation,
                                     boost::asio::io_context& context);

}  // namespace tenon::app
