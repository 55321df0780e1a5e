// The JSON reader and writer: what is read and written is read as the same again, and written as the same
// bytes.
#include "fuzz.hpp"
#include "tenon/base/json.hpp"

namespace tenon::fuzz {
namespace {

/// Every value is found by the pointer that leads to it.
void require_found(const json::Value& root, const json::Value& at, const std::string& pointer) {
    require(json::is_pointer(pointer), "a pointer of escaped tokens is a pointer");
    require(json::resolve(root, pointer) == &at, "a value is found by its pointer");
    if (at.is_array())
        for (std::size_t i = 0; i < at.as_array().size(); ++i)
            require_found(root, at.as_array()[i], pointer + "/" + std::to_string(i));
    if (at.is_object())
        for (const json::Member& member : at.as_object())
            require_found(root, member.value, pointer + "/" + json::escape_token(member.name));
}

void round_trip(std::string_view input, json::ZeroCharacter zero) {
    Result<json::Value> value = fail(Errc::invalid_json);
    {
        const MemoryBound bound(input.size(), 4 * kilobytes, 64);
        value = json::read(input, limits::json_depth, zero);
    }
    if (!value) {
        require(value.error().field.empty(), "an error of reading names no field");
        return;
    }
    const std::string text = json::write(*value);
    const Result<json::Value> again = json::read(text, limits::json_depth, zero);
    require(again.has_value(), "what is written can be read");
    require_equal(json::write(*again), text, "writing is a fixed point");
    if (input.size() < 2000) require_found(*value, *value, "");
}

}  // namespace

void run(std::string_view input) {
    round_trip(input, json::ZeroCharacter::refused);
    round_trip(input, json::ZeroCharacter::accepted);
}

}  // namespace tenon::fuzz
