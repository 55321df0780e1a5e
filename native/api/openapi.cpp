#include "api/openapi.hpp"

#include "api/call.hpp"
#include "api/routes.hpp"
#include "tenon/base/error.hpp"

namespace tenon::api {
namespace {

json::Value ref(std::string_view schema) {
    return json::Object{{"$ref", "#/components/schemas/" + std::string(schema)}};
}

/// `#/$defs/X` of schemas.json becomes `#/components/schemas/X`.
json::Value placed(const json::Value& value) {
    constexpr std::string_view prefix = "#/$defs/";
    if (value.is_array()) {
        json::Array items;
        for (const auto& item : value.as_array()) items.push_back(placed(item));
        return items;
    }
    if (!value.is_object()) return value;
    json::Object object;
    for (const auto& member : value.as_object()) {
        const bool is_ref = member.name == "$ref" && member.value.is_text();
        object.append(member.name, is_ref ? json::Value("#/components/schemas/" +
                                                        member.value.as_text().substr(prefix.size()))
                                          : placed(member.value));
    }
    return object;
}

json::Value components(const Schemas& schemas) {
    json::Object placed_schemas;
    for (const auto& member : schemas.all()) placed_schemas.append(member.name, placed(member.value));
    json::Array codes;
    for (const auto& row : error_table) codes.emplace_back(row.id);
    placed_schemas.set("ErrorCode", json::Object{{"type", "string"}, {"enum", std::move(codes)}});
    json::Object key{{"type", "http"}, {"scheme", "bearer"}, {"description", "An API key: tnk_…"}};
    json::Object cookie{{"type", "apiKey"},
                        {"in", "cookie"},
                        {"name", "tenon_session"},
                        {"description",
                         "From POST /v1/session; on https its name is __Host-tenon_session, and "
                         "unsafe methods also need X-Tenon-CSRF"}};
    return json::Object{
        {"schemas", std::move(placed_schemas)},
        {"securitySchemes", json::Object{{"key", std::move(key)}, {"session", std::move(cookie)}}}};
}

json::Value content(std::string_view media, json::Value schema) {
    return json::Object{{std::string(media), json::Object{{"schema", std::move(schema)}}}};
}

json::Value problem_answer(std::string_view description) {
    return json::Object{{"description", description},
                        {"content", content("application/problem+json", ref("Problem"))}};
}

/// Which refusals a route has follows from what stands in front of its handler.
void add_problems(const Route& route, json::Object& answers) {
    const auto add = [&](int status, std::string_view description) {
        answers.set(std::to_string(status), problem_answer(description));
    };
    if (route.access != Access::open) {
        add(401, "No valid API key or session");
        add(403, "The scope is missing, or the request of a session is not from our page");
    }
    if (route.path.find('{') != std::string_view::npos) add(404, "There is nothing here");
    if (route.body != Body::none)
        add(413, "The body is larger than " + std::to_string(route.body_bytes) + " bytes");
    if (route.body == Body::json || route.body == Body::text) {
        add(400, "The body can't be read");
        add(415, "The body is not application/json");
        add(422, "The body has errors");
    }
    if (route.is_versioned) add(412, "If-Match names another version");
    if (route.is_idempotent) add(409, "A request with this Idempotency-Key is running, or it conflicts");
    answers.set("default", problem_answer("Any other refusal"));
}

json::Value answers_of(const Route& route) {
    json::Object answers;
    for (const auto& wanted : route.answers) {
        if (wanted.status == 0) continue;
        if (wanted.status == status_of(Errc::not_supported)) {
            answers.append(std::to_string(wanted.status), problem_answer("Not supported by this version"));
            continue;
        }
        json::Object shown{{"description", wanted.status < 300 ? "Done" : "Not now"}};
        const bool has_body = wanted.status != 204;
        if (has_body && !wanted.schema.empty())
            shown.set("content", content(wanted.media, ref(wanted.schema)));
        if (has_body && wanted.schema.empty()) shown.set("content", content(wanted.media, json::Object()));
        answers.append(std::to_string(wanted.status), std::move(shown));
    }
    if (route.body == Body::raw)
        answers.set("2XX", json::Object{{"description", "As the provider wants it"}});
    add_problems(route, answers);
    return answers;
}

json::Value header(std::string_view name, std::string_view description) {
    return json::Object{{"name", name},
                        {"in", "header"},
                        {"required", false},
                        {"schema", json::Object{{"type", "string"}}},
                        {"description", description}};
}

json::Value parameters_of(const Route& route) {
    json::Array list;
    for (std::string_view rest = route.path; rest.find('{') != std::string_view::npos;) {
        rest.remove_prefix(rest.find('{') + 1);
        std::string_view name = rest.substr(0, rest.find('}'));
        if (name.ends_with('*')) name.remove_suffix(1);
        list.emplace_back(json::Object{{"name", name},
                                       {"in", "path"},
                                       {"required", true},
                                       {"schema", json::Object{{"type", "string"}}}});
    }
    for (std::string_view rest = route.query; !rest.empty();) {
        const auto end = std::min(rest.find(','), rest.size());
        const auto* known = parameter(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (known == nullptr) continue;
        list.emplace_back(json::Object{{"name", known->name},
                                       {"in", "query"},
                                       {"required", false},
                                       {"schema", placed(stored_json(std::string(known->schema)))},
                                       {"description", known->description}});
    }
    if (route.is_idempotent)
        list.push_back(
            header("Idempotency-Key", "1 to 255 visible ASCII characters; answers are kept 24 hours"));
    if (route.is_versioned)
        list.push_back(header("If-Match", "\"<version>\"; refused with 412 if another is stored"));
    return list;
}

json::Value operation_of(const Route& route) {
    json::Object operation{{"operationId", route.operation}, {"summary", route.summary}};
    json::Array security;
    if (route.access != Access::open) {
        security.emplace_back(json::Object{{"key", json::Array()}});
        security.emplace_back(json::Object{{"session", json::Array()}});
    }
    operation.set("security", std::move(security));
    if (!route.scope.empty()) operation.set("x-scope", route.scope);
    operation.set("parameters", parameters_of(route));
    if (route.body == Body::json || route.body == Body::text)
        operation.set(
            "requestBody",
            json::Object{{"required", true}, {"content", content("application/json", ref(route.schema))}});
    if (route.body == Body::raw)
        operation.set("requestBody", json::Object{{"content", content("*/*", json::Object())}});
    operation.set("responses", answers_of(route));
    return operation;
}

/// Where a route stands in `paths`; a route of every method is described as POST.
std::pair<std::string, std::string> place_of(const Route& route) {
    std::string path(route.path);
    if (const auto star = path.find("*}"); star != std::string::npos) path.erase(star, 1);
    std::string method(route.method == "*" ? "post" : route.method);
    for (char& c : method)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return {std::move(path), std::move(method)};
}

}  // namespace

std::string write_openapi(const Schemas& schemas, std::string_view server_url, std::string_view version) {
    json::Object paths;
    for (const auto& route : routes()) {
        const auto [path, method] = place_of(route);
        if (!paths.contains(path)) paths.set(path, json::Object());
        paths.find(path)->as_object().set(method, operation_of(route));
    }
    json::Object info{
        {"title", "Tenon"},
        {"version", version},
        {"description", "Connects forms, webhooks and agents to the services people already use."}};
    return write_in_order(json::Object{{"openapi", "3.1.0"},
                                       {"jsonSchemaDialect", "https://json-schema.org/draft/2020-12/schema"},
                                       {"info", std::move(info)},
                                       {"servers", json::Array{json::Object{{"url", server_url}}}},
                                       {"paths", std::move(paths)},
                                       {"components", components(schemas)}});
}

}  // namespace tenon::api
