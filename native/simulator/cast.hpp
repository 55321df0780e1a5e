#pragma once
// Puts the players together: catalogue documents and behaviour files as embedded, for all or some providers.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "simulator/behaviour.hpp"

namespace tenon::simulator {

struct CastOptions {
    std::vector<std::string> providers;  ///< Empty = every one with a behaviour file.
    std::string
        generic_secret;  ///< Standard Webhooks secret that signatures must fit; empty = none is asked.
    std::uint64_t seed = 1;
};

/// What is needed lives as long as this; the behaviours point into the providers.
struct Cast {
    std::vector<std::unique_ptr<catalogue::Provider>> documents;
    std::map<std::string, Behaviour, std::less<>> behaviours;
};

/// Errors: unknown_provider (field = the id), those of the documents (field begins with the id).
[[nodiscard]] Result<Cast> make_cast(const CastOptions& options);

}  // namespace tenon::simulator
