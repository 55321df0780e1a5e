#include "simulator/faults.hpp"

#include <algorithm>

namespace tenon::simulator {

namespace {

Result<std::int64_t> number(const json::Member& member, std::int64_t low, std::int64_t high) {
    const auto value = member.value.is_number() ? member.value.as_number().to_int64() : std::nullopt;
    if (!value || *value < low || *value > high)
        return fail(Errc::malformed_request, member.name, "must be a whole number in its range");
    return *value;
}

Result<bool> flag(const json::Member& member) {
    if (!member.value.is_boolean())
        return fail(Errc::malformed_request, member.name, "must be true or false");
    return member.value.as_boolean();
}

Result<std::string> text(const json::Member& member) {
    if (!member.value.is_text()) return fail(Errc::malformed_request, member.name, "must be a text");
    return member.value.as_text();
}

Result<Fault::Cut> cut(const json::Member& member) {
    TENON_TRY(const std::string word, text(member));
    if (word == "before") return Fault::Cut::before;
    if (word == "after") return Fault::Cut::after;
    return fail(Errc::malformed_request, member.name, "must be before or after");
}

Result<void> read_member(const json::Member& member, Fault& out) {
    const std::string& name = member.name;
    if (name == "provider") {
        TENON_TRY(out.provider, text(member));
    } else if (name == "status") {
        TENON_TRY(const std::int64_t status, number(member, 200, 599));
        out.status = static_cast<int>(status);
    } else if (name == "retry_after_s") {
        TENON_TRY(out.retry_after_s, number(member, 0, 1'000'000));
    } else if (name == "latency_ms") {
        TENON_TRY(const std::int64_t latency, number(member, 0, 600'000));
        out.latency = std::chrono::milliseconds(latency);
    } else if (name == "times") {
        TENON_TRY(const std::int64_t times, number(member, 1, 1'000'000));
        out.times = static_cast<std::uint32_t>(times);
    } else if (name == "cut") {
        TENON_TRY(out.cut, cut(member));
    } else if (name == "refusal") {
        TENON_TRY(out.refusal, text(member));
    } else if (name == "wrong_token") {
        TENON_TRY(const bool wrong, flag(member));
        if (wrong) out.refusal = "credential_wrong";
    } else if (name == "garbage") {
        TENON_TRY(out.is_garbage, flag(member));
    } else if (name == "slow_body") {
        TENON_TRY(out.is_slow, flag(member));
    } else {
        return fail(Errc::malformed_request, name, "unknown member");
    }
    return {};
}

}  // namespace

Result<void> Faults::add(const json::Value& document) {
    if (!document.is_object()) return fail(Errc::malformed_request, "", "must be an object");
    Fault fault;
    for (const json::Member& member : document.as_object()) TENON_CHECK(read_member(member, fault));
    if (fault.retry_after_s && fault.status == 0) fault.status = 429;
    faults_.push_back(std::move(fault));
    return {};
}

std::optional<Fault> Faults::take(std::string_view provider) {
    const auto found = std::find_if(faults_.begin(), faults_.end(), [&](const Fault& each) {
        return each.provider.empty() || each.provider == provider;
    });
    if (found == faults_.end()) return std::nullopt;
    Fault fault = *found;
    if (--found->times == 0) faults_.erase(found);
    return fault;
}

}  // namespace tenon::simulator
