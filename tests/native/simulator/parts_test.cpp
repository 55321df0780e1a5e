#include <gtest/gtest.h>

#include "simulator/faults.hpp"
#include "simulator/fill_in.hpp"
#include "simulator/journal.hpp"
#include "simulator/tables.hpp"

namespace tenon::simulator {
namespace {

json::Value read_json(std::string_view text) {
    auto value = json::read(text);
    EXPECT_TRUE(value.has_value()) << text;
    return value ? std::move(*value) : json::Value();
}

std::string ranged(std::string_view text) {
    const auto range = Range::parse(text);
    if (!range) return "none";
    return range->sheet + "|" + std::to_string(range->first_row) + "," + std::to_string(range->first_column) +
           "-" + std::to_string(range->end_row) + "," + std::to_string(range->end_column);
}

TEST(RangeTest, reads_a1_notation) {
    EXPECT_EQ(ranged("Leads"), "Leads|0,0-0,0");
    EXPECT_EQ(ranged("'Ann''s tab'!A1"), "Ann's tab|0,0-1,1");
    EXPECT_EQ(ranged("Leads!1:1"), "Leads|0,0-1,0");
    EXPECT_EQ(ranged("Leads!A5:C5"), "Leads|4,0-5,3");
    EXPECT_EQ(ranged("Leads!AA2:AB"), "Leads|1,26-0,28");
    for (const char* bad :
         {"", "'Ann's tab'!A1", "''!A1", "'open", "Leads!", "Leads!A", "Leads!A0", "Leads!5:1", "Leads!AAAA1",
          "Leads!a1", "Leads!1:", "Leads!A1:B2:C3", "Leads!12345678:1"})
        EXPECT_EQ(ranged(bad), "none") << bad;
}

TEST(TablesTest, a_null_cell_is_left_as_it_is) {
    Tables tables;
    tables.load(read_json(R"({"f":{"s":[["a","b"]]}})"));
    const auto range = Range::parse("s!A1");
    tables.write("f", *range, read_json(R"([[null,"c"]])").as_array());
    EXPECT_EQ(json::write(json::Value(tables.read("f", *Range::parse("s")))), R"([["a","c"]])");
    EXPECT_EQ(tables.append("f", *range, read_json(R"([["x"]])").as_array()).range, "'s'!A2:A2");
    EXPECT_FALSE(tables.has_sheet("f", "t"));
    EXPECT_FALSE(tables.has_file("g"));
}

TEST(FillInTest, fills_values_texts_and_lists) {
    const json::Value context = read_json(R"({"a":{"b":[1,2]},"t":"x"})");
    const auto filled = [&](const char* reply) {
        const auto value = fill_in(read_json(reply), context);
        return value ? json::write(*value) : std::string("nothing");
    };
    EXPECT_EQ(filled(R"({"v":{"$from":"/a/b"},"w":"<{/t}-{/a/b/0}-{/none}>"})"),
              R"({"v":[1,2],"w":"<x-1->"})");
    EXPECT_EQ(filled(R"({"v":{"$from":"/none"}})"), "{}") << "what is not there is left out";
    EXPECT_EQ(filled(R"({"$each":"/a/b","$do":{"i":{"$from":"/index"},"n":{"$from":"/item"}}})"),
              R"([{"i":0,"n":1},{"i":1,"n":2}])");
    EXPECT_EQ(filled(R"({"$each":"/none","$do":1})"), "[]");
    EXPECT_EQ(filled(R"({"$from":"/none"})"), "nothing");
    EXPECT_EQ(filled(R"("open {/t")"), R"("open {/t")");
}

TEST(FaultsTest, are_used_up_in_order_by_the_provider_they_name) {
    Faults faults;
    ASSERT_TRUE(faults.add(read_json(R"({"provider":"a","status":500,"times":2})")));
    ASSERT_TRUE(faults.add(read_json(R"({"retry_after_s":7})")));
    EXPECT_EQ(faults.take("a")->status, 500);
    EXPECT_EQ(faults.take("b")->status, 429) << "a wait without a status is a 429";
    EXPECT_EQ(faults.take("b"), std::nullopt);
    EXPECT_EQ(faults.take("a")->status, 500);
    EXPECT_EQ(faults.take("a"), std::nullopt);
}

TEST(FaultsTest, refuse_what_they_do_not_know) {
    Faults faults;
    const auto refused = [&](const char* text) {
        const auto added = faults.add(read_json(text));
        return added ? std::string("added") : added.error().field;
    };
    EXPECT_EQ(refused(R"({"staus":500})"), "staus");
    EXPECT_EQ(refused(R"({"status":600})"), "status");
    EXPECT_EQ(refused(R"({"status":"500"})"), "status");
    EXPECT_EQ(refused(R"({"cut":"during"})"), "cut");
    EXPECT_EQ(refused(R"({"garbage":1})"), "garbage");
    EXPECT_EQ(refused(R"({"times":0})"), "times");
    EXPECT_EQ(refused(R"({"latency_ms":600001})"), "latency_ms");
    EXPECT_EQ(refused("[]"), "");
    EXPECT_EQ(refused(R"({"wrong_token":true,"latency_ms":600000})"), "added");
    EXPECT_EQ(faults.take("x")->refusal, "credential_wrong");
}

TEST(JournalTest, keeps_what_came_in_and_counts_what_it_dropped) {
    Journal journal;
    http::Request request;
    request.method = "POST";
    request.query = "a=1";
    request.headers = {{"X-Two", "a"}, {"x-two", "b"}};
    request.body = "{}";
    const auto number = journal.add("p", {request, "/x"}, UnixTime(std::chrono::seconds(1'700'000'000)));
    journal.answered(number, 200);
    EXPECT_EQ(
        json::write(journal.list("p")),
        R"([{"at":"2023-11-14T22:13:20Z","body":"{}","headers":{"x-two":"a, b"},"method":"POST","path":"/x",)"
        R"("provider":"p","query":"a=1","status":200}])");
    EXPECT_EQ(json::write(journal.list("q")), "[]");
    request.body = "\xff";
    journal.add("p", {request, "/x"}, {});
    EXPECT_EQ(json::resolve(journal.list(""), "/1/body_base64")->as_text(), "/w==");
    for (std::size_t i = 0; i < Journal::kept; ++i) journal.add("q", {request, "/x"}, {});
    EXPECT_EQ(json::write(journal.counts()), R"({"dropped":2,"providers":{"p":2,"q":20000},"total":20002})");
    EXPECT_EQ(journal.list("").as_array().size(), Journal::kept);
    journal.answered(number, 500);  // dropped already: nothing happens
    journal.clear();
    EXPECT_EQ(json::write(journal.counts()), R"({"dropped":0,"providers":{},"total":0})");
}

}  // namespace
}  // namespace tenon::simulator
