#include "simulator/journal.hpp"

#include "tenon/base/bytes.hpp"
#include "tenon/base/text.hpp"

namespace tenon::simulator {

namespace {

json::Object headers_of(const http::Request& request) {
    json::Object out;
    for (const auto& [name, value] : request.headers) {
        const std::string lower = text::lower_ascii(name);
        if (json::Value* before = out.find(lower))
            before->as_text() += ", " + value;
        else
            out.set(lower, text::is_utf8(value) ? json::Value(value) : json::Value(bytes::to_base64(value)));
    }
    return out;
}

}  // namespace

std::uint64_t Journal::add(const std::string& provider, const Exchange& exchange, UnixTime now) {
    json::Object record;
    record.set("provider", provider);
    record.set("method", exchange.request.method);
    record.set("path", exchange.path);
    record.set("query", exchange.request.query);
    record.set("headers", headers_of(exchange.request));
    const std::string& body = exchange.request.body;
    const bool is_text = text::is_utf8(body) && body.find('\0') == std::string::npos;
    record.set(is_text ? "body" : "body_base64", is_text ? body : bytes::to_base64(body));
    record.set("at", to_rfc3339(now));
    record.set("status", json::Value(Decimal(0)));
    entries_.push_back({next_, provider, std::move(record)});
    ++counts_[provider];
    if (entries_.size() > kept) {
        entries_.pop_front();
        ++dropped_;
    }
    return next_++;
}

void Journal::answered(std::uint64_t number, int status) {
    if (entries_.empty() || number < entries_.front().number) return;
    const std::size_t index = number - entries_.front().number;
    if (index < entries_.size()) entries_[index].record.set("status", json::Value(Decimal(status)));
}

void Journal::clear() {
    entries_.clear();
    counts_.clear();
    dropped_ = 0;
}

json::Value Journal::list(std::string_view provider) const {
    json::Array out;
    for (const Entry& entry : entries_)
        if (provider.empty() || entry.provider == provider) out.emplace_back(entry.record);
    return json::Value(std::move(out));
}

json::Value Journal::counts() const {
    json::Object providers;
    std::int64_t total = 0;
    for (const auto& [provider, count] : counts_) {
        providers.set(provider, json::Value(Decimal(count)));
        total += count;
    }
    json::Object out;
    out.set("total", json::Value(Decimal(total)));
    out.set("dropped", json::Value(Decimal(dropped_)));
    out.set("providers", std::move(providers));
    return json::Value(std::move(out));
}

}  // namespace tenon::simulator
