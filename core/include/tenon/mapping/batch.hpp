#pragma once
// One line of `preview --batch` and of `render --batch` (spec/MAPPING.md 1, CONTRACT 2): JSON in, JSON out,
// total.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace tenon::mapping {

/// Looks up the catalogue: the action template of a provider's action as JSON text; nothing if there is none.
using ActionLookup =
    std::function<std::optional<std::string>(std::string_view provider, std::string_view action)>;

/// `{"config","submission","schema"?,"meta"?,"action"?,"connection"?}`, where `config` and `submission` may
/// instead be `…_text` (JSON text) or `…_base64` (bytes). Answers the preview document without line end.
/// `lookup` is asked when the line has no `action`; empty = no catalogue. A line that is no JSON object, or
/// has malformed base64, answers `{"error":{"code":…}}`.
[[nodiscard]] std::string preview_line(std::string_view line, const ActionLookup& lookup = {});

/// `{"template","data","partials"?,"escape"?}` answers `{"text":…}` or `{"error":{"code":…}}`.
[[nodiscard]] std::string render_line(std::string_view line);

/// `{"config"|"config_text"|"config_base64"}` answers `{"errors":[{code,message,pointer}…]}` or
/// `{"error":{"code":…}}`.
[[nodiscard]] std::string check_config_line(std::string_view line);

}  // namespace tenon::mapping
