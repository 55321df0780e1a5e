// Every vector and handshake of tests/vectors/webhooks against the scheme documents that ship.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>

#include "schemes.hpp"
#include "tenon/webhook/batch.hpp"

namespace tenon::webhook {
namespace {

const std::string folder = TENON_SOURCE_DIR "/tests/vectors/webhooks/";

std::vector<std::string> vector_files() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".jsonl") names.push_back(entry.path().stem().string());
    std::sort(names.begin(), names.end());
    return names;
}

SchemeLookup shipped_schemes() {
    auto known = std::make_shared<std::map<std::string, Result<Scheme>, std::less<>>>();
    return [known](std::string_view id) {
        auto found = known->find(id);
        if (found == known->end()) found = known->emplace(std::string(id), load_scheme(id)).first;
        return found->second;
    };
}

void expect_verdict(const json::Value& line, const json::Value& verdict) {
    const json::Value& expected = *line.find("expect");
    const std::string_view name = line.text_at("case");
    EXPECT_EQ(verdict.text_at("case"), name);
    ASSERT_NE(verdict.find("valid"), nullptr) << name << json::write(verdict);
    if (const json::Value* response = expected.find("response")) {
        const json::Value* actual = verdict.find("response");
        if (response->is_null())
            EXPECT_EQ(actual, nullptr) << name;
        else
            EXPECT_TRUE(actual != nullptr && *actual == *response) << name << json::write(verdict);
        return;
    }
    EXPECT_EQ(*verdict.find("valid"), *expected.find("valid")) << name << json::write(verdict);
    EXPECT_EQ(verdict.text_at("reason"), expected.text_at("reason")) << name;
    EXPECT_EQ(verdict.text_at("id"), expected.text_at("id")) << name;
}

class Vectors : public testing::TestWithParam<std::string> {};

TEST_P(Vectors, get_the_expected_verdict) {
    const SchemeLookup find = shipped_schemes();
    std::istringstream lines(read_file(folder + GetParam() + ".jsonl"));
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        const auto parsed = json::read(line);
        ASSERT_TRUE(parsed) << line;
        const auto verdict = json::read(verify_line(line, find));
        ASSERT_TRUE(verdict);
        expect_verdict(*parsed, *verdict);
    }
    EXPECT_GT(count, 0U);
}

INSTANTIATE_TEST_SUITE_P(Shipped, Vectors, testing::ValuesIn(vector_files()),
                         [](const testing::TestParamInfo<std::string>& test) { return test.param; });

TEST(SchemeDocuments, all_compile_and_are_named_after_their_file) {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(TENON_SOURCE_DIR "/core/schemes")) {
        const std::string id = entry.path().stem().string();
        const auto scheme = load_scheme(id);
        if (is_unsigned(id)) {
            EXPECT_FALSE(scheme) << id;
            continue;
        }
        ASSERT_TRUE(scheme) << id << ' ' << id_of(scheme.error().code) << ' ' << scheme.error().field;
        EXPECT_EQ(scheme->id(), id);
        ++count;
    }
    EXPECT_GE(count, 180U);
}

}  // namespace
}  // namespace tenon::webhook
