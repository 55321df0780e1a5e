#pragma once
// Counters, gauges and histograms, and their text for GET /metrics. Built on prometheus-cpp's core (its HTTP
// server is not used). Created at start-up by the module that counts, passed around by reference, no globals.

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
}  // namespace prometheus

namespace tenon {

/// Handles are small, copied freely, valid as long as their Metrics. Threads: any. Cost: tens of nanoseconds.
class Counter {
public:
    void add(double amount = 1);  ///< `amount` >= 0.
    [[nodiscard]] double value() const;

private:
    friend class Metrics;
    explicit Counter(prometheus::Counter& counter) : counter_(&counter) {}
    prometheus::Counter* counter_;
};

class Gauge {
public:
    void set(double value);
    void add(double amount);
    [[nodiscard]] double value() const;

private:
    friend class Metrics;
    explicit Gauge(prometheus::Gauge& gauge) : gauge_(&gauge) {}
    prometheus::Gauge* gauge_;
};

class Histogram {
public:
    void observe(double value);

private:
    friend class Metrics;
    explicit Histogram(prometheus::Histogram& histogram) : histogram_(&histogram) {}
    prometheus::Histogram* histogram_;
};

using MetricLabels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

/// All metrics of one process. Asking again for the same name and labels gives the same counter. Throws
/// std::logic_error (a fault) for a name in another kind, an invalid name, or a label that would name an
/// organisation: those would grow without bound and tell one customer about another.
class Metrics {
public:
    Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;
    ~Metrics();

    [[nodiscard]] Counter counter(std::string_view name, std::string_view help, MetricLabels labels = {});
    [[nodiscard]] Gauge gauge(std::string_view name, std::string_view help, MetricLabels labels = {});
    /// `bounds`: upper bounds, ascending; the last bucket (+Inf) is added.
    [[nodiscard]] Histogram histogram(std::string_view name, std::string_view help,
                                      const std::vector<double>& bounds, MetricLabels labels = {});

    /// The text exposition format, version 0.0.4.
    [[nodiscard]] std::string text() const;
    static constexpr std::string_view content_type = "text/plain; version=0.0.4; charset=utf-8";

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tenon
