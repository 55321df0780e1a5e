#pragma once
// Where the schemas are: every schema object of every document with its base URI, and the way from a
// reference to a schema. Nothing is fetched.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tenon/base/json.hpp"
#include "tenon/form/schema.hpp"

namespace tenon::form {

using ResourceId = std::uint32_t;

/// A schema with an identifier of its own, or a document.
struct Resource {
    std::string uri;  // without fragment; empty for a root without $id
    const json::Value* root = nullptr;
    std::map<std::string, const json::Value*, std::less<>> anchors;  // dynamic ones too
    std::map<std::string, const json::Value*, std::less<>> dynamic_anchors;
    bool validates = true;  // its metaschema has the validation vocabulary
    bool asserts_formats = false;
    bool is_supported = true;  // its metaschema is known and asks for nothing unknown
};

struct Place {
    ResourceId resource = 0;
    std::string pointer;  // from the root of its document
};

/// Borrows the documents; both must stay where they are.
class Registry {
public:
    Registry(const json::Value& root, const json::Object& documents, Formats formats);

    /// All places of the root document, in order of discovery.
    [[nodiscard]] const std::vector<const json::Value*>& root_schemas() const { return root_schemas_; }
    /// Only for what root_schemas() or find() gave.
    [[nodiscard]] const Place& place_of(const json::Value* schema) const {
        return places_.at_or_stop(schema);
    }
    [[nodiscard]] const Resource& resource(ResourceId id) const { return resources_[id]; }
    [[nodiscard]] const std::vector<Resource>& resources() const { return resources_; }
    /// The pointer to a schema that is nested too deeply, if there is one.
    [[nodiscard]] const std::optional<std::string>& too_deep() const { return too_deep_; }

    /// The schema that `reference` leads to from a place in `from`; null pointer if it leads nowhere.
    [[nodiscard]] const json::Value* find(ResourceId from, std::string_view reference);

private:
    /// std::map::at without its exception.
    struct Places : std::map<const json::Value*, Place> {
        [[nodiscard]] const Place& at_or_stop(const json::Value* schema) const {
            const auto found = find(schema);
            if (found == end()) __builtin_trap();
            return found->second;
        }
    };

    void add_document(const std::string& uri, const json::Value& root);
    ResourceId add_resource(const std::string& uri, const json::Value& root, const Resource& parent);
    void scan(const json::Value& schema, ResourceId resource, const std::string& pointer, std::size_t depth);
    void scan_parts(const json::Value& schema, ResourceId resource, const std::string& pointer,
                    std::size_t depth);
    void note_names(const json::Value& schema, ResourceId resource);
    void read_metaschema(Resource& resource, std::string_view uri) const;
    [[nodiscard]] std::optional<ResourceId> resource_of(const std::string& uri);
    [[nodiscard]] const json::Value* follow(ResourceId resource, std::string_view pointer);

    const json::Object& documents_;
    Formats formats_;
    json::Value metaschema_;
    std::vector<Resource> resources_;
    std::map<std::string, ResourceId, std::less<>> by_uri_;
    Places places_;
    std::vector<const json::Value*> root_schemas_;
    std::optional<std::string> too_deep_;
    bool scanned_root_ = false;
    bool scanned_all_ = false;
};

/// A schema of our own that accepts what the metaschema of 2020-12 accepts.
[[nodiscard]] json::Value make_metaschema();
inline constexpr std::string_view metaschema_uri = "https://json-schema.org/draft/2020-12/schema";

}  // namespace tenon::form
