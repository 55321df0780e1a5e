#include "read_reply.hpp"

#include <algorithm>

#include "http_date.hpp"
#include "tenon/base/text.hpp"

namespace tenon::execution {

namespace {

using catalogue::Predicate;
using catalogue::ReplyRules;
using catalogue::WaitForm;
using std::chrono::milliseconds;

constexpr milliseconds wait_cap{3'600'000};
constexpr std::size_t header_characters = 200;

bool status_holds(const Predicate& predicate, int status) {
    if (predicate.statuses.empty() && predicate.status_classes.empty()) return true;
    const auto& exact = predicate.statuses;
    const auto& classes = predicate.status_classes;
    return std::find(exact.begin(), exact.end(), status) != exact.end() ||
           std::find(classes.begin(), classes.end(), status / 100) != classes.end();
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    text = text::trim(text);
    if (text.empty() || text.size() > 12) return std::nullopt;
    std::int64_t out = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        out = out * 10 + (c - '0');
    }
    return out;
}

milliseconds capped(milliseconds wait) { return std::clamp(wait, milliseconds(0), wait_cap); }

std::optional<milliseconds> wait_by(const catalogue::WaitRule& rule, const ReadReply& reply, UnixTime now) {
    if (rule.form == WaitForm::fixed) return rule.fixed;
    const auto header = reply.header(rule.header);
    if (!header || header->size() > header_characters) return std::nullopt;
    if (rule.form == WaitForm::date) {
        const auto date = from_http_date(text::trim(*header));
        if (!date) return std::nullopt;
        return capped(*date - now);
    }
    const auto number = whole_number(*header);
    if (!number) return std::nullopt;
    const std::chrono::seconds seconds(std::min<std::int64_t>(*number, 100'000'000'000));
    if (rule.form == WaitForm::epoch_s) return capped(UnixTime(seconds) - now);
    return capped(seconds);
}

}  // namespace

std::optional<std::string_view> ReadReply::header(std::string_view name) const {
    for (const auto& [each, value] : reply_.headers)
        if (text::equal_ignoring_case(each, name)) return std::string_view(value);
    return std::nullopt;
}

const json::Value* ReadReply::at(std::string_view pointer) const {
    return body_ ? json::resolve(*body_, pointer) : nullptr;
}

bool holds(const Predicate& predicate, const ReadReply& reply) {
    if (!status_holds(predicate, reply.status())) return false;
    std::optional<json::Value> found;
    if (predicate.pointer) {
        if (const json::Value* value = reply.at(*predicate.pointer)) found = *value;
    } else if (!predicate.header.empty()) {
        if (const auto value = reply.header(predicate.header)) found = json::Value(*value);
    } else {
        return true;
    }
    if (predicate.wants_absence) return !found;
    if (!found) return false;
    return !predicate.in ||
           std::find(predicate.in->begin(), predicate.in->end(), *found) != predicate.in->end();
}

std::optional<milliseconds> wait_from(const ReplyRules& rules, const ReadReply& reply, UnixTime now) {
    for (const catalogue::WaitRule& rule : rules.waits)
        if (const auto wait = wait_by(rule, reply, now)) return capped(*wait);
    if (!rules.waits.empty()) return std::nullopt;
    for (const WaitForm form : {WaitForm::seconds, WaitForm::date})  // RFC 9110 10.2.3
        if (const auto wait = wait_by({form, "retry-after", {}}, reply, now)) return wait;
    return std::nullopt;
}

}  // namespace tenon::execution
