#include "ingest/dedupe.hpp"

#include <gtest/gtest.h>

#include "ingest/event_type.hpp"

namespace tenon::ingest {
namespace {

webhook::Verdict verdict_with(std::string id, bool is_signed) {
    webhook::Verdict verdict;
    verdict.valid = true;
    verdict.id = std::move(id);
    verdict.id_is_signed = is_signed;
    return verdict;
}

TEST(DedupeTest, a_signed_id_alone_names_the_event) {
    const auto first = dedupe_keys({}, verdict_with("evt_1", true), "digest-a", false);
    const auto second = dedupe_keys({}, verdict_with("evt_1", true), "digest-b", false);
    EXPECT_EQ(first.event, second.event);
    EXPECT_TRUE(first.body.empty()) << "a body that comes again under a signed id is no replay";
}

TEST(DedupeTest, an_unsigned_id_counts_only_together_with_the_body) {
    const auto genuine = dedupe_keys({}, verdict_with("guessed", false), "digest-a", false);
    const auto replay = dedupe_keys({}, verdict_with("guessed", false), "digest-b", false);
    EXPECT_NE(genuine.event, replay.event)
        << "a replay under a guessed id must not displace the genuine event";
}

TEST(DedupeTest, the_same_body_under_another_unsigned_id_is_watched) {
    const auto first = dedupe_keys({}, verdict_with("a", false), "digest", false);
    const auto second = dedupe_keys({}, verdict_with("b", false), "digest", false);
    EXPECT_NE(first.event, second.event);
    EXPECT_EQ(first.body, second.body);
    EXPECT_FALSE(first.body.empty());
}

TEST(DedupeTest, without_an_id_the_body_decides_unless_it_is_empty) {
    EXPECT_EQ(dedupe_keys({}, verdict_with("", false), "digest", false).event,
              dedupe_keys({}, verdict_with("", false), "digest", false).event);
    EXPECT_TRUE(dedupe_keys({}, verdict_with("", false), "digest", true).event.empty());
}

TEST(DedupeTest, a_rule_by_body_ignores_ids_and_none_remembers_nothing) {
    const DedupeRule by_body{DedupeBy::body, std::chrono::hours(1)};
    EXPECT_EQ(dedupe_keys(by_body, verdict_with("a", true), "digest", false).event,
              dedupe_keys(by_body, verdict_with("b", true), "digest", false).event);
    const DedupeRule never{DedupeBy::none, std::chrono::hours(1)};
    EXPECT_TRUE(dedupe_keys(never, verdict_with("a", true), "digest", false).event.empty());
}

http::Request request_with(std::string body) {
    http::Request request;
    request.headers = {{"X-Kind", "push"}};
    request.body = std::move(body);
    return request;
}

TEST(EventTypeTest, is_read_from_a_header_or_a_member_and_is_empty_otherwise) {
    EXPECT_EQ(event_type_of("hdr:x-kind", request_with("")), "push");
    EXPECT_EQ(event_type_of("hdr:absent", request_with("")), "");
    EXPECT_EQ(event_type_of("json:/data/type", request_with(R"({"data":{"type":"paid"}})")), "paid");
    EXPECT_EQ(event_type_of("json:/data/type", request_with(R"({"data":{"type":5}})")), "");
    EXPECT_EQ(event_type_of("json:/type", request_with("not json")), "");
    EXPECT_EQ(event_type_of("", request_with(R"({"type":"x"})")), "");
}

TEST(EventTypeTest, an_endpoint_without_a_list_keeps_everything) {
    EXPECT_TRUE(is_wanted({}, ""));
    EXPECT_TRUE(is_wanted({"a", "b"}, "b"));
    EXPECT_FALSE(is_wanted({"a", "b"}, "c"));
}

}  // namespace
}  // namespace tenon::ingest
