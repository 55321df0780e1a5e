#pragma once
// Between a planned request and a call: the opened credential, the address that is really called, and the
// exact bytes. Shared by whoever calls providers (executions, target look-ups), so that there is one place
// where a credential leaves the vault.

#include <chrono>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "net/http_client.hpp"
#include "store/rows.hpp"
#include "tenon/execution/plan.hpp"
#include "vault/vault.hpp"

namespace tenon::outbound {

/// Rewrites of catalogue URLs (`--provider-base ID=URL`): tests and demo only, logged as a warning at start.
struct ProviderBases {
    std::map<std::string, std::string, std::less<>> by_provider;  ///< Id -> base URL without trailing slash.
    /// The URL to call instead: scheme, host and port replaced, the base's path put in front; unchanged for a
    /// provider without an entry.
    [[nodiscard]] std::string rewrite(std::string_view provider, std::string_view url) const;
};

/// The fields of a connection's credential, wiped when this ends.
class OpenedCredential {
public:
    /// A connection without credential gives no fields. Errors: decrypt_failed.
    [[nodiscard]] static Result<OpenedCredential> open(vault::Vault& vault,
                                                       const store::Organisation& organisation,
                                                       const store::ConnectionRow& connection);
    OpenedCredential() = default;
    OpenedCredential(OpenedCredential&&) = default;
    OpenedCredential& operator=(OpenedCredential&&) = default;
    ~OpenedCredential();
    /// Views into this object.
    [[nodiscard]] std::vector<execution::CredentialView> views() const;

private:
    json::Object fields_;
};

/// Ready to send. The client's request holds the credential: it is moved into the call and wiped with it.
[[nodiscard]] net::OutboundRequest to_outbound(const execution::FilledRequest& filled,
                                               std::string_view provider, const ProviderBases& bases,
                                               std::chrono::milliseconds timeout);

}  // namespace tenon::outbound
