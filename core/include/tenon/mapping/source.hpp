#pragma once
// Where a value comes from (spec/MAPPING.md 1.2).

#include "tenon/mapping/cell.hpp"
#include "tenon/mapping/config.hpp"
#include "tenon/mapping/member_finder.hpp"

namespace tenon::mapping {

/// What sources may read. Everything is borrowed and outlives the cells that come from it.
struct Answers {
    const json::Value* submission = nullptr;
    const json::Value* meta = nullptr;  ///< An object of the names of spec/MAPPING.md 1, fallbacks filled in.
    const json::Object* declared = nullptr;  ///< `properties` of the form's schema, if there are any.
    MemberFinder* fields = nullptr;          ///< Over the submission.
};

/// The `meta` object that sources and templates see: the known names, `form_id` and `form_name` from
/// `config.source` where `meta` lacks them. `meta` may be null or of any kind.
[[nodiscard]] json::Value effective_meta(const json::Value* meta, const json::Value* config_source);

/// An absent value is a cell of null. Warnings: unknown_field, template_missing. Errors: template_limit.
[[nodiscard]] CellOrNote read_source(const Source& source, const Answers& answers, Notes& warnings);

}  // namespace tenon::mapping
