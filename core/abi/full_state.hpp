#pragma once
// What the full module keeps between calls.

#include "session.hpp"
#include "tenon/catalogue/load.hpp"

namespace tenon::abi {

struct FullState {
    catalogue::Catalogue catalogue;  ///< As opened; action templates of preview lines without `action`.
};

}  // namespace tenon::abi
