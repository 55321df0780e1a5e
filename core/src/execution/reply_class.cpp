#include "tenon/execution/reply_class.hpp"

#include <algorithm>

#include "read_reply.hpp"

namespace tenon::execution {

namespace {

using catalogue::Action;
using catalogue::ReplyRules;

constexpr std::size_t code_characters = 100;

/// A word that a provider documents, not a sentence with somebody's answer in it.
bool looks_like_code(std::string_view text) {
    return !text.empty() && text.size() <= code_characters &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '-' || c == '.' || c == ':';
           });
}

std::string code_from(const ReplyRules& rules, const ReadReply& reply) {
    for (const std::string& pointer : rules.code) {
        const json::Value* value = reply.at(pointer);
        if (value == nullptr) continue;
        const std::string text = value->is_text()     ? value->as_text()
                                 : value->is_number() ? json::write(*value)
                                                      : std::string();
        if (looks_like_code(text)) return text;
    }
    return {};
}

std::string request_id_from(const ReplyRules& rules, const ReadReply& reply) {
    constexpr std::string_view prefix = "header:";
    std::string_view text;
    if (rules.request_id.rfind(prefix, 0) == 0) {
        text = reply.header(std::string_view(rules.request_id).substr(prefix.size())).value_or("");
    } else if (!rules.request_id.empty()) {
        const json::Value* value = reply.at(rules.request_id);
        if (value != nullptr && value->is_text()) text = value->as_text();
    }
    return looks_like_code(text) ? std::string(text) : std::string();
}

ReplyClass class_by_status(int status) {
    switch (status) {
        case 401:
            return ReplyClass::auth_expired;
        case 403:
            return ReplyClass::permission;
        case 409:
            return ReplyClass::conflict;
        case 408:
        case 425:
            return ReplyClass::retry;
        case 429:
            return ReplyClass::rate_limited;
        case 501:
        case 505:
            return ReplyClass::permanent;
        default:
            return status >= 500 ? ReplyClass::retry : ReplyClass::permanent;
    }
}

ReplyClass class_of(const ReplyRules& rules, const ReadReply& reply) {
    for (const catalogue::ClassRule& rule : rules.classes)
        if (holds(rule.when, reply)) return rule.is;
    const bool is_success = reply.status() >= 200 && reply.status() < 300;
    // Success by status, but not by the rules, and nothing that says why: no usable answer.
    if (is_success && !reply.is_json()) return ReplyClass::outcome_unknown;
    return class_by_status(reply.status());
}

/// After a byte was sent, "again" is right only where a second arrival changes nothing.
ReplyClass weigh(ReplyClass kind, const Action& action) {
    const bool unsure = kind == ReplyClass::retry || kind == ReplyClass::outcome_unknown;
    if (!unsure) return kind;
    const bool repeatable = action.effect.is_repeatable() || !action.is_write;
    return repeatable ? ReplyClass::retry : ReplyClass::outcome_unknown;
}

bool wants_body(const Action& action) {
    return std::any_of(action.outputs.begin(), action.outputs.end(),
                       [](const catalogue::Output& each) { return each.from.rfind("header:", 0) != 0; });
}

json::Object outputs_from(const Action& action, const ReadReply& reply) {
    constexpr std::string_view prefix = "header:";
    json::Object out;
    for (const catalogue::Output& output : action.outputs) {
        if (output.from.rfind(prefix, 0) == 0) {
            const auto value = reply.header(std::string_view(output.from).substr(prefix.size()));
            if (value) out.set(output.name, *value);
        } else if (const json::Value* value = reply.at(output.from)) {
            out.set(output.name, *value);
        }
    }
    return out;
}

std::string sentence(const Classified& outcome, int status) {
    std::string out(row_of(*outcome.code).sentence);
    out += " (status " + std::to_string(status);
    if (!outcome.provider_code.empty()) out += ", " + outcome.provider_code;
    return out + ")";
}

}  // namespace

Errc code_of(ReplyClass kind) {
    switch (kind) {
        case ReplyClass::auth_expired:
            return Errc::provider_auth_expired;
        case ReplyClass::permission:
            return Errc::provider_permission;
        case ReplyClass::rate_limited:
            return Errc::provider_rate_limited;
        case ReplyClass::retry:
        case ReplyClass::not_applied:
            return Errc::provider_unavailable;
        case ReplyClass::conflict:
            return Errc::provider_conflict;
        case ReplyClass::outcome_unknown:
            return Errc::outcome_unknown;
        case ReplyClass::ok:
        case ReplyClass::permanent:
            return Errc::provider_refused;
    }
    return Errc::provider_refused;
}

Classified classify(const Reply& reply, const ReplyRules& rules, const Action& action, UnixTime now) {
    const ReadReply read(reply);
    Classified out;
    out.request_id = request_id_from(rules, read);
    const bool is_usable = read.is_json() || !wants_body(action);
    if (holds(rules.ok, read) && is_usable) {
        out.kind = ReplyClass::ok;
        out.outputs = outputs_from(action, read);
        return out;
    }
    const ReplyClass kind = holds(rules.ok, read) ? ReplyClass::outcome_unknown : class_of(rules, read);
    out.kind = weigh(kind, action);
    out.code = code_of(out.kind);
    out.provider_code = code_from(rules, read);
    if (out.kind == ReplyClass::rate_limited || out.kind == ReplyClass::retry ||
        out.kind == ReplyClass::not_applied)
        out.wait = wait_from(rules, read, now);
    out.detail = sentence(out, reply.status);
    return out;
}

Classified classify_failure(const Error& error, bool first_byte_sent, const Action& action) {
    Classified out;
    out.code = error.code;
    out.detail = std::string(row_of(error.code).sentence);
    if (!first_byte_sent) {
        out.kind = row_of(error.code).retry == Retry::later ? ReplyClass::not_applied : ReplyClass::permanent;
        return out;
    }
    out.kind = error.code == Errc::reply_too_large
                   ? ReplyClass::outcome_unknown  // asking again gives it again
                   : weigh(ReplyClass::retry, action);
    // A timeout stays a timeout in the record; only its meaning for the next step is "unknown".
    return out;
}

}  // namespace tenon::execution
