// The keys module: deliveries under any key, and lines of batches.
#include "session.hpp"
#include "tenon.h"

namespace tenon::abi {

struct FullState {};
Session::Session() = default;
Session::~Session() = default;

std::span<const OperationRow> operations() {
    static constexpr OperationRow rows[] = {{TENON_VERIFY, verify},
                                            {TENON_OPEN_VERIFIER, open_verifier},
                                            {TENON_CLOSE_VERIFIER, close_verifier},
                                            {TENON_VERIFY_LINE, verify_line},
                                            {TENON_OPEN_SCHEMES, open_schemes}};
    return rows;
}

}  // namespace tenon::abi
