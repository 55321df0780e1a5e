#include "schema_registry.hpp"

#include "schema_keyword.hpp"
#include "uri.hpp"

namespace tenon::form {
namespace {

constexpr std::size_t deepest_schema = 64;
constexpr std::string_view vocabulary_prefix = "https://json-schema.org/draft/2020-12/vocab/";

std::string without_empty_fragment(std::string_view uri) {
    if (!uri.empty() && uri.back() == '#') uri.remove_suffix(1);
    return std::string(uri);
}

std::string resolved(std::string_view base, std::string_view reference) {
    return resolve_uri(split_uri(base), split_uri(reference)).without_fragment();
}

bool is_known_vocabulary(std::string_view uri) {
    if (uri.substr(0, vocabulary_prefix.size()) != vocabulary_prefix) return false;
    uri.remove_prefix(vocabulary_prefix.size());
    for (const std::string_view name : {"core", "applicator", "unevaluated", "validation", "meta-data",
                                        "format-annotation", "format-assertion", "content"})
        if (uri == name) return true;
    return false;
}

}  // namespace

Registry::Registry(const json::Value& root, const json::Object& documents, Formats formats)
    : documents_(documents), formats_(formats) {
    add_document("", root);
    scanned_root_ = true;
}

void Registry::add_document(const std::string& uri, const json::Value& root) {
    if (by_uri_.find(uri) != by_uri_.end()) return;
    Resource defaults;
    defaults.asserts_formats = formats_ == Formats::assert_them;
    const std::string_view id = root.text_at("$id");
    const ResourceId resource = add_resource(id.empty() ? uri : resolved(uri, id), root, defaults);
    by_uri_.emplace(uri, resource);
    note_names(root, resource);
    scan_parts(root, resource, "", 1);
}

ResourceId Registry::add_resource(const std::string& uri, const json::Value& root, const Resource& parent) {
    const auto id = static_cast<ResourceId>(resources_.size());
    Resource resource;
    resource.uri = uri;
    resource.root = &root;
    resource.validates = parent.validates;
    resource.asserts_formats = parent.asserts_formats;
    resource.is_supported = parent.is_supported;
    if (const json::Value* metaschema = root.find("$schema"); metaschema != nullptr && metaschema->is_text())
        read_metaschema(resource, metaschema->as_text());
    resources_.push_back(std::move(resource));
    by_uri_.emplace(uri, id);
    return id;
}

/// What a `$schema` that is not the standard one changes.
void Registry::read_metaschema(Resource& resource, std::string_view uri) const {
    const std::string wanted = without_empty_fragment(uri);
    if (wanted == metaschema_uri) return;
    const json::Value* metaschema = documents_.find(wanted);
    const json::Value* vocabularies = metaschema == nullptr ? nullptr : metaschema->find("$vocabulary");
    resource.is_supported = vocabularies != nullptr && vocabularies->is_object();
    if (!resource.is_supported) return;
    resource.validates = vocabularies->find(std::string(vocabulary_prefix) + "validation") != nullptr;
    if (vocabularies->find(std::string(vocabulary_prefix) + "format-assertion") != nullptr)
        resource.asserts_formats = true;
    for (const json::Member& member : vocabularies->as_object())
        if (!is_known_vocabulary(member.name) && member.value == json::Value(true))
            resource.is_supported = false;
}

void Registry::note_names(const json::Value& schema, ResourceId resource) {
    Resource& owner = resources_[resource];
    if (const std::string_view name = schema.text_at("$anchor"); !name.empty())
        owner.anchors.emplace(name, &schema);
    if (const std::string_view name = schema.text_at("$dynamicAnchor"); !name.empty()) {
        owner.anchors.emplace(name, &schema);
        owner.dynamic_anchors.emplace(name, &schema);
    }
}

void Registry::scan(const json::Value& schema, ResourceId resource, const std::string& pointer,
                    std::size_t depth) {
    if (!schema.is_object() && !schema.is_boolean()) return;
    if (places_.find(&schema) != places_.end()) return;
    if (depth > deepest_schema) {
        if (!too_deep_) too_deep_ = pointer;
        return;
    }
    if (const std::string_view id = schema.text_at("$id"); !id.empty() && id != "#") {
        const std::string uri = resolved(resources_[resource].uri, id);
        resource = add_resource(uri, schema, resources_[resource]);
    }
    note_names(schema, resource);
    scan_parts(schema, resource, pointer, depth);
}

void Registry::scan_parts(const json::Value& schema, ResourceId resource, const std::string& pointer,
                          std::size_t depth) {
    places_.emplace(&schema, Place{resource, pointer});
    if (!scanned_root_) root_schemas_.push_back(&schema);
    if (!schema.is_object()) return;
    for (const json::Member& member : schema.as_object()) {
        const KeywordRow* row = find_keyword(member.name);
        if (row == nullptr) continue;
        const std::string here = pointer + "/" + member.name;
        if (row->shape == Shape::schema) {
            scan(member.value, resource, here, depth + 1);
        } else if (row->shape == Shape::schemas && member.value.is_array()) {
            const json::Array& items = member.value.as_array();
            for (std::size_t i = 0; i < items.size(); ++i)
                scan(items[i], resource, here + "/" + json::Value(i).as_number().plain(), depth + 1);
        } else if (row->shape == Shape::schema_map && member.value.is_object()) {
            for (const json::Member& part : member.value.as_object())
                scan(part.value, resource, here + "/" + json::escape_token(part.name), depth + 1);
        }
    }
}

std::optional<ResourceId> Registry::resource_of(const std::string& uri) {
    if (const auto found = by_uri_.find(uri); found != by_uri_.end()) return found->second;
    for (const json::Member& document : documents_)
        if (without_empty_fragment(document.name) == uri) {
            add_document(uri, document.value);
            return by_uri_.find(uri)->second;
        }
    if (uri == metaschema_uri) {
        metaschema_ = make_metaschema();
        add_document(uri, metaschema_);
        return by_uri_.find(uri)->second;
    }
    if (scanned_all_) return std::nullopt;
    scanned_all_ = true;  // it may be a schema inside a document that nothing has led to yet
    for (const json::Member& document : documents_)
        add_document(without_empty_fragment(document.name), document.value);
    return resource_of(uri);
}

const json::Value* Registry::find(ResourceId from, std::string_view reference) {
    const Uri uri = resolve_uri(split_uri(resources_[from].uri), split_uri(reference));
    const std::optional<ResourceId> resource = resource_of(uri.without_fragment());
    const std::optional<std::string> fragment = percent_decode(uri.fragment.value_or(""));
    if (!resource || !fragment) return nullptr;
    if (fragment->empty()) return resources_[*resource].root;
    if ((*fragment)[0] == '/') return follow(*resource, *fragment);
    const auto& anchors = resources_[*resource].anchors;
    const auto found = anchors.find(*fragment);
    return found == anchors.end() ? nullptr : found->second;
}

/// A pointer may lead to a schema that no keyword leads to; its base is then that of the schema around it.
const json::Value* Registry::follow(ResourceId resource, std::string_view pointer) {
    if (!json::is_pointer(pointer)) return nullptr;
    const json::Value* value = resources_[resource].root;
    Place around = places_.at_or_stop(value);
    for (const std::string& token : json::pointer_tokens(pointer)) {
        const std::string step = "/" + json::escape_token(token);
        value = json::resolve(*value, step);
        if (value == nullptr) return nullptr;
        around.pointer += step;
        if (const auto known = places_.find(value); known != places_.end()) around = known->second;
    }
    if (!value->is_object() && !value->is_boolean()) return nullptr;
    scan(*value, around.resource, around.pointer, 1);
    return value;
}

}  // namespace tenon::form
