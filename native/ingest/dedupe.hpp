#pragma once
// What makes two deliveries the same event. Decided from the verdict and the body; the store only remembers
// keys.

#include <chrono>
#include <string>
#include <string_view>

#include "tenon/webhook/verify.hpp"

namespace tenon::ingest {

/// A provider's declaration (spec/CATALOGUE.md `webhook.dedupe`).
enum class DedupeBy : unsigned char { event_id, body, none };

struct DedupeRule {
    DedupeBy by = DedupeBy::event_id;
    std::chrono::seconds window{std::chrono::hours(72)};
};

struct DedupeKeys {
    std::string event;  ///< Seen before: a duplicate. Empty = never one.
    std::string body;   ///< Seen before under another unsigned id: a suspected replay. Empty = not watched.
};

/// A signed id alone names the event. An unsigned one counts only together with the body, so that a replay
/// under a guessed id can't displace the genuine event. Without an id the body does, unless it is empty.
[[nodiscard]] DedupeKeys dedupe_keys(const DedupeRule& rule, const webhook::Verdict& verdict,
                                     std::string_view body_sha256, bool body_is_empty);

}  // namespace tenon::ingest
