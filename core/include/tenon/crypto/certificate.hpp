#pragma once
// A chain of certificates under one pinned root (x5c of RFC 7515): what Apple's signed payloads carry.
// Not here: revocation, names, policies, path building. The order is the sender's.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tenon/base/time.hpp"
#include "tenon/crypto/public_key.hpp"

namespace tenon::crypto {

struct ChainRule {
    std::string leaf_oid;          ///< Extension that the first certificate has to carry; empty = none.
    std::string intermediate_oid;  ///< The same for every one between the first and the root.
};

/// The first certificate's key. Demands: two to six certificates; the last one is `root`, byte for byte; each
/// is signed by the next (ECDSA P-256 or P-384 with SHA-256 or SHA-384, RSA with SHA-256 or SHA-384), issuer
/// and subject are equal bytes; every certificate but the first may sign (basicConstraints CA, keyUsage where
/// present, path length); no unknown critical extension; `now` is not behind the end of any validity.
[[nodiscard]] std::optional<PublicKey> trusted_key(const std::vector<std::string>& chain,
                                                   std::string_view root, UnixTime now,
                                                   const ChainRule& rule);

}  // namespace tenon::crypto
