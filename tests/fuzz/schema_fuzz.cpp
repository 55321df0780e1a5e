// JSON Schema: a line of `validate --batch`.
#include "fuzz.hpp"
#include "tenon/base/json.hpp"
#include "validate_line.hpp"

namespace tenon::fuzz {
namespace {

/// Sorted by instance, then keyword location, and every instance location leads somewhere.
void require_sorted(const json::Array& errors, const json::Value& data) {
    const json::Value* before = nullptr;
    for (const json::Value& error : errors) {
        const std::string_view instance = error.text_at("instance_location");
        require(json::is_pointer(instance) && json::resolve(data, instance) != nullptr,
                "an instance location leads to a part of the instance");
        require(json::is_pointer(error.text_at("keyword_location")), "a keyword location is a pointer");
        if (before != nullptr) {
            const auto earlier = before->text_at("instance_location");
            require(earlier < instance || (earlier == instance && before->text_at("keyword_location") <=
                                                                      error.text_at("keyword_location")),
                    "errors are sorted");
        }
        before = &error;
    }
}

}  // namespace

void run(std::string_view input) {
    std::string answer;
    {
        // Compiled schemas are large beside their text, above all patterns and the failures of nested
        // applicators.
        const MemoryBound bound(input.size(), 512 * kilobytes, 2048);
        answer = form::validate_line(input);
    }
    const auto document = json::read(answer, limits::json_depth, json::ZeroCharacter::accepted);
    require(document.has_value(), "the answer is JSON");
    require_equal(json::write(*document), answer, "the answer is canonical");
    require_equal(form::validate_line(input), answer, "the answer is the same again");
    const json::Value* valid = document->find("valid");
    const json::Value* errors = document->find("errors");
    if (valid == nullptr) {
        require(document->find("error") != nullptr, "an answer or an error");
        return;
    }
    require(errors != nullptr && valid->as_boolean() == errors->as_array().empty(), "valid: no errors");
    const auto line = json::read(input, limits::json_depth, json::ZeroCharacter::accepted);
    require_sorted(errors->as_array(), *line->find("data"));
}

}  // namespace tenon::fuzz
