#pragma once
// From one submission to one provider request (spec/MAPPING.md): the pure function that the page, the command
// line, the edge and the server share. What it shows is, byte for byte, what the server sends.

#include <optional>
#include <string>
#include <string_view>

#include "tenon/base/json.hpp"
#include "tenon/base/result.hpp"

namespace tenon::mapping {

/// Inputs of one preview, as JSON text exactly as received. Views must outlive the call. An absent input is
/// nullopt. `action`: action template (spec/MAPPING.md 8). The caller looks it up in the catalogue when the
/// batch line has none; still absent for a provider other than `none` -> unknown_action.
struct PreviewInput {
    std::string_view config;
    std::string_view submission;
    std::optional<std::string_view> schema;
    std::optional<std::string_view> meta;
    std::optional<std::string_view> action;
    std::optional<std::string_view> connection;
};

/// The parts of a request that execution needs besides the document.
struct PlannedRequest {
    std::string method;
    std::string url;  ///< With `***` where a credential in the URL goes.
    std::vector<std::pair<std::string, std::string>>
        headers;                                 ///< Lower-case names, sorted; `***` placeholders inside.
    std::optional<std::string> body;             ///< Exact bytes to send; absent = no body.
    std::string auth_kind;                       ///< `none bearer basic header query standard_webhooks url`.
    std::string auth_name;                       ///< Header or query name, where the kind has one.
    std::vector<std::string> send_time_headers;  ///< Lower-case names shown as `***`.
};

struct Preview {
    json::Value document;                   ///< spec/preview.schema.json; write with json::write.
    std::optional<PlannedRequest> request;  ///< Set exactly when the document's `request` is not null.
};

/// Total: every input gives a document. Never touches clock, locale or randomness.
[[nodiscard]] Preview preview(const PreviewInput& input);

/// A preview whose document is its canonical text: the bytes of json::write(preview(input).document), only
/// faster.
struct TextPreview {
    bool ok = false;
    std::string document;
    std::optional<PlannedRequest> request;  ///< Set exactly when the document's `request` is not null.
};
[[nodiscard]] TextPreview preview_text(const PreviewInput& input);

/// A config that is compiled once can preview many submissions; `input.config` is not looked at.
class Config;
[[nodiscard]] Preview preview(const Config& config, const PreviewInput& input);
[[nodiscard]] TextPreview preview_text(const Config& config, const PreviewInput& input);

/// The config as it is stored: `toolkit` and `action_type` replaced by `provider` and `action`, nothing else
/// changed; member order kept. Errors: the reading errors of json::read; config_type if it is no object.
[[nodiscard]] Result<json::Value> normalized_config(std::string_view config);

/// Checks a config alone (reading, shape, meaning) without a submission; used on save.
/// The array holds `{pointer, code, message}` sorted by pointer then code; empty = good.
[[nodiscard]] json::Array check_config(std::string_view config);

/// `tenon render`: Mustache over `data`. `escape`: none, html, slack, json. Errors: template_syntax,
/// template_limit.
[[nodiscard]] Result<std::string> render(std::string_view template_text, const json::Value& data,
                                         const json::Object& partials, std::string_view escape);

}  // namespace tenon::mapping
