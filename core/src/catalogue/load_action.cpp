#include <array>

#include "load_parts.hpp"
#include "tenon/base/text.hpp"

namespace tenon::catalogue {

namespace {

constexpr std::size_t max_steps = 4;

struct EffectName {
    std::string_view text;
    EffectKind kind;
    std::string_view member;  ///< That names what the kind needs; empty = nothing.
};
constexpr std::array<EffectName, 7> effect_names{{{"none", EffectKind::none, ""},
                                                  {"header", EffectKind::header, "name"},
                                                  {"client_id", EffectKind::client_id, "at"},
                                                  {"upsert", EffectKind::upsert, ""},
                                                  {"natural", EffectKind::natural, ""},
                                                  {"find", EffectKind::find, "step"},
                                                  {"marker", EffectKind::marker, "column"}}};

Result<Effect> load_effect(const Place& parent) {
    TENON_TRY(const Place place, required(parent, "effect"));
    TENON_TRY(const std::string kind, required_text(place, "kind"));
    for (const EffectName& each : effect_names) {
        if (each.text != kind) continue;
        Effect out{each.kind, {}};
        if (!each.member.empty()) {
            TENON_TRY(out.name, required_text(place, each.member));
        }
        if (out.kind == EffectKind::header) out.name = text::lower_ascii(out.name);
        return out;
    }
    return place.member("kind").wrong("no such effect");
}

Result<Step> load_step(const Place& place) {
    Step out;
    TENON_TRY(out.id, required_text(place, "id"));
    TENON_TRY(const Place request, required(place, "request"));
    if (!request.value->is_object()) return request.wrong("must be an object");
    out.request = *request.value;
    TENON_TRY(out.keep_as, optional_text(place, "keep_as"));
    if (const Place pick = place.member("pick"); pick.exists()) {
        TENON_TRY(out.pick, pointer_of(pick));
    }
    TENON_TRY(const std::int64_t cache, optional_number(place, "cache_s", 0, 0, 86'400));
    out.cache = std::chrono::seconds(cache);
    for (const std::string_view later : {"until", "skip_if"})
        if (place.member(later).exists())
            return fail(Errc::not_supported, place.member(later).at,
                        "this version does not run polled or skipped steps");
    return out;
}

Result<void> load_steps(const Place& place, Action& out) {
    if (const Place request = place.member("request"); request.exists()) {
        if (!request.value->is_object()) return request.wrong("must be an object");
        if (place.member("steps").exists()) return place.wrong("either `request` or `steps`");
        Step step;
        step.id = "request";
        step.request = *request.value;
        out.steps.push_back(std::move(step));
        return {};
    }
    TENON_TRY(const auto steps, items_of(place, "steps"));
    if (steps.empty() || steps.size() > max_steps) return place.wrong("needs a request or one to four steps");
    std::size_t writes = 0;
    for (const Place& item : steps) {
        TENON_TRY(Step step, load_step(item));
        if (!step.is_reading())
            ++writes;
        else if (writes > 0)
            return item.wrong("a reading step can't follow a writing one");
        out.steps.push_back(std::move(step));
    }
    if (writes == 0) return place.member("steps").wrong("needs a writing step");
    if (writes > 1)
        return fail(Errc::not_supported, place.member("steps").at,
                    "this version does not run a second writing step");
    return {};
}

Result<void> load_bounds(const Place& place, Action& out) {
    TENON_TRY(const std::int64_t timeout, optional_number(place, "timeout_ms", 30'000, 1, 300'000));
    out.timeout = std::chrono::milliseconds(timeout);
    TENON_TRY(const std::int64_t retries, optional_number(place, "max_retries", 3, 0, 5));
    out.max_retries = static_cast<std::uint32_t>(retries);
    return {};
}

}  // namespace

Result<Action> load_action(const Place& place) {
    Action out;
    TENON_TRY(out.id, required_text(place, "id"));
    TENON_TRY(out.aliases, texts_of(place, "aliases"));
    TENON_TRY(out.title, required_text(place, "title"));
    TENON_TRY(const std::string effect_class, required_text(place, "class"));
    if (effect_class != "read" && effect_class != "write")
        return place.member("class").wrong("no such class");
    out.is_write = effect_class == "write";
    TENON_TRY(out.auth_kinds, texts_of(place, "auth"));
    TENON_TRY(out.scopes, texts_of(place, "scopes"));
    TENON_TRY(const Place config, required(place, "config"));
    out.config = *config.value;
    TENON_TRY(out.columns, optional_text(place, "columns"));
    TENON_TRY(const auto outputs, members_of(place, "outputs"));
    for (const auto& [name, from] : outputs) {
        TENON_TRY(std::string text, text_of(from));
        if (text.rfind("header:", 0) != 0 && !json::is_pointer(text))
            return from.wrong("must be a JSON Pointer or header:Name");
        out.outputs.push_back({name, std::move(text)});
    }
    TENON_TRY(out.effect, load_effect(place));
    TENON_CHECK(load_bounds(place, out));
    if (const Place reply = place.member("reply"); reply.exists()) {
        TENON_TRY(out.reply, load_reply_rules(reply));
    }
    TENON_CHECK(load_steps(place, out));
    return out;
}

}  // namespace tenon::catalogue
