#include <algorithm>

#include "tenon/execution/plan.hpp"

namespace tenon::execution {

namespace {

std::string text_form(const json::Value& value) {
    return value.is_text() ? value.as_text() : json::write(value);
}

/// The names a fact allows: texts of a list, keys of an object.
std::vector<std::string> names_of(const json::Value& fact) {
    std::vector<std::string> out;
    if (fact.is_array())
        for (const json::Value& item : fact.as_array()) out.push_back(text_form(item));
    if (fact.is_object())
        for (const json::Member& member : fact.as_object()) out.push_back(member.name);
    return out;
}

/// The first member below the target object that a mapping writes.
std::string first_name(std::string_view target) {
    if (target.empty() || target.front() != '/' || !json::is_pointer(target)) return std::string(target);
    return json::pointer_tokens(target).front();
}

std::optional<std::string> missing_target(const json::Value& config, const json::Value& fact) {
    const json::Value* mappings = config.find("field_mappings");
    if (mappings == nullptr || !mappings->is_object()) return std::nullopt;
    const std::vector<std::string> names = names_of(fact);
    for (const json::Member& mapping : mappings->as_object()) {
        const std::string wanted = first_name(mapping.value.text_at("target"));
        if (std::find(names.begin(), names.end(), wanted) == names.end()) return mapping.name;
    }
    return std::nullopt;
}

}  // namespace

Result<json::Value> pick_fact(const catalogue::Step& step, std::string_view body) {
    const std::string at = "/target_config/" + step.keep_as;
    const auto reply = json::read(body);
    if (!reply) return fail(Errc::target_changed, at, "the provider's answer can't be read");
    const json::Value* found = json::resolve(*reply, step.pick);
    const bool is_empty = found == nullptr || found->is_null() ||
                          (found->is_array() && found->as_array().empty()) ||
                          (found->is_object() && found->as_object().empty());
    if (is_empty)
        return fail(Errc::target_changed, at,
                    "the target has no " + step.keep_as + " (is its first row empty?)");
    return *found;
}

Result<Confirmation> confirm_fact(const catalogue::Action& action, const catalogue::Step& step,
                                  const json::Value& config, json::Value fresh) {
    if (!action.columns.empty())
        if (const auto missing = missing_target(config, fresh))
            return fail(Errc::target_changed, "/field_mappings/" + json::escape_token(*missing));
    Confirmation out;
    const json::Value* kept_config = config.find("target_config");
    out.target_config =
        kept_config != nullptr && kept_config->is_object() ? *kept_config : json::Value(json::Object());
    const json::Value* kept = out.target_config.find(step.keep_as);
    out.changed = kept == nullptr || !(*kept == fresh);
    out.target_config.as_object().set(step.keep_as, std::move(fresh));
    return out;
}

std::optional<std::string> unknown_column(const catalogue::Action& action, const json::Value& config) {
    if (action.columns.empty()) return std::nullopt;
    const json::Value* target_config = config.find("target_config");
    if (target_config == nullptr) return std::nullopt;
    for (const catalogue::Step* step : action.reading_steps())
        if (const json::Value* fact = target_config->find(step->keep_as); fact != nullptr)
            if (auto missing = missing_target(config, *fact)) return missing;
    return std::nullopt;
}

}  // namespace tenon::execution
