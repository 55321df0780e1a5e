#include "tenon/mapping/submission.hpp"

#include <algorithm>

#include "tenon/base/limits.hpp"
#include "tenon/base/text.hpp"
#include "tenon/mapping/shape.hpp"

namespace tenon::mapping {
namespace {

using json::Value;

bool is_longer(std::string_view text, std::size_t characters) {
    return text.size() > characters && text::length(text) > characters;
}

class Walk {
public:
    void visit(const Value& value, const Place& place, std::size_t depth) {
        if (value.is_array())
            visit_array(value.as_array(), place, depth);
        else if (value.is_object())
            visit_object(value.as_object(), place, depth);
        else if (value.is_text() && is_longer(value.as_text(), limits::text_characters))
            report(place, Errc::string_too_long);
    }

    Findings finish() {
        sort_findings(findings_);
        return std::move(findings_);
    }

private:
    // Depth counts values inside values: the root is 1, and a scalar is one deeper than what holds it.
    bool is_too_deep(const Place& place, std::size_t depth) {
        if (depth <= limits::submission_depth) return false;
        report(place, Errc::too_deep);
        return true;
    }

    void visit_object(const json::Object& object, const Place& place, std::size_t depth) {
        if (is_bad_object(object, place)) return;
        for (const json::Member& member : object) {
            const Place at = place.member(member.name);
            if (!is_too_deep(at, depth + 1)) visit(member.value, at, depth + 1);
        }
    }

    bool is_bad_object(const json::Object& object, const Place& place) {
        bool bad = object.size() > limits::object_members;
        if (bad) report(place, Errc::too_many_fields);
        const bool names = std::any_of(object.begin(), object.end(), [](const json::Member& member) {
            return member.name.empty() || is_longer(member.name, limits::name_characters);
        });
        if (names) report(place, Errc::name_length);
        return bad || names;
    }

    void visit_array(const json::Array& items, const Place& place, std::size_t depth) {
        if (items.size() > limits::array_items) return report(place, Errc::array_too_long);
        for (std::size_t i = 0; i < items.size(); ++i) {
            const Place at = place.item(i);
            if (is_too_deep(at, depth + 1)) continue;
            if (items[i].is_text() && is_longer(items[i].as_text(), limits::array_text_characters))
                report(at, Errc::item_too_long);
            else
                visit(items[i], at, depth + 1);
        }
    }

    void report(const Place& place, Errc code) { findings_.push_back(finding(place.pointer(), code)); }

    Findings findings_;
};

}  // namespace

Findings check_submission(const Value& submission) {
    if (!submission.is_object()) return {finding("/submission", Errc::not_an_object)};
    const Place root;
    Walk walk;
    walk.visit(submission, root.member("submission"), 1);
    return walk.finish();
}

}  // namespace tenon::mapping
