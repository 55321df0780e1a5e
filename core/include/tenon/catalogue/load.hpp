#pragma once
// From provider documents to the catalogue, and from the catalogue to action templates. The catalogue is an
// immutable set: built once at start, read from any thread without a lock.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tenon/base/json.hpp"
#include "tenon/base/result.hpp"
#include "tenon/catalogue/provider.hpp"

namespace tenon::catalogue {

/// Reads one document. Total on every JSON value, but only as strict as execution needs: unknown members pass
/// here and are refused by validate.hpp. Errors: provider_invalid, not_supported (field = pointer into the
/// document).
[[nodiscard]] Result<Provider> load(json::Value document);

/// Invariants: (1) ids and aliases of all providers are distinct; (2) providers are sorted by id.
class Catalogue {
public:
    Catalogue() = default;
    /// Error: provider_invalid (field = the id or alias that is taken).
    [[nodiscard]] static Result<Catalogue> create(std::vector<Provider> providers);

    /// By id or alias; null pointer if there is none. Valid as long as the catalogue.
    [[nodiscard]] const Provider* provider(std::string_view id_or_alias) const;
    [[nodiscard]] const std::vector<Provider>& providers() const { return providers_; }

    /// The template (spec/MAPPING.md 8) for mapping's `action` input as canonical JSON: the provider's
    /// defaults, the first writing request, the credential's place and the send-time headers. `auth_kind`: of
    /// the connection; empty = the action's default. Nothing for an unknown provider or action, or a kind the
    /// action does not allow.
    [[nodiscard]] std::optional<std::string> action_template(std::string_view provider_id,
                                                             std::string_view action_id,
                                                             std::string_view auth_kind = {}) const;

private:
    std::vector<Provider> providers_;
};

/// The same for one step, as a value. `step` must belong to `action`, `auth` to `provider`.
[[nodiscard]] json::Value step_template(const Provider& provider, const Action& action, const Step& step,
                                        const Auth& auth);

}  // namespace tenon::catalogue
