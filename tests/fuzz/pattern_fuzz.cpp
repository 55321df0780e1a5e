// The pattern matcher: first line a pattern, rest a text. RE2, whose syntax ours is a part of, is the oracle.
#include <re2/re2.h>

#include "fuzz.hpp"
#include "tenon/base/pattern.hpp"
#include "tenon/base/text.hpp"

namespace tenon::fuzz {
namespace {

RE2::Options quiet() {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(64 << 20);  // its own bound must not be what differs
    return options;
}

/// Where letters outside ASCII are folded, the two have tables of other Unicode versions.
bool folds_beyond_ascii(std::string_view pattern, std::string_view text) {
    if (pattern.substr(0, 4) != "(?i)") return false;
    const auto is_beyond = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
    for (const char c : pattern)
        if (is_beyond(c)) return true;
    for (const char c : text)
        if (is_beyond(c)) return true;
    return false;
}

}  // namespace

void run(std::string_view input) {
    Parts parts(input);
    const std::string_view source = parts.line(), text = parts.rest();
    Result<Pattern> ours = fail(Errc::pattern_invalid);
    {
        // A repeat multiplies its operand: the bound is the program's own limit, not the pattern's length.
        const MemoryBound bound(source.size(), 4096 * kilobytes, 256);
        ours = Pattern::compile(source);
    }
    if (!ours || !text::is_utf8(text) || text.size() > 400) return;
    const bool found = ours->is_found_in(text), whole = ours->matches_all(text);
    require(found || !whole, "what matches all is found");
    require_equal(ours->replace_all(text, "$0$9").substr(0, 0), "", "replacing ends");
    const std::string unchanged = ours->replace_all(text, "x");
    if (!found) require_equal(unchanged, text, "nothing found, nothing replaced");
    const RE2 theirs(std::string(source), quiet());
    if (theirs.error_code() == RE2::ErrorPatternTooLarge || theirs.error_code() == RE2::ErrorRepeatSize)
        return;
    require(theirs.ok(), "whatever we accept RE2 accepts");
    if (folds_beyond_ascii(source, text)) return;
    require(RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), theirs) == found,
            "RE2 finds the same");
    require(RE2::FullMatch(re2::StringPiece(text.data(), text.size()), theirs) == whole,
            "RE2 matches the same whole texts");
}

}  // namespace tenon::fuzz
