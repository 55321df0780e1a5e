#pragma once
// A compiled schema: nodes that refer to each other by number and to the schema's values by address.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "schema_keyword.hpp"
#include "schema_registry.hpp"
#include "tenon/base/pattern.hpp"
#include "tenon/form/schema.hpp"

namespace tenon::form {

using NodeId = std::uint32_t;
inline constexpr NodeId no_node = 0xFFFFFFFF;

struct Keyword {
    Op op = Op::none;
    std::string_view name;               // of the table
    const json::Value* value = nullptr;  // in the schema
    /// The schemas in it: in order of its items or members; `if` has then and else behind it (or no_node).
    std::vector<NodeId> nodes;
    std::size_t count = 0;   // of the keywords with a limit, `contains` (least), `items` (first index)
    bool has_least = false;  // `contains`: from minContains
    std::optional<std::size_t> most;  // `contains`
    std::optional<Pattern> pattern;
};

struct Node {
    enum class Kind : std::uint8_t { accepts, refuses, object };
    Kind kind = Kind::object;
    bool has_unevaluated = false;
    ResourceId resource = 0;
    std::vector<Keyword> keywords;             // unevaluated… last
    const json::Object* properties = nullptr;  // for additionalProperties
    std::vector<Pattern> patterns;             // of patternProperties, in order
    const json::Value* schema = nullptr;
};

struct Schema::Compiled {
    json::Value root;
    json::Object documents;
    std::unique_ptr<Registry> registry;  // holds what the nodes point to besides the two above
    std::vector<Node> nodes;
    NodeId start = 0;
    /// For each name of a $dynamicRef: the node of its dynamic anchor in each resource that has one.
    std::map<std::string, std::map<ResourceId, NodeId>, std::less<>> dynamic;
};

/// Fills `nodes`, `start` and `dynamic`.
[[nodiscard]] Result<void> compile_nodes(Schema::Compiled& compiled);

}  // namespace tenon::form
