// Every case of tests/vectors/mapping: one batch line each, compared as the README there says.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "tenon/base/json.hpp"
#include "tenon/mapping/batch.hpp"

namespace tenon::mapping {
namespace {

using json::Value;

/// Empty if `actual` holds everything of `expected`; else the pointer of the first difference.
std::string difference(const Value& actual, const Value& expected, const std::string& at) {
    if (expected.is_object() && actual.is_object()) {
        for (const json::Member& member : expected.as_object()) {
            const std::string here = at + "/" + json::escape_token(member.name);
            const Value* found = actual.find(member.name);
            if (found == nullptr) return here + " is missing";
            if (auto deeper = difference(*found, member.value, here); !deeper.empty()) return deeper;
        }
        return {};
    }
    if (expected.is_array() && actual.is_array()) {
        if (expected.as_array().size() != actual.as_array().size()) return at + " has another length";
        for (std::size_t i = 0; i < expected.as_array().size(); ++i)
            if (auto deeper =
                    difference(actual.as_array()[i], expected.as_array()[i], at + "/" + std::to_string(i));
                !deeper.empty())
                return deeper;
        return {};
    }
    return json::write(actual) == json::write(expected) ? "" : at + " differs";
}

std::string exact_difference(const Value& line, const Value& document) {
    const Value* exact = line.find("exact");
    const Value& expected = *line.find("expect");
    if (exact == nullptr) return {};
    if (exact->is_boolean())
        return json::write(document) == json::write(expected) ? "" : "not exactly the same";
    for (const Value& pointer : exact->as_array()) {
        const Value* a = json::resolve(document, pointer.as_text());
        const Value* b = json::resolve(expected, pointer.as_text());
        if (a == nullptr || b == nullptr || json::write(*a) != json::write(*b))
            return pointer.as_text() + " is not exactly the same";
    }
    return {};
}

std::vector<std::filesystem::path> files() {
    std::vector<std::filesystem::path> out;
    for (const auto& entry : std::filesystem::directory_iterator(TENON_SOURCE_DIR "/tests/vectors/mapping"))
        if (entry.path().extension() == ".jsonl") out.push_back(entry.path());
    std::sort(out.begin(), out.end());
    return out;
}

class PreviewVectors : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(PreviewVectors, every_case_gives_what_it_expects) {
    std::ifstream input(GetParam());
    std::string text;
    int cases = 0;
    while (std::getline(input, text)) {
        if (text.empty()) continue;
        const auto line = json::read(text, 128);
        ASSERT_TRUE(line) << text.substr(0, 200);
        const std::string answer = preview_line(text);
        const auto document = json::read(answer, 128);
        ASSERT_TRUE(document) << answer.substr(0, 300);
        std::string wrong = difference(*document, *line->find("expect"), "");
        if (wrong.empty()) wrong = exact_difference(*line, *document);
        EXPECT_EQ(wrong, "") << line->text_at("case") << "\n  " << answer.substr(0, 600);
        EXPECT_EQ(json::write(*document), answer) << line->text_at("case") << " is not canonical";
        ++cases;
    }
    EXPECT_GT(cases, 0);
}

std::string name_of_file(const testing::TestParamInfo<std::filesystem::path>& file) {
    return file.param.stem().string();
}

INSTANTIATE_TEST_SUITE_P(mapping, PreviewVectors, testing::ValuesIn(files()), name_of_file);

}  // namespace
}  // namespace tenon::mapping
