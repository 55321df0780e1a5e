#pragma once
// The handle without which no organisation's row is reached.

#include "base/ids.hpp"

namespace tenon::store {

/// Proof that somebody may act for an organisation. Only a store makes one, in the calls of `Gate`
/// (store.hpp): for a proven API key or session, a known endpoint, or a claimed job. Copyable, cheap, no
/// authority beyond its organisation. That nothing else can make one is pinned by tests/compile_fail.
class Organisation {
public:
    [[nodiscard]] const OrganisationId& id() const { return id_; }
    friend bool operator==(const Organisation&, const Organisation&) = default;

private:
    friend class OrganisationMint;  // store implementations only: store/organisation_mint.hpp
    explicit Organisation(OrganisationId id) : id_(id) {}
    OrganisationId id_;
};

}  // namespace tenon::store
