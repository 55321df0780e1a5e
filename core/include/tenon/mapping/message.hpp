#pragma once
// The config's message (spec/MAPPING.md 7), and which answers nobody asked for (9).

#include <optional>
#include <string>
#include <vector>

#include "tenon/mapping/field.hpp"
#include "tenon/mapping/member_finder.hpp"

namespace tenon::mapping {

struct Message {
    std::optional<std::string> text;  ///< Absent without a template, and after template_limit.
    bool is_over_limit = false;
    std::vector<std::string> missing;  ///< Names found nowhere, in order of first use.
};

/// Renders the message over mapped values, submission, and `{submission, meta, fields}`.
[[nodiscard]] Message render_message(const Config& config, const std::vector<Field>& fields,
                                     const Answers& answers, Escape escape);

/// The mapped values by mapping id, null where there is none.
[[nodiscard]] json::Value fields_by_key(const std::vector<Field>& fields);

/// Names of the submission's members that no source and no template names, sorted.
[[nodiscard]] std::vector<std::string_view> unmapped_names(const Config& config,
                                                           const json::Object& submission);

}  // namespace tenon::mapping
