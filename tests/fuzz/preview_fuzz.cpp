// Mapping configs, submissions and action templates: a line of `preview --batch`.
#include "fuzz.hpp"
#include "tenon/base/json.hpp"
#include "tenon/mapping/batch.hpp"

namespace tenon::fuzz {
namespace {

constexpr std::size_t answer_depth = 512;

void require_canonical(const std::string& answer) {
    const auto document = json::read(answer, answer_depth);
    require(document.has_value(), "the answer is JSON");
    require_equal(json::write(*document), answer, "the answer is canonical");
    const json::Value* ok = document->find("ok");
    if (ok == nullptr) {
        require(document->find("error") != nullptr, "a document or an error");
        return;
    }
    if (ok->as_boolean()) require(document->find("errors")->as_array().empty(), "ok has no errors");
    if (!ok->as_boolean()) require(document->find("request")->is_null(), "what is not ok sends nothing");
}

}  // namespace

void run(std::string_view input) {
    std::string answer;
    {
        // Patterns and template output have limits of their own, which do not depend on the input.
        const MemoryBound bound(input.size(), 4096 * kilobytes, 512);
        answer = mapping::preview_line(input);
    }
    require_canonical(answer);
    require_equal(mapping::preview_line(input), answer, "the answer is the same again");
    const std::string findings = mapping::check_config_line(input);
    const auto checked = json::read(findings, answer_depth);
    require(checked.has_value(), "the findings are JSON");
    require_equal(json::write(*checked), findings, "the findings are canonical");
}

}  // namespace tenon::fuzz
