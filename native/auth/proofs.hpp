#pragma once
// What was proven lately, so that a busy key does not cost a read of the store for every request.

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "auth/principal.hpp"

namespace tenon::auth {

/// Threads: any. Invariant: what forget() was called for after look_up() began is never kept by keep().
class Proofs {
public:
    /// The principal if `sha256` was proven for `id` and is still believed at `now`.
    [[nodiscard]] std::optional<Principal> find(ApiKeyId id, std::string_view sha256, UnixTime now) const;
    /// Take before reading the store, pass to keep() afterwards.
    [[nodiscard]] std::uint64_t look_up() const;
    void keep(std::uint64_t looked_up, std::string sha256, const Principal& principal, UnixTime until);
    void forget(ApiKeyId id);

    /// True once a minute for each key and `what`: for writes that need not happen more often.
    [[nodiscard]] bool is_due(ApiKeyId id, std::string_view what, UnixTime now);

private:
    struct Proof {
        std::string sha256;
        Principal principal;
        UnixTime until;
    };
    mutable std::mutex mutex_;
    std::uint64_t forgotten_ = 0;  // raised by every forget()
    std::map<ApiKeyId, Proof> proofs_;
    std::map<std::pair<ApiKeyId, std::string>, UnixTime> done_at_;
};

}  // namespace tenon::auth
