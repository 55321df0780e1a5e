#include "base/metrics.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>

namespace tenon {
namespace {

TEST(MetricsTest, exposes_counters_gauges_and_histograms_as_text) {
    Metrics metrics;
    metrics.counter("tenon_requests_total", "Requests", {{"status", "200"}}).add();
    metrics.counter("tenon_requests_total", "Requests", {{"status", "200"}}).add(2);
    metrics.gauge("tenon_open", "Open").set(4);
    metrics.histogram("tenon_seconds", "Time", {0.1, 1}).observe(0.5);
    const std::string text = metrics.text();
    for (const char* expected :
         {"# TYPE tenon_requests_total counter", "tenon_requests_total{status=\"200\"} 3", "tenon_open 4",
          "tenon_seconds_bucket{le=\"0.1\"} 0", "tenon_seconds_bucket{le=\"1\"} 1", "tenon_seconds_count 1"})
        EXPECT_NE(text.find(expected), std::string::npos) << expected << "\n" << text;
}

TEST(MetricsTest, the_same_name_and_labels_are_the_same_counter) {
    Metrics metrics;
    Counter first = metrics.counter("a", "A", {{"k", "v"}});
    metrics.counter("a", "A", {{"k", "v"}}).add(5);
    metrics.counter("a", "A", {{"k", "w"}}).add(7);
    EXPECT_EQ(first.value(), 5);
}

TEST(MetricsTest, refuses_labels_that_would_name_an_organisation) {
    Metrics metrics;
    for (const char* label : {"organisation", "org", "organisation_id", "tenant"})
        EXPECT_THROW((void)metrics.counter("a", "A", {{label, "x"}}), std::logic_error) << label;
}

TEST(MetricsTest, refuses_names_that_are_none_and_names_of_another_kind) {
    Metrics metrics;
    (void)metrics.counter("a", "A");
    EXPECT_THROW((void)metrics.gauge("a", "A"), std::logic_error);
    EXPECT_THROW((void)metrics.gauge("a b", "A"), std::logic_error);
    EXPECT_THROW((void)metrics.gauge("b", "A", {{"1", "x"}}), std::logic_error);
}

}  // namespace
}  // namespace tenon
