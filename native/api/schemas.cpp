#include "api/schemas.hpp"

#include <set>

#include "api/routes.hpp"

namespace tenon::api {
namespace {

constexpr std::string_view prefix = "#/$defs/";

/// Adds the names of all schemas that `value` refers to, and of those that they refer to.
void collect(const json::Object& all, const json::Value& value, std::set<std::string, std::less<>>& names) {
    if (value.is_array())
        for (const auto& item : value.as_array()) collect(all, item, names);
    if (!value.is_object()) return;
    for (const auto& member : value.as_object()) {
        if (member.name != "$ref" || !member.value.is_text()) {
            collect(all, member.value, names);
            continue;
        }
        const auto name = std::string_view(member.value.as_text()).substr(prefix.size());
        if (!names.emplace(name).second) continue;
        if (const auto* target = all.find(name)) collect(all, *target, names);
    }
}

/// One schema with only those it needs: compiling all of them for every body would cost start-up time.
Result<form::Schema> compile(const json::Object& all, std::string_view name) {
    json::Object root{{"$ref", std::string(prefix) + std::string(name)}};
    std::set<std::string, std::less<>> names;
    collect(all, root, names);
    json::Object needed;
    for (const auto& each : names) {
        const auto* schema = all.find(each);
        if (schema == nullptr) return fail(Errc::internal, each, "schemas.json lacks this schema");
        needed.set(each, *schema);
    }
    root.set("$defs", std::move(needed));
    auto compiled = form::Schema::compile(root, {}, form::Formats::assert_them);
    if (!compiled)
        return fail(Errc::internal, std::string(name) + compiled.error().field, compiled.error().detail);
    return compiled;
}

}  // namespace

Result<Schemas> Schemas::load() {
    Schemas schemas;
    TENON_TRY(json::Value read, json::read(embedded_schemas()));
    schemas.all_ = std::move(read.as_object());
    for (const auto& route : routes()) {
        if (route.body != Body::json || schemas.compiled_.contains(route.schema)) continue;
        TENON_TRY(form::Schema compiled, compile(schemas.all_, route.schema));
        schemas.compiled_.emplace(route.schema, std::move(compiled));
    }
    return schemas;
}

json::Array Schemas::check(std::string_view name, const json::Value& body) const {
    json::Array errors;
    for (const auto& failure : compiled_.find(name)->second.validate(body))
        errors.emplace_back(json::Object{
            {"pointer", failure.instance_location}, {"code", "schema_invalid"}, {"message", failure.error}});
    return errors;
}

}  // namespace tenon::api
