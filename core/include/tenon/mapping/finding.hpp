#pragma once
// What a preview reports: a code, its sentence with the placeholders filled, and where it belongs.
// Sentences are filled with config values, kinds, names and counts only, never with an answer: they may be
// logged (spec/MAPPING.md 9).

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "tenon/base/error.hpp"
#include "tenon/base/json.hpp"

namespace tenon::mapping {

/// One entry of a field's `errors` or `warnings`.
struct Note {
    Errc code = Errc::internal;
    std::string message;
    friend bool operator==(const Note&, const Note&) = default;
};

/// One entry of the document's `errors` or `warnings`.
struct Finding {
    std::string pointer;
    Errc code = Errc::internal;
    std::string message;
    friend bool operator==(const Finding&, const Finding&) = default;
};
using Findings = std::vector<Finding>;

/// The warnings of one field, in the order met.
class Notes {
public:
    /// Keeps the first note of a code only.
    void add_once(Errc code, std::string message);
    /// Keeps every distinct message of a code (`template_missing`: one per name).
    void add_distinct(Errc code, std::string message);
    [[nodiscard]] const std::vector<Note>& all() const { return notes_; }

private:
    std::vector<Note> notes_;
};

/// A `{name}` of a sentence and what stands for it.
struct Fill {
    std::string_view name;
    std::string_view value;
};
/// The sentence of `code` with its placeholders filled; a placeholder that is not given stays as it is.
[[nodiscard]] std::string sentence(Errc code, std::initializer_list<Fill> fills = {});
[[nodiscard]] Note note(Errc code, std::initializer_list<Fill> fills = {});
[[nodiscard]] Finding finding(std::string pointer, Errc code, std::initializer_list<Fill> fills = {});

/// Plain digits; std::to_string would drag the printing of floating point into the WebAssembly modules.
[[nodiscard]] std::string count_text(std::size_t count);

/// Order of names and pointers everywhere: UTF-16 code units (RFC 8785 3.2.3), for valid UTF-8.
[[nodiscard]] bool precedes(std::string_view a, std::string_view b);
/// By pointer, then code; equal findings stay in the order met.
void sort_findings(Findings& findings);
/// The document form: `{code, message, pointer}`.
[[nodiscard]] json::Array to_json(const Findings& findings);

}  // namespace tenon::mapping
