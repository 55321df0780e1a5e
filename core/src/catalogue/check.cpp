#include "tenon/base/text.hpp"
#include "tenon/catalogue/validate.hpp"

namespace tenon::catalogue {

std::vector<form::Failure> check_target_config(const Action& action, const json::Value& target_config) {
    const auto schema = form::Schema::compile(action.config);
    if (!schema)
        return {{"", schema.error().field, std::string(id_of(schema.error().code)),
                 "the action's schema does not compile"}};
    return schema->validate(target_config);
}

Result<void> check_credentials(const Auth& auth, const json::Value& fields) {
    if (!fields.is_object()) return fail(Errc::validation_failed, "/fields", "must be an object");
    for (const json::Member& member : fields.as_object())
        if (auth.field(member.name) == nullptr)
            return fail(Errc::validation_failed, "/fields/" + json::escape_token(member.name),
                        "no such field in this kind");
    for (const Field& field : auth.fields) {
        const std::string at = "/fields/" + field.name;
        const json::Value* value = fields.find(field.name);
        if (value == nullptr) return fail(Errc::validation_failed, at, "a required field is missing");
        if (!value->is_text()) return fail(Errc::validation_failed, at, "must be a text");
        if (text::length(value->as_text()) > field.max_length)
            return fail(Errc::validation_failed, at, "is too long");
        if (!field.pattern.matches_all(value->as_text()))
            return fail(Errc::validation_failed, at, "does not have the form of a " + field.label);
    }
    return {};
}

Result<void> check_facts(const Provider& provider, const json::Value& facts) {
    for (const Variable& variable : provider.variables) {
        const json::Value* value = facts.find(variable.name);
        if (value == nullptr) continue;
        if (!value->is_text() || !variable.pattern.matches_all(value->as_text()))
            return fail(Errc::validation_failed, "/" + variable.name,
                        "does not match the pattern of the variable");
    }
    return {};
}

}  // namespace tenon::catalogue
