#include "app/delivery_rules.hpp"

#include <gtest/gtest.h>

namespace tenon::app {
namespace {

ingest::DeliveryRules rules(std::string_view webhook) {
    catalogue::Provider provider;
    provider.document = json::Object{{"webhook", json::read(webhook).value()}};
    return delivery_rules(&provider);
}

TEST(DeliveryRules, without_a_document_the_defaults_hold) {
    EXPECT_EQ(delivery_rules(nullptr).reply_status, 200);
    EXPECT_EQ(delivery_rules(nullptr).dedupe.by, ingest::DedupeBy::event_id);
    const catalogue::Provider silent;
    EXPECT_EQ(delivery_rules(&silent).dedupe.window, std::chrono::hours(72));
}

TEST(DeliveryRules, a_document_says_how_to_deduplicate_and_answer) {
    const auto read = rules(
        R"({"dedupe":{"by":"body","window_s":60},"event_type":"hdr:X","reply":{"status":204,"body":"ok"}})");
    EXPECT_EQ(read.dedupe.by, ingest::DedupeBy::body);
    EXPECT_EQ(read.dedupe.window, std::chrono::seconds(60));
    EXPECT_EQ(read.event_type, "hdr:X");
    EXPECT_EQ(read.reply_status, 204);
    EXPECT_EQ(read.reply_body, "ok");
    EXPECT_EQ(rules(R"({"dedupe":{"by":"none","window_s":0}})").dedupe.by, ingest::DedupeBy::none);
}

}  // namespace
}  // namespace tenon::app
