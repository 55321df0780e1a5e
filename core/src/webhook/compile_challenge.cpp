// Handshakes.
#include "compile.hpp"

namespace tenon::webhook {

int Compiler::status(const Item& object, std::string_view name, int otherwise) {
    const auto value = number(object, name);
    if (!value) return otherwise;
    if (*value < 200 || *value > 599) invalid(object.member(name));
    return static_cast<int>(*value);
}

ResponseRule Compiler::response(const Item& item) {
    ResponseRule rule;
    rule.status = status(item, "status", 200);
    if (const Item headers = item.member("headers")) {
        if (!headers.value->is_object()) {
            invalid(headers);
            return rule;
        }
        for (const json::Member& header : headers.value->as_object())
            if (const Item value = headers.member(header.name))
                rule.headers.emplace_back(header.name, message(value));
    }
    if (const Item body = item.member("body")) rule.body = message(body);
    if (const Item members = item.member("json")) {
        if (!members.value->is_object()) {
            invalid(members);
            return rule;
        }
        for (const json::Member& member : members.value->as_object()) {
            ResponseRule::JsonMember out{member.name, {}, {}};
            const Item value{&member.value, &members, member.name};
            if (member.value.is_array())
                out.text = message(value);
            else
                json::write_to(out.scalar, member.value);
            rule.json.push_back(std::move(out));
        }
    }
    if (const Item fetch = item.member("fetch")) rule.fetch = part(fetch);
    return rule;
}

void Compiler::limits(const Item& item, ChallengeRule& rule) {
    if (!item.value->is_object()) return invalid(item);
    for (const json::Member& limit : item.value->as_object()) {
        const Item at{&limit.value, &item, limit.name};
        auto allowed = pattern(at);
        if (!allowed) return;
        rule.limits.emplace_back(part_of_text(at, limit.name), std::move(*allowed));
    }
}

void Compiler::challenge(const Item& item) {
    for_verify = false;
    for_challenge = true;
    ChallengeRule rule;
    rule.method = text(item, "method");
    if (rule.method.empty()) invalid(item);
    const Item detect = item.member("detect");
    for (std::size_t i = 0; i < detect.size(); ++i) {
        const Item one = detect.element(i);
        if (!one.value->is_text()) return invalid(one);
        const std::string_view text = one.value->as_text();
        const std::size_t equals = text.find('=');
        Detection detection{part_of_text(one, text.substr(0, equals)), std::nullopt};
        if (equals != std::string_view::npos) detection.equals = std::string(text.substr(equals + 1));
        rule.detect.push_back(std::move(detection));
    }
    if (const Item unless = item.member("unless")) rule.unless = part(unless);
    if (const Item limit = item.member("limit")) limits(limit, rule);
    rule.checks = checks(item.member("check"));
    const Item respond = item.member("respond");
    if (!respond) return invalid(item);
    rule.respond = response(respond);
    if (const Item store_key = item.member("store_key")) rule.store_key = part(store_key);
    rule.refuse_status = status(item, "refuse_status", 401);
    rule.verify_first = flag(item, "verify_first");
    plan.challenge = std::move(rule);
}

}  // namespace tenon::webhook
