#pragma once
// Action templates are JSON in which an object with a member starting with `$` is a directive
// (spec/MAPPING.md 8). Evaluation is bounded: number of directives, and size of what they produce.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "tenon/mapping/field.hpp"
#include "tenon/mapping/scope.hpp"
#include "tenon/mapping/shape.hpp"

namespace tenon::mapping {

/// What an action template may read. All borrowed, all outlive the evaluation; null pointers are absent.
struct RequestInputs {
    const std::vector<Field>* fields = nullptr;
    const json::Value* target = nullptr;
    const json::Value* config = nullptr;  ///< `target_config`
    const json::Value* message = nullptr;
    const json::Value* meta = nullptr;
    const json::Value* submission = nullptr;
    const json::Value* connection = nullptr;
};

/// The values that pointers of a template lead to: `/target /fields /config /message /message_lines /meta
/// /submission /connection /item`. `/fields` and `/message_lines` are built when they are first asked for.
class RequestContext {
public:
    explicit RequestContext(const RequestInputs& inputs);
    RequestContext(const RequestContext&) = delete;
    RequestContext& operator=(const RequestContext&) = delete;

    /// What is at `pointer` (valid, see json::is_pointer); absent = neither value nor scope.
    [[nodiscard]] Ref find(std::string_view pointer, const Scope* item);
    /// The whole context as one scope, for mustache.
    [[nodiscard]] Scope whole(const Scope* item);

private:
    enum Slot : std::size_t {
        target,
        fields,
        config,
        message,
        message_lines,
        meta,
        submission,
        connection,
        item_slot,
        slots
    };
    void build_fields();
    void build_lines();

    const RequestInputs& inputs_;
    Named members_[slots];
    json::Value fields_;
    json::Value lines_;
};

using Maybe = std::optional<json::Value>;  ///< Nothing: the member, item, header or body is left out.
using Evaluated = tl::expected<Maybe, Finding>;

/// Evaluates the templates of one request.
class Evaluator {
public:
    /// `warnings` gets truncated and items_dropped, at `/request`.
    Evaluator(RequestContext& context, Findings& warnings) : context_(context), warnings_(warnings) {}

    /// Errors: action_invalid, case_unknown, request_too_large, at the place in the template.
    [[nodiscard]] Evaluated evaluate(const json::Value& pattern, const Place& place);
    /// What is at a pointer of the context, copied; nothing if absent.
    [[nodiscard]] Maybe at(std::string_view pointer);

private:
    struct Parts;  // the members of one directive
    [[nodiscard]] Evaluated object(const json::Object& members, const Place& place);
    [[nodiscard]] Evaluated array(const json::Array& items, const Place& place);
    [[nodiscard]] Evaluated directive(const json::Object& members, const Place& place);
    [[nodiscard]] Evaluated value(const Parts& parts);
    [[nodiscard]] Evaluated lookup(const Parts& parts);
    [[nodiscard]] Evaluated each(const Parts& parts);
    [[nodiscard]] Evaluated each_item(const Parts& parts, const json::Value& from);
    [[nodiscard]] Evaluated branch(const Parts& parts);
    [[nodiscard]] Evaluated choice(const Parts& parts);
    [[nodiscard]] Evaluated merge(const Parts& parts);
    [[nodiscard]] Evaluated text(const Parts& parts);
    [[nodiscard]] Evaluated string(const Parts& parts);
    [[nodiscard]] Evaluated json_text(const Parts& parts);
    [[nodiscard]] Evaluated fallback(const Parts& parts, Maybe found);
    [[nodiscard]] Evaluated cut(const Parts& parts, std::string text);
    [[nodiscard]] tl::expected<std::optional<std::size_t>, Finding> limit_of(const Parts& parts,
                                                                             std::string_view name);
    [[nodiscard]] Evaluated produced(json::Value value, const Place& place);
    void warn(Errc code, std::size_t from, std::size_t to);

    RequestContext& context_;
    Findings& warnings_;
    /// Compiled once, however often a loop comes by.
    struct CompiledText {
        const json::Value* source;
        Template compiled;
    };
    [[nodiscard]] const Template* compiled_text(const json::Value& source);

    const Scope* item_ = nullptr;
    std::size_t directives_ = 0;
    std::size_t produced_ = 0;
    std::size_t visited_ = 0;  // template nodes
    std::vector<std::unique_ptr<CompiledText>> texts_;
};

}  // namespace tenon::mapping
