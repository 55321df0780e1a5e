#include "http/problem.hpp"

#include <gtest/gtest.h>

namespace tenon::http {
namespace {

TEST(ProblemTest, writes_the_members_of_the_contract) {
    const Response response = problem({Errc::not_found, "", ""}, "id-1");
    EXPECT_EQ(response.status, 404);
    ASSERT_EQ(response.headers.size(), 1U);
    EXPECT_EQ(response.headers[0], Header("Content-Type", "application/problem+json"));
    EXPECT_EQ(response.body,
              R"({"code":"not_found","detail":"There is nothing here","request_id":"id-1","status":404,)"
              R"("title":"There is nothing here","type":"/problems/not_found"})");
}

TEST(ProblemTest, an_error_with_a_field_explains_itself_in_one_row) {
    const Response response = problem({Errc::config_value, "a/b", "must be x"}, "i");
    EXPECT_NE(
        response.body.find(R"("errors":[{"code":"config_value","message":"must be x","pointer":"/a~1b"}])"),
        std::string::npos)
        << response.body;
    const Response pointer = problem({Errc::config_value, "/a/b", ""}, "i");
    EXPECT_NE(pointer.body.find(R"("pointer":"/a/b")"), std::string::npos) << pointer.body;
}

TEST(ProblemTest, rows_that_are_given_replace_the_errors_own) {
    json::Array rows;
    rows.push_back(problem_row({Errc::too_long, "/x", ""}));
    rows.push_back(problem_row({Errc::too_short, "/y", ""}));
    const auto document = json::read(problem({Errc::validation_failed, "/z", ""}, "i", std::move(rows)).body);
    ASSERT_TRUE(document);
    const json::Value* errors = document->find("errors");
    ASSERT_NE(errors, nullptr);
    ASSERT_EQ(errors->as_array().size(), 2U);
    EXPECT_EQ(errors->as_array()[1].text_at("pointer"), "/y");
}

TEST(ProblemTest, every_code_becomes_a_problem_with_its_own_status) {
    for (std::size_t i = 0; i < error_count; ++i) {
        const auto code = static_cast<Errc>(i);
        EXPECT_EQ(problem({code, "", ""}, "i").status, status_of(code)) << id_of(code);
    }
}

}  // namespace
}  // namespace tenon::http
