#include "base/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <map>
#include <mutex>
#include <stdexcept>

namespace tenon {
namespace {

using LabelMap = std::map<std::string, std::string>;

LabelMap checked_labels(MetricLabels labels) {
    LabelMap map;
    for (const auto& [name, value] : labels) {
        if (name.starts_with("org") || name.starts_with("tenant"))
            throw std::logic_error("a metric label must not name an organisation");
        map.emplace(name, value);
    }
    return map;
}

}  // namespace

struct Metrics::State {
    prometheus::Registry registry{prometheus::Registry::InsertBehavior::Merge};
};

void Counter::add(double amount) { counter_->Increment(amount); }
double Counter::value() const { return counter_->Value(); }
void Gauge::set(double value) { gauge_->Set(value); }
void Gauge::add(double amount) { gauge_->Increment(amount); }
double Gauge::value() const { return gauge_->Value(); }
void Histogram::observe(double value) { histogram_->Observe(value); }

Metrics::Metrics() : state_(std::make_unique<State>()) {}
Metrics::~Metrics() = default;

Counter Metrics::counter(std::string_view name, std::string_view help, MetricLabels labels) {
    auto& family =
        prometheus::BuildCounter().Name(std::string(name)).Help(std::string(help)).Register(state_->registry);
    return Counter(family.Add(checked_labels(labels)));
}

Gauge Metrics::gauge(std::string_view name, std::string_view help, MetricLabels labels) {
    auto& family =
        prometheus::BuildGauge().Name(std::string(name)).Help(std::string(help)).Register(state_->registry);
    return Gauge(family.Add(checked_labels(labels)));
}

Histogram Metrics::histogram(std::string_view name, std::string_view help, const std::vector<double>& bounds,
                             MetricLabels labels) {
    auto& family = prometheus::BuildHistogram()
                       .Name(std::string(name))
                       .Help(std::string(help))
                       .Register(state_->registry);
    return Histogram(family.Add(checked_labels(labels), bounds));
}

std::string Metrics::text() const {
    return prometheus::TextSerializer().Serialize(state_->registry.Collect());
}

}  // namespace tenon
