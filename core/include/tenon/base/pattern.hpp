#pragma once
// The pattern language of spec/MAPPING.md 6.3: a subset of RE2's syntax, matched in linear time by simulating
// all threads at once (Pike). Not here: look-around, back-references, classes by property, captures for
// callers other than replace().

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tenon/base/limits.hpp"
#include "tenon/base/result.hpp"

namespace tenon {

/// Characters `first` to `last`, both included.
struct CharacterRange {
    char32_t first;
    char32_t last;
};

/// What another module's dialect adds (JSON Schema's). Scheme documents and mappings use the defaults.
struct PatternDialect {
    std::size_t characters = limits::pattern_characters;
    /// If given, `\p{name}` and `\P{name}` are classes: the ascending, disjoint ranges of `name`, none for a
    /// name that does not exist.
    std::vector<CharacterRange> (*named_class)(std::string_view name) = nullptr;
};

/// A compiled pattern. Copies share the program; const use from several threads is safe.
class Pattern {
public:
    /// Errors: pattern_invalid for everything outside the syntax or its limits (500 characters, repeats
    /// multiplied out 10,000, groups nested 50). A program over 40,000 steps is one too: matching costs its
    /// size for each character.
    [[nodiscard]] static Result<Pattern> compile(std::string_view pattern,
                                                 const PatternDialect& dialect = {});

    /// Unanchored search; `text` is valid UTF-8. Cost: length of text times size of pattern.
    [[nodiscard]] bool is_found_in(std::string_view text) const;
    /// True if the whole text matches.
    [[nodiscard]] bool matches_all(std::string_view text) const;
    /// Every leftmost, greedy, non-overlapping match replaced by `with`, in which $1..$9 are groups (nothing
    /// for one that took no part). No empty match directly behind another match.
    [[nodiscard]] std::string replace_all(std::string_view text, std::string_view with) const;

    struct Program;

private:
    explicit Pattern(std::shared_ptr<const Program> program) : program_(std::move(program)) {}
    std::shared_ptr<const Program> program_;  // shared: a compiled pattern never changes
};

}  // namespace tenon
