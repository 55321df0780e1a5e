#include "load_parts.hpp"
#include "tenon/base/text.hpp"

namespace tenon::catalogue {

namespace {

Result<void> load_status(const Place& item, Predicate& out) {
    if (item.value->is_number()) {
        const auto number = item.value->as_number().to_int64();
        if (!number || *number < 100 || *number > 599) return item.wrong("must be a status");
        out.statuses.push_back(static_cast<std::uint16_t>(*number));
        return {};
    }
    TENON_TRY(const std::string text, text_of(item));
    if (text.size() != 3 || text[0] < '1' || text[0] > '5' || text.substr(1) != "xx")
        return item.wrong("must be a status or a class such as 5xx");
    out.status_classes.push_back(static_cast<std::uint8_t>(text[0] - '0'));
    return {};
}

Result<Predicate> load_predicate(const Place& place) {
    if (!place.value->is_object()) return place.wrong("must be an object");
    Predicate out;
    TENON_TRY(const auto statuses, items_of(place, "status"));
    for (const Place& item : statuses) TENON_CHECK(load_status(item, out));
    TENON_TRY(const std::string header, optional_text(place, "header"));
    out.header = text::lower_ascii(header);
    if (const Place pointer = place.member("pointer"); pointer.exists()) {
        TENON_TRY(out.pointer, pointer_of(pointer));
    }
    if (const Place in = place.member("in"); in.exists()) {
        if (!in.value->is_array()) return in.wrong("must be a list");
        out.in = in.value->as_array();
    }
    if (const Place absent = place.member("absent"); absent.exists())
        out.wants_absence = absent.value->is_boolean() && absent.value->as_boolean();
    const bool looks_into_reply = !out.header.empty() || out.pointer.has_value();
    if ((out.in || out.wants_absence) && !looks_into_reply)
        return place.wrong("`in` and `absent` need a pointer or a header");
    if (!looks_into_reply && statuses.empty()) return place.wrong("tests nothing");
    return out;
}

Result<ReplyClass> load_class(const Place& parent) {
    TENON_TRY(const Place place, required(parent, "is"));
    TENON_TRY(const std::string text, text_of(place));
    for (const ReplyClass kind :
         {ReplyClass::auth_expired, ReplyClass::permission, ReplyClass::rate_limited, ReplyClass::retry,
          ReplyClass::not_applied, ReplyClass::permanent, ReplyClass::conflict})
        if (text == name_of(kind)) return kind;
    return place.wrong("no such class");
}

Result<WaitRule> load_wait(const Place& place) {
    WaitRule out;
    if (place.member("fixed_s").exists()) {
        TENON_TRY(const std::int64_t seconds, optional_number(place, "fixed_s", 0, 1, 3600));
        out.form = WaitForm::fixed;
        out.fixed = std::chrono::seconds(seconds);
        return out;
    }
    TENON_TRY(const std::string header, required_text(place, "header"));
    out.header = text::lower_ascii(header);
    TENON_TRY(const std::string form, required_text(place, "as"));
    if (form == "seconds")
        out.form = WaitForm::seconds;
    else if (form == "date")
        out.form = WaitForm::date;
    else if (form == "epoch_s")
        out.form = WaitForm::epoch_s;
    else
        return place.member("as").wrong("no such form");
    return out;
}

}  // namespace

Result<ReplyRules> load_reply_rules(const Place& place) {
    ReplyRules out;
    TENON_TRY(const Place ok, required(place, "ok"));
    TENON_TRY(out.ok, load_predicate(ok));
    TENON_TRY(const auto codes, items_of(place, "code"));
    for (const Place& item : codes) {
        TENON_TRY(std::string pointer, pointer_of(item));
        out.code.push_back(std::move(pointer));
    }
    TENON_TRY(out.request_id, optional_text(place, "request_id"));
    TENON_TRY(const auto classes, items_of(place, "classes"));
    for (const Place& item : classes) {
        ClassRule rule;
        TENON_TRY(const Place when, required(item, "when"));
        TENON_TRY(rule.when, load_predicate(when));
        TENON_TRY(rule.is, load_class(item));
        out.classes.push_back(std::move(rule));
    }
    TENON_TRY(const auto waits, items_of(place, "wait"));
    for (const Place& item : waits) {
        TENON_TRY(WaitRule rule, load_wait(item));
        out.waits.push_back(std::move(rule));
    }
    return out;
}

}  // namespace tenon::catalogue
