#include <algorithm>

#include "schema_assert.hpp"
#include "schema_node.hpp"
#include "schema_trace.hpp"

namespace tenon::form {
namespace {

// Schemas inside one another, references included: a document 64 deep with four schemas a level. It
// must fit into the 64 KiB stack of a WebAssembly module.
constexpr std::size_t deepest_evaluation = 300;
constexpr std::size_t most_evaluations = 2'000'000;

class Validator {
public:
    explicit Validator(const Schema::Compiled& compiled) : compiled_(compiled) {}

    std::vector<Failure> validate(const json::Value& instance) {
        const Path root;
        (void)check(compiled_.start, {instance, root, nullptr}, root);
        if (given_up_) failures_.push_back(std::move(*given_up_));
        std::sort(failures_.begin(), failures_.end(), [](const Failure& a, const Failure& b) {
            if (a.instance_location != b.instance_location) return a.instance_location < b.instance_location;
            return a.keyword_location < b.keyword_location;
        });
        return std::move(failures_);
    }

private:
    /// The value under judgement. `evaluated`: null if nobody asks.
    struct Subject {
        const json::Value& value;
        const Path& where;
        Evaluated* evaluated;

        [[nodiscard]] Subject without_notes() const { return {value, where, nullptr}; }
    };

    bool check(NodeId id, const Subject& subject, const Path& via) {
        const Node& node = compiled_.nodes[id];
        if (node.kind == Node::Kind::accepts) return true;
        if (node.kind == Node::Kind::refuses) return refuse(subject, via, "is not allowed");
        if (depth_ == deepest_evaluation || evaluations_ == most_evaluations) return give_up(subject, via);
        ++evaluations_;
        ++depth_;
        const bool enters = scope_.empty() || scope_.back() != node.resource;
        if (enters) scope_.push_back(node.resource);
        Evaluated evaluated;
        const bool notes = subject.evaluated != nullptr || node.has_unevaluated;
        const Subject inner{subject.value, subject.where, notes ? &evaluated : nullptr};
        bool valid = true;
        for (const Keyword& keyword : node.keywords) {
            if (!apply(node, keyword, inner, via.at(keyword.name))) valid = false;
            if (!valid && is_quiet()) break;
        }
        if (valid && subject.evaluated != nullptr) subject.evaluated->add(evaluated);
        if (enters) scope_.pop_back();
        --depth_;
        return valid;
    }

    bool apply(const Node& node, const Keyword& keyword, const Subject& subject, const Path& via) {
        switch (keyword.op) {
            case Op::ref:
                return check(keyword.nodes[0], subject, via);
            case Op::dynamic_ref:
                return check(dynamic_target(keyword), subject, via);
            case Op::all_of:
                return all_of(keyword, subject, via);
            case Op::any_of:
            case Op::one_of:
                return some_of(keyword, subject, via);
            case Op::negation:
                return negation(keyword, subject, via);
            case Op::condition:
                return condition(keyword, subject, via);
            case Op::dependent_schemas:
            case Op::properties:
            case Op::pattern_properties:
            case Op::additional_properties:
            case Op::property_names:
            case Op::unevaluated_properties:
                return !subject.value.is_object() || apply_to_object(node, keyword, subject, via);
            case Op::prefix_items:
            case Op::items:
            case Op::contains:
            case Op::unevaluated_items:
                return !subject.value.is_array() || apply_to_array(keyword, subject, via);
            default:
                return satisfies(keyword, subject.value) ||
                       refuse(subject, via, error_of(keyword, subject.value));
        }
    }

    bool apply_to_object(const Node& node, const Keyword& keyword, const Subject& subject, const Path& via) {
        switch (keyword.op) {
            case Op::dependent_schemas:
                return dependent_schemas(keyword, subject, via);
            case Op::properties:
                return properties(keyword, subject, via);
            case Op::pattern_properties:
                return pattern_properties(node, keyword, subject, via);
            case Op::property_names:
                return property_names(keyword, subject, via);
            default:
                return other_properties(node, keyword, subject, via);
        }
    }

    bool apply_to_array(const Keyword& keyword, const Subject& subject, const Path& via) {
        switch (keyword.op) {
            case Op::prefix_items:
                return prefix_items(keyword, subject, via);
            case Op::contains:
                return contains(keyword, subject, via);
            default:
                return other_items(keyword, subject, via);
        }
    }

    [[nodiscard]] bool is_quiet() const { return quiet_ > 0; }

    static Failure make_failure(const Subject& subject, const Path& via, std::string error) {
        Failure failure;
        failure.instance_location = subject.where.pointer();
        failure.keyword_location = via.pointer();
        failure.keyword = via.last();
        failure.error = std::move(error);
        return failure;
    }

    bool refuse(const Subject& subject, const Path& via, std::string error) {
        if (!is_quiet()) failures_.push_back(make_failure(subject, via, std::move(error)));
        return false;
    }

    /// Inside a `not` a plain failure would turn into success: this one is kept whatever is around it.
    bool give_up(const Subject& subject, const Path& via) {
        if (!given_up_)
            given_up_ = make_failure(subject, via, "can't be checked: the schema goes too deep or too far");
        return false;
    }

    /// check() without failures written down.
    bool try_check(NodeId id, const Subject& subject, const Path& via) {
        ++quiet_;
        const bool valid = check(id, subject, via);
        --quiet_;
        return valid;
    }

    /// The outermost schema on the way here that has the anchor, else the one that the reference names.
    [[nodiscard]] NodeId dynamic_target(const Keyword& keyword) const {
        const Node& target = compiled_.nodes[keyword.nodes[0]];
        const auto named = compiled_.dynamic.find(target.schema->text_at("$dynamicAnchor"));
        if (named == compiled_.dynamic.end()) return keyword.nodes[0];
        for (const ResourceId resource : scope_)
            if (const auto found = named->second.find(resource); found != named->second.end())
                return found->second;
        return keyword.nodes[0];
    }

    bool all_of(const Keyword& keyword, const Subject& subject, const Path& via) {
        bool valid = true;
        for (std::size_t i = 0; i < keyword.nodes.size(); ++i)
            if (!check(keyword.nodes[i], subject, via.at(i))) valid = false;
        return valid;
    }

    /// anyOf and oneOf. When no branch fits, the failures of all of them are the leaves.
    bool some_of(const Keyword& keyword, const Subject& subject, const Path& via) {
        const std::size_t mark = failures_.size();
        std::size_t fitting = 0;
        for (std::size_t i = 0; i < keyword.nodes.size(); ++i) {
            if (check(keyword.nodes[i], subject, via.at(i))) ++fitting;
            if (fitting == 1 && keyword.op == Op::any_of && subject.evaluated == nullptr) break;
        }
        if (fitting == 0) return false;
        failures_.resize(mark);
        return fitting == 1 || keyword.op == Op::any_of ||
               refuse(subject, via, error_of(keyword, subject.value));
    }

    bool negation(const Keyword& keyword, const Subject& subject, const Path& via) {
        return !try_check(keyword.nodes[0], subject.without_notes(), via) ||
               refuse(subject, via, error_of(keyword, subject.value));
    }

    bool condition(const Keyword& keyword, const Subject& subject, const Path& via) {
        const bool holds = try_check(keyword.nodes[0], subject, via);
        const NodeId branch = keyword.nodes[holds ? 1 : 2];
        return branch == no_node || check(branch, subject, via.parent->at(holds ? "then" : "else"));
    }

    bool dependent_schemas(const Keyword& keyword, const Subject& subject, const Path& via) {
        bool valid = true;
        std::size_t i = 0;
        for (const json::Member& member : keyword.value->as_object()) {
            const NodeId node = keyword.nodes[i++];
            if (subject.value.find(member.name) != nullptr && !check(node, subject, via.at(member.name)))
                valid = false;
        }
        return valid;
    }

    bool check_member(NodeId node, const Subject& subject, const json::Member& member, const Path& via) {
        const Path where = subject.where.at(member.name);
        if (!check(node, {member.value, where, nullptr}, via)) return false;
        note(subject, member);
        return true;
    }

    static void note(const Subject& subject, const json::Member& member) {
        const json::Object& object = subject.value.as_object();
        if (subject.evaluated != nullptr)
            subject.evaluated->add(static_cast<std::size_t>(&member - object.begin()), object.size());
    }

    bool properties(const Keyword& keyword, const Subject& subject, const Path& via) {
        bool valid = true;
        std::size_t i = 0;
        for (const json::Member& part : keyword.value->as_object()) {
            const NodeId node = keyword.nodes[i++];
            const json::Member* member = subject.value.as_object().find_member(part.name);
            if (member != nullptr && !check_member(node, subject, *member, via.at(part.name))) valid = false;
        }
        return valid;
    }

    bool pattern_properties(const Node& node, const Keyword& keyword, const Subject& subject,
                            const Path& via) {
        bool valid = true;
        std::size_t i = 0;
        for (const json::Member& part : keyword.value->as_object()) {
            const Path here = via.at(part.name);
            for (const json::Member& member : subject.value.as_object())
                if (node.patterns[i].is_found_in(member.name) &&
                    !check_member(keyword.nodes[i], subject, member, here))
                    valid = false;
            ++i;
        }
        return valid;
    }

    bool property_names(const Keyword& keyword, const Subject& subject, const Path& via) {
        bool valid = true;
        for (const json::Member& member : subject.value.as_object())
            if (!check(keyword.nodes[0], {json::Value(member.name), subject.where, nullptr}, via))
                valid = false;
        return valid;
    }

    /// additionalProperties and unevaluatedProperties.
    bool other_properties(const Node& node, const Keyword& keyword, const Subject& subject, const Path& via) {
        bool valid = true;
        const json::Object& object = subject.value.as_object();
        for (const json::Member& member : object) {
            const bool is_other =
                keyword.op == Op::additional_properties
                    ? is_additional(node, member.name)
                    : !subject.evaluated->contains(static_cast<std::size_t>(&member - object.begin()));
            if (is_other && !check_member(keyword.nodes[0], subject, member, via)) valid = false;
        }
        return valid;
    }

    static bool is_additional(const Node& node, std::string_view name) {
        if (node.properties != nullptr && node.properties->contains(name)) return false;
        return std::none_of(node.patterns.begin(), node.patterns.end(),
                            [&](const Pattern& pattern) { return pattern.is_found_in(name); });
    }

    bool check_item(NodeId node, const Subject& subject, std::size_t index, const Path& via) {
        const json::Array& items = subject.value.as_array();
        const Path where = subject.where.at(index);
        if (!check(node, {items[index], where, nullptr}, via)) return false;
        if (subject.evaluated != nullptr) subject.evaluated->add(index, items.size());
        return true;
    }

    bool prefix_items(const Keyword& keyword, const Subject& subject, const Path& via) {
        bool valid = true;
        const std::size_t count = std::min(keyword.nodes.size(), subject.value.as_array().size());
        for (std::size_t i = 0; i < count; ++i)
            if (!check_item(keyword.nodes[i], subject, i, via.at(i))) valid = false;
        return valid;
    }

    /// items and unevaluatedItems.
    bool other_items(const Keyword& keyword, const Subject& subject, const Path& via) {
        bool valid = true;
        const std::size_t first = keyword.op == Op::items ? keyword.count : 0;
        for (std::size_t i = first; i < subject.value.as_array().size(); ++i) {
            if (keyword.op == Op::unevaluated_items && subject.evaluated->contains(i)) continue;
            if (!check_item(keyword.nodes[0], subject, i, via)) valid = false;
        }
        return valid;
    }

    /// An item that does not fit is no failure; too few or too many that do is one.
    bool contains(const Keyword& keyword, const Subject& subject, const Path& via) {
        std::size_t fitting = 0;
        ++quiet_;
        for (std::size_t i = 0; i < subject.value.as_array().size(); ++i)
            if (check_item(keyword.nodes[0], subject, i, via)) ++fitting;
        --quiet_;
        bool valid = true;
        if (fitting < keyword.count) {
            const bool named = keyword.has_least;
            valid = refuse(subject, named ? via.parent->at("minContains") : via,
                           error_of(keyword, subject.value));
        }
        if (keyword.most && fitting > *keyword.most)
            valid = refuse(subject, via.parent->at("maxContains"),
                           "has too many items that fit the schema of contains");
        return valid;
    }

    const Schema::Compiled& compiled_;
    std::vector<Failure> failures_;
    std::optional<Failure> given_up_;
    std::vector<ResourceId> scope_;  // resources entered, outermost first
    std::size_t depth_ = 0;
    std::size_t evaluations_ = 0;
    std::size_t quiet_ = 0;  // above zero: failures are not written down
};

}  // namespace

std::vector<Failure> Schema::validate(const json::Value& instance) const {
    return Validator(*compiled_).validate(instance);
}

}  // namespace tenon::form
