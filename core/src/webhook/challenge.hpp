#pragma once
// Handshakes: the request by which a provider asks whether the endpoint is ours.

#include "plan.hpp"
#include "request.hpp"
#include "tenon/webhook/verify.hpp"

namespace tenon::webhook {

/// Turns `verdict` (of the ordinary verification of the same request) into the handshake's answer if the
/// request is one; otherwise leaves it alone. A refused handshake is never valid.
void answer_challenge(Request& request, const ChallengeRule& rule, Verdict& verdict);

}  // namespace tenon::webhook
