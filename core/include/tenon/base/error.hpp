#pragma once
// The error model: one enumeration, one table, everywhere (HTTP, preview, verdicts, metrics, docs).
// The table answers what a code is called, which HTTP status it has, whether trying again helps, and the
// sentence shown to people. It decides nothing else; who must act is said by the function that returns it.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tenon {

/// Every way something can fail. The enumerator's name is the stable public id.
enum class Errc : std::uint8_t {
#define X(name, status, retry, sentence) name,
#include "tenon/base/error_list.hpp"
#undef X
};

/// Whether the same call can succeed without anybody changing anything.
enum class Retry : std::uint8_t { never, later };

/// One row of the table. `sentence` may hold `{name}` placeholders (mapping codes only).
struct ErrorRow {
    std::string_view id;
    std::uint16_t status;
    Retry retry;
    std::string_view sentence;
};

/// All rows, indexed by the value of Errc.
inline constexpr ErrorRow error_table[] = {
#define X(name, status, retry, sentence) {#name, status, Retry::retry, sentence},
#include "tenon/base/error_list.hpp"
#undef X
};
inline constexpr std::size_t error_count = sizeof(error_table) / sizeof(error_table[0]);

[[nodiscard]] constexpr const ErrorRow& row_of(Errc code) {
    return error_table[static_cast<std::size_t>(code)];
}
/// Only the ids: a WebAssembly module that shows no sentences need not carry them.
inline constexpr std::string_view error_ids[] = {
#define X(name, status, retry, sentence) #name,
#include "tenon/base/error_list.hpp"
#undef X
};
[[nodiscard]] constexpr std::string_view id_of(Errc code) {
    return error_ids[static_cast<std::size_t>(code)];
}
[[nodiscard]] constexpr int status_of(Errc code) { return row_of(code).status; }

/// The code with this public id; nothing for an unknown id.
[[nodiscard]] constexpr std::optional<Errc> errc_from_id(std::string_view id) {
    for (std::size_t i = 0; i < error_count; ++i)
        if (error_table[i].id == id) return static_cast<Errc>(i);
    return std::nullopt;
}

/// What went wrong. `field`: JSON Pointer or name of the offending member, may be empty. `detail`: what to
/// do, for people; never a credential, token, body or answer.
struct Error {
    Errc code = Errc::internal;
    std::string field;
    std::string detail;

    friend bool operator==(const Error&, const Error&) = default;
};

}  // namespace tenon
