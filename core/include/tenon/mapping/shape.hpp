#pragma once
// Closed document shapes as tables: which members exist, of which kind and size. One walk reports everything
// that does not fit. This is the config's own small checker, not JSON Schema: it is faster, and its codes are
// the config's.

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include "tenon/base/json.hpp"
#include "tenon/mapping/finding.hpp"

namespace tenon::mapping {

/// Where in a document: a chain of tokens on the stack, turned into a pointer only when something is wrong.
struct Place {
    const Place* parent = nullptr;
    std::string_view token;
    std::size_t index = 0;
    bool is_index = false;

    [[nodiscard]] Place member(std::string_view name) const { return {this, name, 0, false}; }
    [[nodiscard]] Place item(std::size_t at) const { return {this, {}, at, true}; }
    [[nodiscard]] std::string pointer() const;
};

struct Shape;

struct MemberShape {
    std::string_view name;
    const Shape* shape = nullptr;
    bool is_required = false;
};

/// A union that a table can't say: reports what is wrong itself.
using CheckUnion = void (*)(const json::Value& value, const Place& place, Findings& findings);

/// One row per kind of member. Sizes are characters, items, members or the number itself.
struct Shape {
    enum class Form : std::uint8_t {
        any,
        text,
        number_or_text,
        integer,
        boolean,
        scalar,
        object_or_boolean,
        object,  ///< Closed: exactly `members`.
        map,     ///< Any names of `names` characters, each value of shape `item`.
        array,   ///< Each item of shape `item`.
        custom
    };
    Form form = Form::any;
    std::int64_t least = 0;
    std::int64_t most = std::numeric_limits<std::int64_t>::max();
    std::span<const std::string_view> choices = {};
    bool (*allows)(std::string_view) = nullptr;
    std::span<const MemberShape> members = {};
    const Shape* item = nullptr;
    std::int64_t longest_name = std::numeric_limits<std::int64_t>::max();
    CheckUnion check = nullptr;
};

/// Appends config_missing, config_unknown_member, config_type and config_value, in the order met.
void check_shape(const json::Value& value, const Shape& shape, const Place& place, Findings& findings);

}  // namespace tenon::mapping
