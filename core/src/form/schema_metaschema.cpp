#include "schema_registry.hpp"

namespace tenon::form {
namespace {

/// One schema instead of the standard's eight: no metaschema that extends it part by part is served.
constexpr std::string_view text = R"({
"$schema":"https://json-schema.org/draft/2020-12/schema",
"$id":"https://json-schema.org/draft/2020-12/schema",
"$dynamicAnchor":"meta",
"type":["object","boolean"],
"properties":{
"$id":{"$ref":"#/$defs/text","pattern":"^[^#]*#?$"},"$schema":{"$ref":"#/$defs/text"},
"$ref":{"$ref":"#/$defs/text"},"$dynamicRef":{"$ref":"#/$defs/text"},
"$anchor":{"$ref":"#/$defs/anchor"},"$dynamicAnchor":{"$ref":"#/$defs/anchor"},
"$vocabulary":{"type":"object","additionalProperties":{"type":"boolean"}},"$comment":{"$ref":"#/$defs/text"},
"$defs":{"$ref":"#/$defs/map"},"definitions":{"$ref":"#/$defs/map"},
"dependencies":{"type":"object","additionalProperties":
{"anyOf":[{"$dynamicRef":"#meta"},{"$ref":"#/$defs/names"}]}},
"$recursiveAnchor":{"$ref":"#/$defs/anchor"},"$recursiveRef":{"$ref":"#/$defs/text"},
"allOf":{"$ref":"#/$defs/schemas"},"anyOf":{"$ref":"#/$defs/schemas"},"oneOf":{"$ref":"#/$defs/schemas"},
"prefixItems":{"$ref":"#/$defs/schemas"},
"not":{"$dynamicRef":"#meta"},"if":{"$dynamicRef":"#meta"},"then":{"$dynamicRef":"#meta"},
"else":{"$dynamicRef":"#meta"},"items":{"$dynamicRef":"#meta"},"contains":{"$dynamicRef":"#meta"},
"additionalProperties":{"$dynamicRef":"#meta"},"propertyNames":{"$dynamicRef":"#meta"},
"unevaluatedItems":{"$dynamicRef":"#meta"},"unevaluatedProperties":{"$dynamicRef":"#meta"},
"contentSchema":{"$dynamicRef":"#meta"},
"dependentSchemas":{"$ref":"#/$defs/map"},"properties":{"$ref":"#/$defs/map"},
"patternProperties":{"$ref":"#/$defs/map"},
"type":{"anyOf":[{"$ref":"#/$defs/type"},
{"type":"array","items":{"$ref":"#/$defs/type"},"minItems":1,"uniqueItems":true}]},
"enum":{"type":"array"},"examples":{"type":"array"},
"multipleOf":{"type":"number","exclusiveMinimum":0},
"maximum":{"type":"number"},"exclusiveMaximum":{"type":"number"},
"minimum":{"type":"number"},"exclusiveMinimum":{"type":"number"},
"maxLength":{"$ref":"#/$defs/count"},"minLength":{"$ref":"#/$defs/count"},
"maxItems":{"$ref":"#/$defs/count"},"minItems":{"$ref":"#/$defs/count"},
"maxContains":{"$ref":"#/$defs/count"},"minContains":{"$ref":"#/$defs/count"},
"maxProperties":{"$ref":"#/$defs/count"},"minProperties":{"$ref":"#/$defs/count"},
"required":{"$ref":"#/$defs/names"},
"dependentRequired":{"type":"object","additionalProperties":{"$ref":"#/$defs/names"}},
"pattern":{"$ref":"#/$defs/text"},"format":{"$ref":"#/$defs/text"},"title":{"$ref":"#/$defs/text"},
"description":{"$ref":"#/$defs/text"},"contentEncoding":{"$ref":"#/$defs/text"},
"contentMediaType":{"$ref":"#/$defs/text"},
"uniqueItems":{"type":"boolean"},"deprecated":{"type":"boolean"},"readOnly":{"type":"boolean"},
"writeOnly":{"type":"boolean"}
},
"$defs":{
"text":{"type":"string"},
"anchor":{"type":"string","pattern":"^[A-Za-z_][-A-Za-z0-9._]*$"},
"count":{"type":"integer","minimum":0},
"names":{"type":"array","items":{"type":"string"},"uniqueItems":true},
"map":{"type":"object","additionalProperties":{"$dynamicRef":"#meta"}},
"schemas":{"type":"array","minItems":1,"items":{"$dynamicRef":"#meta"}},
"type":{"enum":["array","boolean","integer","null","number","object","string"]}
}
})";

}  // namespace

json::Value make_metaschema() {
    Result<json::Value> value = json::read(text);
    return value ? std::move(*value) : json::Value();
}

}  // namespace tenon::form
