#pragma once
// The typed view of a provider document (docs/providers.md): what planning, sending and classifying need. The
// whole document stays beside it for whoever shows it (API, page, docs). Data only: nothing here knows a
// provider by name.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tenon/base/json.hpp"
#include "tenon/base/pattern.hpp"

namespace tenon::catalogue {

/// One input of a credential form.
struct Field {
    std::string name;
    std::string label;
    std::string help;
    bool is_secret = true;
    std::string pattern_text;
    Pattern pattern;             ///< Must match the whole value.
    std::size_t max_length = 0;  ///< Characters.
};

enum class ApplyKind : std::uint8_t { none, bearer, basic, header, query, standard_webhooks, url };
/// `bearer`, `standard_webhooks`, …: the spelling of spec/MAPPING.md 8.
[[nodiscard]] std::string_view name_of(ApplyKind kind);

/// How a credential gets into a request.
struct Apply {
    ApplyKind kind = ApplyKind::none;
    std::string name;                 ///< Header (lower case) or query name, for those kinds.
    std::vector<std::string> fields;  ///< Credential fields: none, one, or two for basic.
};

/// One way to connect.
struct Auth {
    std::string kind;  ///< `oauth2 client_credentials api_key basic webhook_url signing_secret none`.
    std::vector<Field> fields;
    Apply apply;

    [[nodiscard]] const Field* field(std::string_view name) const;
    /// True for the kinds whose fields a person enters (`PUT …/credentials`).
    [[nodiscard]] bool is_entered() const { return !fields.empty(); }
};

/// A test on a reply; all stated parts must hold.
struct Predicate {
    std::vector<std::uint16_t> statuses;         ///< Exact ones.
    std::vector<std::uint8_t> status_classes;    ///< 2 for `2xx`.
    std::string header;                          ///< Lower case; empty = none.
    std::optional<std::string> pointer;          ///< Into the body read as JSON.
    std::optional<std::vector<json::Value>> in;  ///< Allowed values; absent = any value will do.
    bool wants_absence = false;
};

enum class ReplyClass : std::uint8_t {
    ok,
    auth_expired,     ///< The credential is refused: refresh once, else reconnect.
    permission,       ///< The credential is good but not allowed to do this.
    rate_limited,     ///< Not done: ask again later.
    retry,            ///< The provider failed; it may have been done.
    not_applied,      ///< Certainly not done; asking again may help.
    permanent,        ///< Asking again gives the same answer.
    conflict,         ///< It exists already, or the version is another.
    outcome_unknown,  ///< Nobody knows; only the integration's `on_unknown` may decide.
};
[[nodiscard]] std::string_view name_of(ReplyClass kind);

struct ClassRule {
    Predicate when;
    ReplyClass is = ReplyClass::permanent;
};

enum class WaitForm : std::uint8_t { seconds, date, epoch_s, fixed };

struct WaitRule {
    WaitForm form = WaitForm::seconds;
    std::string header;  ///< Lower case; empty for `fixed`.
    std::chrono::seconds fixed{0};
};

struct ReplyRules {
    Predicate ok;
    std::vector<std::string> code;  ///< Pointers, first text or number wins.
    std::string request_id;         ///< Pointer, or `header:name`; empty = none.
    std::vector<ClassRule> classes;
    std::vector<WaitRule> waits;
};

enum class EffectKind : std::uint8_t { none, header, client_id, upsert, natural, find, marker };

/// What happens when the same request arrives twice (DESIGN "Effects").
struct Effect {
    EffectKind kind = EffectKind::none;
    std::string name;  ///< Header (lower case), pointer, step or column, by kind.

    /// True if a second arrival changes nothing, so that an unknown outcome may be repeated without asking.
    [[nodiscard]] bool is_repeatable() const {
        return kind == EffectKind::header || kind == EffectKind::client_id || kind == EffectKind::upsert ||
               kind == EffectKind::natural;
    }
};

/// One request of an action. A reading step has `keep_as`; every other step writes.
struct Step {
    std::string id;
    json::Value request;  ///< Template, not merged with the defaults.
    std::string keep_as;  ///< Member of target_config that keeps the pick; empty = a writing step.
    std::string pick;     ///< Pointer into the reply.
    std::chrono::seconds cache{0};

    [[nodiscard]] bool is_reading() const { return !keep_as.empty(); }
};

struct Output {
    std::string name;
    std::string from;  ///< Pointer into the reply, or `header:Name`.
};

struct Action {
    std::string id;
    std::vector<std::string> aliases;
    std::string title;
    bool is_write = true;
    std::vector<std::string> auth_kinds;  ///< Empty = every kind of the provider.
    std::vector<std::string> scopes;
    json::Value config;   ///< JSON Schema of target_config.
    std::string columns;  ///< Target kind whose names the mappings' targets are; empty = any name.
    std::vector<Output> outputs;
    Effect effect;
    std::chrono::milliseconds timeout{30'000};
    std::uint32_t max_retries = 3;
    std::optional<ReplyRules> reply;  ///< Instead of the provider's.
    std::vector<Step> steps;          ///< At least one; an action of one `request` has one step `request`.

    [[nodiscard]] bool allows(std::string_view auth_kind) const;
    /// The first writing step (of a reading action: its last step): what the preview shows. Never null once
    /// loaded.
    [[nodiscard]] const Step* first_write() const;
    [[nodiscard]] std::vector<const Step*> reading_steps() const;
};

/// A value of the connection that URLs may use.
struct Variable {
    std::string name;
    std::string pattern_text;
    Pattern pattern;  ///< Must match the whole value.
};

struct Provider {
    std::string id;
    std::string name;
    std::vector<std::string> aliases;
    std::vector<Variable> variables;
    std::vector<Auth> auth;  ///< First = default.
    json::Object defaults;   ///< `base`, `headers`, `encoding`, `message_escape`.
    ReplyRules reply;
    std::vector<Action> actions;
    json::Value document;  ///< As loaded.

    /// By id or alias; null pointer if there is none.
    [[nodiscard]] const Action* action(std::string_view id_or_alias) const;
    [[nodiscard]] const Auth* auth_of(std::string_view kind) const;
    /// The way to connect for an action: `kind` if the action allows it; without one the first allowed. Null
    /// pointer otherwise.
    [[nodiscard]] const Auth* auth_for(const Action& action, std::string_view kind) const;
    [[nodiscard]] const ReplyRules& rules(const Action& action) const {
        return action.reply ? *action.reply : reply;
    }
};

}  // namespace tenon::catalogue
