#include "api/openapi.hpp"

#include "api/routes.hpp"
#include "api_world.hpp"

namespace tenon::api {
namespace {

struct OpenApi : testing::ApiWorld {
    json::Value document = json::read(openapi).value();

    static void collect_refs(const json::Value& value, std::vector<std::string>& refs) {
        if (value.is_array())
            for (const auto& item : value.as_array()) collect_refs(item, refs);
        if (value.is_object())
            for (const auto& member : value.as_object()) {
                if (member.name == "$ref" && member.value.is_text()) refs.push_back(member.value.as_text());
                collect_refs(member.value, refs);
            }
    }
};

TEST_F(OpenApi, every_route_is_in_it_once) {
    std::size_t operations = 0;
    for (const auto& path : document.find("paths")->as_object()) operations += path.value.as_object().size();
    EXPECT_EQ(operations, routes().size());
}

TEST_F(OpenApi, every_reference_leads_somewhere) {
    std::vector<std::string> refs;
    collect_refs(document, refs);
    EXPECT_GT(refs.size(), 100U);
    for (const auto& ref : refs) {
        ASSERT_TRUE(ref.starts_with("#/")) << ref;
        EXPECT_NE(json::resolve(document, ref.substr(1)), nullptr) << ref;
    }
}

TEST_F(OpenApi, every_path_parameter_is_described) {
    for (const auto& path : document.find("paths")->as_object())
        for (const auto& operation : path.value.as_object()) {
            std::size_t described = 0;
            for (const auto& parameter : operation.value.find("parameters")->as_array())
                if (parameter.text_at("in") == "path") {
                    ++described;
                    EXPECT_NE(path.name.find("{" + std::string(parameter.text_at("name")) + "}"),
                              std::string::npos);
                }
            EXPECT_EQ(described,
                      static_cast<std::size_t>(std::count(path.name.begin(), path.name.end(), '{')))
                << path.name;
        }
}

TEST_F(OpenApi, it_is_served_as_it_was_written) {
    const auto answer = send("GET", "/openapi.json", {});
    EXPECT_EQ(answer.response.body, openapi);
    EXPECT_EQ(answer.text("openapi"), "3.1.0");
}

}  // namespace
}  // namespace tenon::api
