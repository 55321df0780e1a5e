// The verify module: nothing but deliveries under a secret, so that it stays small.
#include "session.hpp"
#include "tenon.h"

namespace tenon::abi {

struct FullState {};
Session::Session() = default;
Session::~Session() = default;

std::span<const OperationRow> operations() {
    static constexpr OperationRow rows[] = {
        {TENON_VERIFY, verify}, {TENON_OPEN_VERIFIER, open_verifier}, {TENON_CLOSE_VERIFIER, close_verifier}};
    return rows;
}

}  // namespace tenon::abi
