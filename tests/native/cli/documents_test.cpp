#include "cli/documents.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace tenon::cli {
namespace {

namespace fs = std::filesystem;

struct Documents : testing::Test {
    Documents() { fs::create_directories(folder); }
    ~Documents() override { fs::remove_all(folder); }
    void write(const std::string& name, const std::string& text) { std::ofstream(folder / name) << text; }
    /// A built-in document under another id.
    static std::string renamed(const std::string& id) {
        json::Object document = load_catalogue("").value().providers().front().document.as_object();
        document.set("id", id);
        document.set("aliases", json::Array());
        return json::write(document);
    }
    fs::path folder = fs::temp_directory_path() / ("tenon-documents-" + std::to_string(::getpid()));
};

TEST_F(Documents, everything_built_in_can_be_used) {
    const auto catalogue = load_catalogue("");
    ASSERT_TRUE(catalogue) << catalogue.error().field;
    EXPECT_GE(catalogue->providers().size(), 4U);
    const auto found = lint_providers("");
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->find("valid")->as_boolean()) << json::write(*found);
    EXPECT_TRUE(load_schemes().contains("standardwebhooks_v1"));
    EXPECT_TRUE(load_scheme("standardwebhooks_v1"));
    EXPECT_EQ(load_scheme("nobody").error().code, Errc::scheme_unknown);
}

TEST_F(Documents, a_folder_adds_providers) {
    write("mine.json", renamed("mine"));
    const auto catalogue = load_catalogue(folder.string());
    ASSERT_TRUE(catalogue) << catalogue.error().field << catalogue.error().detail;
    EXPECT_NE(catalogue->provider("mine"), nullptr);
}

TEST_F(Documents, a_folder_replaces_nothing) {
    const auto known = load_catalogue("").value().providers().front();
    write(known.id + ".json", json::write(known.document));
    EXPECT_EQ(load_catalogue(folder.string()).error().code, Errc::already_exists);
}

TEST_F(Documents, a_document_that_is_wrong_is_refused_and_named) {
    write("mine.json", "{");
    EXPECT_EQ(load_catalogue(folder.string()).error().code, Errc::provider_invalid);
    write("mine.json", renamed("other"));
    EXPECT_EQ(load_catalogue(folder.string()).error().code, Errc::provider_invalid)
        << "the file's name is the id";
    const auto found = lint_providers(folder.string());
    ASSERT_TRUE(found);
    EXPECT_FALSE(found->find("valid")->as_boolean());
    EXPECT_FALSE(lint_providers((folder / "none").string()));
}

}  // namespace
}  // namespace tenon::cli
