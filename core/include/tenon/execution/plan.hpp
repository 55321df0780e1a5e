#pragma once
// From the previewed request to the bytes that are sent: only the `***` are filled. Reading steps and their
// facts are planned and confirmed here too. No I/O: the caller sends. The credential goes nowhere but into
// the result, which wipes itself.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tenon/base/json.hpp"
#include "tenon/base/result.hpp"
#include "tenon/base/secret.hpp"
#include "tenon/base/time.hpp"
#include "tenon/catalogue/load.hpp"
#include "tenon/mapping/preview.hpp"

namespace tenon::execution {

/// One field of an opened credential; a view into the caller's Secret.
struct CredentialView {
    std::string_view field;
    std::string_view value;
};

/// What is known only when sending.
struct SendTime {
    std::string_view
        execution_id;             ///< Value of the idempotency header and of `webhook-id`; survives retries.
    std::string_view attempt_id;  ///< Value of every other send-time header.
    UnixTime now{};
};

/// A request with its credential in it. Move-only; everything that may hold a credential is a Secret.
struct FilledRequest {
    std::string method;
    Secret url;
    std::vector<std::pair<std::string, Secret>> headers;
    std::optional<std::string> body;
};

/// Fills the placeholders of `request` as `auth.apply` says.
/// Errors: not_connected (a field of the credential is missing or empty), validation_failed (a value breaks
/// its field's pattern, is not printable ASCII where a header needs it, or a signing secret can't be
/// decoded), address_refused (a stored credential, but the URL is not https), action_invalid (a placeholder
/// is not where the rule wants it). No error text holds a credential.
[[nodiscard]] Result<FilledRequest> fill(const mapping::PlannedRequest& request,
                                         const catalogue::Action& action, const catalogue::Auth& auth,
                                         std::span<const CredentialView> credential, const SendTime& time);

/// The request of a reading step over `target_config`. `connection`: public facts, may be null.
/// Errors: those of the preview's first error (field = its pointer).
[[nodiscard]] Result<mapping::PlannedRequest> plan_reading(
    const catalogue::Provider& provider, const catalogue::Action& action, const catalogue::Step& step,
    const catalogue::Auth& auth, const json::Value& target_config, const json::Value& connection);

/// The fact that a reading step is after. `body`: the whole reply of class ok.
/// Error: target_changed (field = `/target_config/<keep_as>`): the reply is not JSON or the pick finds
/// nothing in it.
[[nodiscard]] Result<json::Value> pick_fact(const catalogue::Step& step, std::string_view body);

/// What a fresh fact means for a stored config.
struct Confirmation {
    bool changed = false;       ///< Plan again with `target_config` and record the new document.
    json::Value target_config;  ///< With the fresh fact in it.
};

/// Confirms a fact before writing. Error: target_changed when a mapping's target is no longer among the names
/// of the fresh fact (field = `/field_mappings/<key>`).
[[nodiscard]] Result<Confirmation> confirm_fact(const catalogue::Action& action, const catalogue::Step& step,
                                                const json::Value& config, json::Value fresh);

/// The mapping (key) whose target is not among the names of the facts kept in `config.target_config`; nothing
/// when every target exists or the action does not restrict names (`columns`). Names are the texts of an
/// array or the keys of an object. Used on save: an unknown column would otherwise vanish without a word.
[[nodiscard]] std::optional<std::string> unknown_column(const catalogue::Action& action,
                                                        const json::Value& config);

}  // namespace tenon::execution
