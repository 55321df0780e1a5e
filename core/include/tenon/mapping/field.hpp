#pragma once
// One mapping from source to result, step by step (spec/MAPPING.md 2).

#include <cstdint>
#include <span>
#include <vector>

#include "tenon/mapping/source.hpp"

namespace tenon::mapping {

/// One line of the preview's `steps`.
struct Step {
    std::string_view op;
    Cell value;
};

enum class Status : std::uint8_t { value, empty, error };

/// What became of one mapping. Cells borrow from config, submission and earlier cells: `cells` must not grow
/// again.
struct Field {
    const Mapping* mapping = nullptr;
    std::vector<Step> cells;  ///< The source's value under an empty name, then the steps.
    Status status = Status::empty;
    std::vector<Note> errors;
    Notes warnings;

    [[nodiscard]] const json::Value& input() const { return cells.front().value.get(); }
    [[nodiscard]] std::span<const Step> steps() const { return std::span(cells).subspan(1); }
    /// The typed value; null pointer unless status is value.
    [[nodiscard]] const json::Value* value() const {
        return status == Status::value ? &cells.back().value.get() : nullptr;
    }
};

[[nodiscard]] Field run_mapping(const Mapping& mapping, const Answers& answers);

/// Every failing keyword of the mapping's `validation`, in the order of spec/MAPPING.md 6.
void validate(const json::Value& value, const Mapping& mapping, std::vector<Note>& errors);

}  // namespace tenon::mapping
