#pragma once
// Whether a call carries a credential that the played provider takes: any that has the form its document asks
// for, except those that say `revoked` or `expired` themselves.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "simulator/exchange.hpp"
#include "simulator/route.hpp"
#include "tenon/base/time.hpp"
#include "tenon/catalogue/provider.hpp"
#include "tenon/webhook/verify.hpp"

namespace tenon::simulator {

enum class Standing : std::uint8_t { good, missing, wrong, expired };

/// Not for two threads at once.
class Gate {
public:
    /// `signing_secret`: of Standard Webhooks; empty = signatures are not looked at. `scheme_text`: the
    /// document of that scheme. Errors: those of the scheme and the secret. `provider` must outlive the gate.
    [[nodiscard]] static Result<Gate> create(const catalogue::Provider& provider,
                                             std::string_view signing_secret, std::string_view scheme_text);

    [[nodiscard]] Standing check(Proof proof, const Exchange& exchange, UnixTime now);

private:
    explicit Gate(const catalogue::Provider& provider) : provider_(&provider) {}
    [[nodiscard]] Standing check_field(const Exchange& exchange) const;
    [[nodiscard]] Standing check_signature(const Exchange& exchange, UnixTime now);

    const catalogue::Provider* provider_;
    std::optional<webhook::Verifier> verifier_;
};

}  // namespace tenon::simulator
