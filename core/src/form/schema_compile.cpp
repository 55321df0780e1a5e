#include <algorithm>
#include <set>

#include "ecma_pattern.hpp"
#include "schema_format.hpp"
#include "schema_node.hpp"

namespace tenon::form {
namespace {

/// Works through a list, never recursively: a chain of references may be as long as the schema.
class Compiler {
public:
    explicit Compiler(Schema::Compiled& compiled) : compiled_(compiled), registry_(*compiled.registry) {}

    Result<void> compile() {
        if (registry_.too_deep())
            return fail(Errc::schema_malformed, *registry_.too_deep(), "nested too deeply");
        compiled_.start = node_of(&compiled_.root);
        for (const json::Value* schema : registry_.root_schemas()) (void)node_of(schema);
        for (NodeId next = 0; next < compiled_.nodes.size();) {
            for (; next < compiled_.nodes.size(); ++next) TENON_CHECK(fill(next));
            add_dynamic_anchors();
        }
        if (registry_.too_deep())
            return fail(Errc::schema_malformed, *registry_.too_deep(), "nested too deeply");
        return refuse_endless_references();
    }

private:
    NodeId node_of(const json::Value* schema) {
        const auto [place, is_new] = ids_.emplace(schema, static_cast<NodeId>(compiled_.nodes.size()));
        if (is_new) {
            Node node;
            node.schema = schema;
            node.resource = registry_.place_of(schema).resource;
            compiled_.nodes.push_back(std::move(node));
        }
        return place->second;
    }

    [[nodiscard]] std::string pointer_to(NodeId id, std::string_view keyword) const {
        const std::string& pointer = registry_.place_of(compiled_.nodes[id].schema).pointer;
        return pointer + "/" + std::string(keyword);
    }

    Result<void> fill(NodeId id) {
        const json::Value& schema = *compiled_.nodes[id].schema;
        if (schema.is_boolean()) {
            compiled_.nodes[id].kind = schema.as_boolean() ? Node::Kind::accepts : Node::Kind::refuses;
            return {};
        }
        const std::string& pointer = registry_.place_of(&schema).pointer;
        if (!schema.is_object())
            return fail(Errc::schema_malformed, pointer, "a schema is an object or a boolean");
        const Resource& resource = registry_.resource(compiled_.nodes[id].resource);
        if (!resource.is_supported)
            return fail(Errc::not_supported, registry_.place_of(resource.root).pointer + "/$schema",
                        "only JSON Schema 2020-12 and metaschemas of its vocabularies");
        const bool validates = resource.validates;  // a reference may add resources and move this one
        std::vector<Keyword> last;
        for (const json::Member& member : schema.as_object()) {
            const KeywordRow* row = find_keyword(member.name);
            if (row == nullptr) continue;
            if (!has_shape(member.value, row->shape))
                return fail(Errc::schema_malformed, pointer_to(id, member.name),
                            "not a value for this keyword");
            if (row->op == Op::none || (row->vocabulary == Vocabulary::validation && !validates)) continue;
            TENON_TRY(Keyword keyword, make_keyword(id, *row, member.value));
            if (keyword.op == Op::none) continue;
            const bool is_last = row->op == Op::unevaluated_items || row->op == Op::unevaluated_properties;
            (is_last ? last : compiled_.nodes[id].keywords).push_back(std::move(keyword));
        }
        Node& node = compiled_.nodes[id];
        node.has_unevaluated = !last.empty();
        for (Keyword& keyword : last) node.keywords.push_back(std::move(keyword));
        return {};
    }

    Result<Keyword> make_keyword(NodeId id, const KeywordRow& row, const json::Value& value) {
        Keyword keyword;
        keyword.op = row.op;
        keyword.name = row.name;
        keyword.value = &value;
        switch (row.shape) {
            case Shape::schema:
                keyword.nodes.push_back(node_of(&value));
                break;
            case Shape::schemas:
                for (const json::Value& item : value.as_array()) keyword.nodes.push_back(node_of(&item));
                break;
            case Shape::schema_map:
                for (const json::Member& member : value.as_object())
                    keyword.nodes.push_back(node_of(&member.value));
                break;
            case Shape::count:
                keyword.count = count_of(value);
                break;
            default:
                break;
        }
        TENON_CHECK(add_details(id, keyword));
        return keyword;
    }

    /// A limit beyond the host's numbers is as good as none.
    static std::size_t count_of(const json::Value& value) {
        const std::optional<std::int64_t> count = value.as_number().to_int64();
        constexpr std::int64_t enough = 1'000'000'000;
        return static_cast<std::size_t>(std::min(count.value_or(enough), enough));
    }

    Result<void> add_details(NodeId id, Keyword& keyword) {
        switch (keyword.op) {
            case Op::ref:
            case Op::dynamic_ref:
                return add_target(id, keyword);
            case Op::condition:
                return add_branches(id, keyword);
            case Op::contains:
                return add_limits(id, keyword);
            case Op::items:
                return add_first_index(id, keyword);
            case Op::properties:
                compiled_.nodes[id].properties = &keyword.value->as_object();
                return {};
            case Op::pattern_properties:
                return add_patterns(id, keyword);
            case Op::pattern:
                return add_pattern(id, keyword);
            case Op::format:
                return add_format(id, keyword);
            case Op::unique_items:
                if (!keyword.value->as_boolean()) keyword.op = Op::none;
                return {};
            default:
                return {};
        }
    }

    Result<void> add_target(NodeId id, Keyword& keyword) {
        const std::string& reference = keyword.value->as_text();
        const json::Value* target = registry_.find(compiled_.nodes[id].resource, reference);
        if (target == nullptr) return fail(Errc::ref_unresolved, pointer_to(id, keyword.name));
        keyword.nodes.push_back(node_of(target));
        if (keyword.op == Op::ref) return {};
        const std::string_view name = target->text_at("$dynamicAnchor");
        const std::size_t hash = reference.find('#');
        if (name.empty() || hash == std::string::npos || std::string_view(reference).substr(hash + 1) != name)
            keyword.op = Op::ref;  // without an anchor to look for it is an ordinary reference
        else
            compiled_.dynamic[std::string(name)];
        return {};
    }

    Result<void> add_branches(NodeId id, Keyword& keyword) {
        for (const std::string_view name : {"then", "else"}) {
            const json::Value* branch = compiled_.nodes[id].schema->find(name);
            if (branch != nullptr && !has_shape(*branch, Shape::schema))
                return fail(Errc::schema_malformed, pointer_to(id, name), "not a value for this keyword");
            keyword.nodes.push_back(branch == nullptr ? no_node : node_of(branch));
        }
        return {};
    }

    Result<void> add_limits(NodeId id, Keyword& keyword) {
        keyword.count = 1;
        if (!registry_.resource(compiled_.nodes[id].resource).validates) return {};
        for (const std::string_view name : {"minContains", "maxContains"}) {
            const json::Value* limit = compiled_.nodes[id].schema->find(name);
            if (limit == nullptr) continue;
            if (!has_shape(*limit, Shape::count))
                return fail(Errc::schema_malformed, pointer_to(id, name), "not a value for this keyword");
            if (name == "maxContains") {
                keyword.most = count_of(*limit);
                continue;
            }
            keyword.count = count_of(*limit);
            keyword.has_least = true;
        }
        return {};
    }

    Result<void> add_first_index(NodeId id, Keyword& keyword) {
        const json::Value* prefix = compiled_.nodes[id].schema->find("prefixItems");
        keyword.count = prefix != nullptr && prefix->is_array() ? prefix->as_array().size() : 0;
        return {};
    }

    Result<void> add_patterns(NodeId id, Keyword& keyword) {
        for (const json::Member& member : keyword.value->as_object()) {
            Result<Pattern> pattern = compile_ecma_pattern(member.name);
            if (!pattern)
                return fail(Errc::pattern_unsupported,
                            pointer_to(id, keyword.name) + "/" + json::escape_token(member.name));
            compiled_.nodes[id].patterns.push_back(std::move(*pattern));
        }
        return {};
    }

    Result<void> add_pattern(NodeId id, Keyword& keyword) {
        Result<Pattern> pattern = compile_ecma_pattern(keyword.value->as_text());
        if (!pattern) return fail(Errc::pattern_unsupported, pointer_to(id, keyword.name));
        keyword.pattern = std::move(*pattern);
        return {};
    }

    Result<void> add_format(NodeId id, Keyword& keyword) {
        if (!registry_.resource(compiled_.nodes[id].resource).asserts_formats) keyword.op = Op::none;
        const FormatSupport support = format_support(keyword.value->as_text());
        if (support == FormatSupport::unknown) keyword.op = Op::none;
        if (keyword.op != Op::none && support == FormatSupport::not_checked)
            return fail(Errc::not_supported, pointer_to(id, keyword.name), "this format can't be asserted");
        return {};
    }

    void add_dynamic_anchors() {
        for (auto& [name, nodes] : compiled_.dynamic)
            for (std::size_t i = 0; i < registry_.resources().size(); ++i) {
                const auto& anchors = registry_.resources()[i].dynamic_anchors;
                if (const auto found = anchors.find(name); found != anchors.end())
                    nodes[static_cast<ResourceId>(i)] = node_of(found->second);
            }
    }

    /// The nodes that are always applied to the very value that `node` is applied to.
    [[nodiscard]] std::vector<NodeId> in_place(const Node& node) const {
        std::vector<NodeId> out;
        for (const Keyword& keyword : node.keywords) {
            switch (keyword.op) {
                case Op::ref:
                case Op::dynamic_ref:
                case Op::all_of:
                case Op::any_of:
                case Op::one_of:
                case Op::negation:
                    out.insert(out.end(), keyword.nodes.begin(), keyword.nodes.end());
                    break;
                case Op::condition:
                    out.push_back(keyword.nodes[0]);
                    break;
                default:
                    break;
            }
        }
        return out;
    }

    /// A schema that always comes back to itself on the same value would never end.
    Result<void> refuse_endless_references() {
        enum class State : std::uint8_t { fresh, open, done };
        struct Step {
            NodeId id;
            std::vector<NodeId> rest;
        };
        std::vector<State> states(compiled_.nodes.size(), State::fresh);
        for (NodeId root = 0; root < compiled_.nodes.size(); ++root) {
            std::vector<Step> path;
            const auto enter = [&](NodeId id) {
                states[id] = State::open;
                path.push_back({id, in_place(compiled_.nodes[id])});
            };
            if (states[root] == State::fresh) enter(root);
            while (!path.empty()) {
                Step& step = path.back();
                if (step.rest.empty()) {
                    states[step.id] = State::done;
                    path.pop_back();
                    continue;
                }
                const NodeId next = step.rest.back();
                step.rest.pop_back();
                if (states[next] == State::open)
                    return fail(Errc::schema_malformed,
                                registry_.place_of(compiled_.nodes[next].schema).pointer,
                                "refers to itself without end");
                if (states[next] == State::fresh) enter(next);
            }
        }
        return {};
    }

    Schema::Compiled& compiled_;
    Registry& registry_;
    std::map<const json::Value*, NodeId> ids_;
};

}  // namespace

Result<void> compile_nodes(Schema::Compiled& compiled) { return Compiler(compiled).compile(); }

}  // namespace tenon::form
