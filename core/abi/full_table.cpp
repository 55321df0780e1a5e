// The full module: everything.
#include "full_state.hpp"
#include "tenon.h"

namespace tenon::abi {

Session::Session() = default;
Session::~Session() = default;

std::span<const OperationRow> operations() {
    static constexpr OperationRow rows[] = {
        {TENON_VERIFY, verify},
        {TENON_OPEN_VERIFIER, open_verifier},
        {TENON_CLOSE_VERIFIER, close_verifier},
        {TENON_SIGN, sign},
        {TENON_VERIFY_LINE, verify_line},
        {TENON_OPEN_SCHEMES, open_schemes},
        {TENON_PREVIEW_LINE, preview_line},
        {TENON_CHECK_CONFIG, check_config},
        {TENON_VALIDATE_LINE, validate_line},
        {TENON_RENDER_LINE, render_line},
        {TENON_OPEN_CATALOGUE, open_catalogue},
    };
    return rows;
}

}  // namespace tenon::abi
