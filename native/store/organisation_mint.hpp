#pragma once
// Where Organisation handles come from. Included by store implementations only (a gate in .ci/layers.py).

#include "store/organisation.hpp"

namespace tenon::store {

class OrganisationMint {
public:
    [[nodiscard]] static Organisation make(OrganisationId id) { return Organisation(id); }
};

}  // namespace tenon::store
