#pragma once
// A webhook signing scheme, compiled from its document (spec/WEBHOOKS.md). Documents are data; the
// interpreter in verify.hpp has no branch for a provider. What this version can't interpret is refused when
// the document is compiled, never while a delivery waits.

#include <memory>
#include <string>
#include <string_view>

#include "tenon/base/json.hpp"
#include "tenon/base/result.hpp"

namespace tenon::webhook {

/// A compiled scheme; immutable, safe to share between threads, cheap to copy.
class Scheme {
public:
    /// Errors: scheme_unknown for kind `none`; scheme_invalid (field = pointer) for a document that is
    /// malformed; not_supported (field = pointer) for a key or value of the language that this version does
    /// not interpret.
    [[nodiscard]] static Result<Scheme> compile(const json::Value& document);

    [[nodiscard]] const std::string& id() const;

    struct Plan;
    [[nodiscard]] const Plan& plan() const { return *plan_; }

private:
    explicit Scheme(std::shared_ptr<const Plan> plan) : plan_(std::move(plan)) {}
    std::shared_ptr<const Plan> plan_;  // shared: one compiled scheme serves every endpoint that uses it
};

}  // namespace tenon::webhook
