#pragma once
// Every fixed bound of the core, by name. Each has a test one past it. Sources: spec/MAPPING.md,
// spec/WEBHOOKS.md.

#include <cstddef>

namespace tenon::limits {

inline constexpr std::size_t json_depth = 64;  ///< JSON documents in general.
inline constexpr std::size_t submission_bytes =
    1'048'576;                                      ///< One submission, one request body built by an action.
inline constexpr std::size_t submission_depth = 8;  ///< Root object = 1.
inline constexpr std::size_t object_members = 100;
inline constexpr std::size_t name_characters = 1000;
inline constexpr std::size_t text_characters = 10'000;
inline constexpr std::size_t array_items = 100;
inline constexpr std::size_t array_text_characters = 1000;
inline constexpr std::size_t mappings = 100;
inline constexpr std::size_t pointer_tokens = 8;
inline constexpr std::size_t transforms = 20;
inline constexpr std::size_t source_alternatives = 20;
inline constexpr std::size_t zone_rows = 400;
inline constexpr std::size_t template_characters = 10'000;
inline constexpr std::size_t template_depth = 32;
inline constexpr std::size_t template_output_bytes = 65'536;
inline constexpr std::size_t template_nodes = 100'000;
inline constexpr std::size_t partial_depth = 16;
inline constexpr std::size_t directive_evaluations = 100'000;
inline constexpr std::size_t pattern_characters = 500;
inline constexpr std::size_t pattern_repeats = 10'000;  ///< Repeats multiplied out.
inline constexpr std::size_t pattern_groups = 50;
inline constexpr std::size_t number_digits = 100;  ///< Significant digits.
inline constexpr int number_fraction_digits = 400;
inline constexpr std::size_t webhook_body = 1'048'576;
/// The same in the envelope of a verifier at the edge: Base64, and the headers.
inline constexpr std::size_t forwarded_body = webhook_body / 3 * 4 + 65'536;
inline constexpr std::size_t signature_entries = 16;

}  // namespace tenon::limits
