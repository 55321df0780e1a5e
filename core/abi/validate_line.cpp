#include "validate_line.hpp"

#include "tenon/base/json.hpp"
#include "tenon/form/schema.hpp"

namespace tenon::form {
namespace {

Result<json::Object> answer(std::string_view line) {
    // A schema and its instance may hold U+0000, unlike what the mapping rules read.
    TENON_TRY(const json::Value request, json::read(line, limits::json_depth, json::ZeroCharacter::accepted));
    if (!request.is_object()) return fail(Errc::not_an_object);
    const json::Value* schema = request.find("schema");
    const json::Value* data = request.find("data");
    const json::Value* documents = request.find("documents");
    const json::Value* formats = request.find("format_assertion");
    if (schema == nullptr || data == nullptr) return fail(Errc::malformed_request);
    if (documents != nullptr && !documents->is_object()) return fail(Errc::malformed_request);
    if (formats != nullptr && !formats->is_boolean()) return fail(Errc::malformed_request);
    const bool asserts = formats != nullptr && formats->as_boolean();
    auto compiled = Schema::compile(*schema, documents != nullptr ? documents->as_object() : json::Object(),
                                    asserts ? Formats::assert_them : Formats::annotate);
    if (!compiled) {
        json::Object error{{"code", id_of(compiled.error().code)}, {"pointer", compiled.error().field}};
        return json::Object{{"error", std::move(error)}};
    }
    json::Array errors;
    for (Failure& failure : compiled->validate(*data))
        errors.push_back(json::Object{{"instance_location", std::move(failure.instance_location)},
                                      {"keyword_location", std::move(failure.keyword_location)},
                                      {"error", std::move(failure.error)}});
    json::Object document;
    document.append("valid", errors.empty());
    document.append("errors", std::move(errors));
    return document;
}

}  // namespace

std::string validate_line(std::string_view line) {
    auto document = answer(line);
    if (!document) document = json::Object{{"error", json::Object{{"code", id_of(document.error().code)}}}};
    return json::write(std::move(*document));
}

}  // namespace tenon::form
