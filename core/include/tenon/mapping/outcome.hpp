#pragma once
// One preview as it is computed, before it is written down: fields, message, request, errors and warnings, in
// the order of spec/MAPPING.md 2 and 9.

#include <optional>
#include <string>
#include <vector>

#include "tenon/mapping/field.hpp"
#include "tenon/mapping/request.hpp"

namespace tenon::mapping {

/// The inputs of one preview beside the config, already read. Null pointers and JSON null are absent.
struct PreviewValues {
    const json::Value* submission = nullptr;
    const json::Value* schema = nullptr;
    const json::Value* meta = nullptr;
    const json::Value* action = nullptr;
    const json::Value* connection = nullptr;
};

/// Borrows from config and values; must not outlive them. `ok` = no errors.
struct Outcome {
    std::vector<Field> fields;
    std::optional<std::string> message;
    std::optional<BuiltRequest> request;
    Findings errors;
    Findings warnings;
    json::Value meta;  ///< What sources and templates saw.

    [[nodiscard]] bool ok() const { return errors.empty(); }
};

/// Steps 2 to 8. Total: every input gives an outcome.
[[nodiscard]] Outcome compute(const Config& config, const PreviewValues& values);
/// The outcome of inputs that could not even be read.
[[nodiscard]] Outcome refusal(Findings errors);

/// The preview document as canonical text, written in one pass without building it as a value.
[[nodiscard]] std::string write_document(const Outcome& outcome);
/// The same document as a value: json::write of it gives the bytes of write_document.
[[nodiscard]] json::Value to_document(const Outcome& outcome);

}  // namespace tenon::mapping
