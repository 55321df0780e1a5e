// The official Mustache suite, which is not ours to carry: it runs where its data is at hand.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "tenon/mapping/preview.hpp"

namespace tenon::mapping {
namespace {

using json::Value;

std::filesystem::path suite_folder() {
    const char* given = std::getenv("TENON_CONFORMANCE_DIR");
    if (given != nullptr) return std::filesystem::path(given) / "data" / "mustache";
    return std::filesystem::path(TENON_SOURCE_DIR) / ".." / "shared" / "data" / "mustache";
}

/// The suite's expectations escape quotes as `&quot;` and leave `'` alone; ours also makes `&#39;` of it,
/// which no case contains.
std::string run(const Value& test) {
    static const json::Object none;
    const Value* partials = test.find("partials");
    const Value* data = test.find("data");
    const auto text = render(test.text_at("template"), data != nullptr ? *data : Value(),
                             partials != nullptr ? partials->as_object() : none, "html");
    return text ? *text : "error: " + std::string(id_of(text.error().code));
}

class MustacheSuite : public testing::TestWithParam<const char*> {};

TEST_P(MustacheSuite, every_case_of_the_module_renders_as_expected) {
    const auto path = suite_folder() / (std::string(GetParam()) + ".json");
    std::ifstream file(path);
    if (!file) {
        std::cout << "not run: mustache (no data found)\n";
        return;
    }
    std::stringstream text;
    text << file.rdbuf();
    const auto suite = json::read(text.str());
    ASSERT_TRUE(suite);
    const json::Array& tests = suite->find("tests")->as_array();
    EXPECT_FALSE(tests.empty());
    for (const Value& test : tests)
        EXPECT_EQ(run(test), test.text_at("expected"))
            << test.text_at("name") << ": " << test.text_at("desc");
}

INSTANTIATE_TEST_SUITE_P(required, MustacheSuite,
                         testing::Values("interpolation", "sections", "inverted", "comments", "delimiters",
                                         "partials"));

}  // namespace
}  // namespace tenon::mapping
