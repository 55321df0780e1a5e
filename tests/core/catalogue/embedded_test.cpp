#include "tenon/catalogue/embedded.hpp"

#include <gtest/gtest.h>

#include "documents.hpp"

namespace tenon::catalogue {
namespace {

TEST(EmbeddedTest, every_document_is_built_in_byte_for_byte) {
    ASSERT_GE(embedded_providers().size(), 4U);
    for (const EmbeddedFile& each : embedded_providers())
        EXPECT_EQ(each.text, file_text("core/providers/" + std::string(each.name) + ".json")) << each.name;
    ASSERT_GE(embedded_schemes().size(), 100U);
    for (const EmbeddedFile& each : embedded_schemes())
        EXPECT_EQ(each.text, file_text("core/schemes/" + std::string(each.name) + ".json")) << each.name;
    EXPECT_EQ(embedded_provider_schema(), file_text("core/providers/schema.json"));
}

TEST(EmbeddedTest, tables_are_sorted_and_without_the_schema) {
    std::string_view last;
    for (const EmbeddedFile& each : embedded_providers()) {
        EXPECT_LT(last, each.name);
        EXPECT_NE(each.name, "schema");
        last = each.name;
    }
}

TEST(EmbeddedTest, the_built_in_providers_make_a_catalogue) {
    std::vector<Provider> providers;
    for (const EmbeddedFile& each : embedded_providers()) {
        auto provider = load(read_json(std::string(each.text)));
        ASSERT_TRUE(provider) << each.name << provider.error().field << provider.error().detail;
        EXPECT_EQ(provider->id, each.name);
        providers.push_back(std::move(*provider));
    }
    const auto catalogue = Catalogue::create(std::move(providers));
    ASSERT_TRUE(catalogue) << catalogue.error().field;
    for (const Provider& provider : catalogue->providers())
        for (const Action& action : provider.actions)
            EXPECT_TRUE(catalogue->action_template(provider.id, action.id)) << provider.id << action.id;
}

}  // namespace
}  // namespace tenon::catalogue
