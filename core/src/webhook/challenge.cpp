#include "challenge.hpp"

#include "tenon/base/text.hpp"

namespace tenon::webhook {
namespace {

/// How often the part is there, empty or not; one occurrence has a value.
struct Seen {
    std::size_t occurrences = 0;
    std::optional<std::string_view> value;
};

Seen look_at(Request& request, const Part& part) {
    Seen seen;
    if (part.kind == PartKind::query || part.kind == PartKind::form) {
        const Request::Text text =
            part.kind == PartKind::query ? request.query(part.text) : request.form(part.text);
        return {text.occurrences, text.value};
    }
    if (part.kind == PartKind::header) {
        for (const Slot slot : part.slots) {
            const FoundHeader& header = request.header(slot);
            if (header.occurrences > 1) return {header.occurrences, std::nullopt};
        }
    }
    seen.value = request.value(part);
    seen.occurrences = seen.value ? 1 : 0;
    return seen;
}

bool is_detected(Request& request, const ChallengeRule& rule) {
    std::string method(request.delivery().method);
    for (char& c : method)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - ('a' - 'A'));
    if (method != rule.method) return false;
    for (const Detection& detection : rule.detect) {
        const Seen seen = look_at(request, detection.part);
        if (seen.occurrences == 0) return false;
        if (seen.occurrences == 1 && detection.equals && seen.value != std::string_view(*detection.equals))
            return false;
    }
    return true;
}

/// A flag of the config: true, a number other than zero, or a text that isn't empty, `false` or `0`.
bool is_set(Request& request, const Part& part) {
    const auto value = request.value(part);
    return value && !value->empty() && *value != "false" && *value != "0";
}

bool is_allowed(Request& request, const ChallengeRule& rule) {
    if (rule.unless && is_set(request, *rule.unless)) return false;
    for (const auto& [part, pattern] : rule.limits) {
        const Seen seen = look_at(request, part);
        if (seen.occurrences != 1 || !seen.value || !text::is_utf8(*seen.value) ||
            !pattern.is_found_in(*seen.value))
            return false;
    }
    for (const Detection& detection : rule.detect)
        if (look_at(request, detection.part).occurrences != 1) return false;
    for (const EqualCheck& check : rule.checks) {
        const auto left = request.value(check.left);
        const auto right = request.value(check.right);
        if (!left || !right || right->empty() || !crypto::equal_constant_time(*left, *right)) return false;
    }
    return true;
}

/// Members in the document's order: providers compare the answer with what their own libraries write.
std::optional<std::string> json_body(Request& request, const ResponseRule& rule) {
    std::string out = "{";
    for (const ResponseRule::JsonMember& member : rule.json) {
        if (out.size() > 1) out += ',';
        json::write_text_to(out, member.name);
        out += ':';
        if (member.text.empty()) {
            out += member.scalar;
            continue;
        }
        const auto text = request.text(member.text);
        if (!text || !text::is_utf8(*text)) return std::nullopt;
        json::write_text_to(out, *text);
    }
    return out + '}';
}

std::optional<Response> respond(Request& request, const ChallengeRule& rule) {
    Response response;
    response.status = rule.respond.status;
    for (const auto& [name, parts] : rule.respond.headers) {
        auto value = request.text(parts);
        if (!value || !text::is_utf8(*value)) return std::nullopt;
        response.headers.emplace_back(name, std::move(*value));
    }
    auto body =
        rule.respond.json.empty() ? request.text(rule.respond.body) : json_body(request, rule.respond);
    if (!body || !text::is_utf8(*body)) return std::nullopt;
    response.body = std::move(*body);
    const auto copy = [&request](const std::optional<Part>& part, std::string& into) {
        if (!part) return true;
        const auto value = request.value(*part);
        if (!value || value->empty() || !text::is_utf8(*value)) return false;
        into = *value;
        return true;
    };
    if (!copy(rule.respond.fetch, response.fetch) || !copy(rule.store_key, response.store_key))
        return std::nullopt;
    return response;
}

}  // namespace

void answer_challenge(Request& request, const ChallengeRule& rule, Verdict& verdict) {
    if (!is_detected(request, rule)) return;
    std::optional<Response> response;
    if ((verdict.valid || !rule.verify_first) && is_allowed(request, rule)) response = respond(request, rule);
    if (!response) {
        response.emplace();
        response->status = rule.refuse_status;
        if (verdict.valid) {
            verdict = Verdict{};
            verdict.reason = Errc::check_failed;
        }
    }
    verdict.response = std::move(response);
}

}  // namespace tenon::webhook
