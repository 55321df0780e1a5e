#include "tenon/form/schema.hpp"

#include "schema_node.hpp"

namespace tenon::form {

Result<Schema> Schema::compile(const json::Value& schema, const json::Object& documents, Formats formats) {
    const auto compiled = std::make_shared<Compiled>();
    compiled->root = schema;
    compiled->documents = documents;
    if (!schema.is_object() && !schema.is_boolean())
        return fail(Errc::schema_malformed, "", "a schema is an object or a boolean");
    compiled->registry = std::make_unique<Registry>(compiled->root, compiled->documents, formats);
    TENON_CHECK(compile_nodes(*compiled));
    return Schema(compiled);
}

}  // namespace tenon::form
