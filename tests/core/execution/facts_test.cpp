#include <gtest/gtest.h>

#include "samples.hpp"
#include "tenon/execution/plan.hpp"

namespace tenon::execution {
namespace {

/// An action that keeps a header row as `columns`.
catalogue::Action action_with_columns() {
    catalogue::Action action;
    action.columns = "column";
    catalogue::Step step;
    step.id = "header";
    step.keep_as = "columns";
    step.pick = "/values/0";
    action.steps.push_back(step);
    return action;
}

json::Value config_with(const std::string& columns, const std::string& targets) {
    return read_json(R"({"target_config":{"id":"s","columns":)" + columns + R"(},"field_mappings":)" +
                     targets + "}");
}

std::string confirm(const json::Value& config, const std::string& fresh) {
    const auto action = action_with_columns();
    const auto done = confirm_fact(action, action.steps.front(), config, read_json(fresh));
    if (!done) return std::string(id_of(done.error().code)) + " " + done.error().field;
    return (done->changed ? "changed " : "same ") + json::write(done->target_config);
}

TEST(FactsTest, picks_the_fact_from_a_reply) {
    const auto step = action_with_columns().steps.front();
    const auto picked = pick_fact(step, R"({"values":[["A","B"]]})");
    ASSERT_TRUE(picked);
    EXPECT_EQ(json::write(*picked), R"(["A","B"])");
    for (const char* body : {"{}", R"({"values":[[]]})", R"({"values":[null]})", "<html>"}) {
        const auto none = pick_fact(step, body);
        ASSERT_FALSE(none) << body;
        EXPECT_EQ(none.error().code, Errc::target_changed);
        EXPECT_EQ(none.error().field, "/target_config/columns");
    }
}

TEST(FactsTest, an_unchanged_fact_confirms_the_plan) {
    EXPECT_EQ(confirm(config_with(R"(["A","B"])", R"({"a":{"target":"A"}})"), R"(["A","B"])"),
              R"(same {"columns":["A","B"],"id":"s"})");
}

TEST(FactsTest, drift_plans_again_while_every_target_exists) {
    EXPECT_EQ(confirm(config_with(R"(["A","B"])", R"({"a":{"target":"A"}})"), R"(["B","A","C"])"),
              R"(changed {"columns":["B","A","C"],"id":"s"})");
}

TEST(FactsTest, a_target_that_is_gone_stops_before_anything_is_written) {
    EXPECT_EQ(confirm(config_with(R"(["A","B"])", R"({"x/y":{"target":"B"}})"), R"(["A"])"),
              "target_changed /field_mappings/x~1y");
}

TEST(FactsTest, names_are_texts_of_a_list_or_keys_of_an_object) {
    const auto action = action_with_columns();
    const auto unknown = [&](const std::string& columns, const std::string& target) {
        return unknown_column(action, config_with(columns, R"({"m":{"target":")" + target + R"("}})"))
            .value_or("none");
    };
    EXPECT_EQ(unknown(R"(["A","2026"])", "A"), "none");
    EXPECT_EQ(unknown(R"(["A",2026])", "2026"), "none") << "a header cell may be a number";
    EXPECT_EQ(unknown(R"(["A"])", "a"), "m") << "exact";
    EXPECT_EQ(unknown(R"({"A":"title"})", "A"), "none");
    EXPECT_EQ(unknown(R"({"A":"title"})", "B"), "m");
    EXPECT_EQ(unknown(R"(["a.b"])", "a.b"), "none") << "dots are part of a name";
    EXPECT_EQ(unknown(R"(["A"])", "/A/0"), "none") << "the first member counts";
    EXPECT_EQ(unknown(R"(["A/B"])", "/A~1B"), "none");
}

TEST(FactsTest, an_action_without_columns_takes_any_name) {
    auto action = action_with_columns();
    action.columns.clear();
    EXPECT_EQ(unknown_column(action, config_with(R"(["A"])", R"({"m":{"target":"Z"}})")), std::nullopt);
    const auto done = confirm_fact(action, action.steps.front(), config_with("[]", R"({"m":{"target":"Z"}})"),
                                   read_json(R"(["A"])"));
    ASSERT_TRUE(done);
    EXPECT_TRUE(done->changed);
}

}  // namespace
}  // namespace tenon::execution
