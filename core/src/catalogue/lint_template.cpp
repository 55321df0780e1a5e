#include "lint_template.hpp"

#include <algorithm>
#include <array>

namespace tenon::catalogue {

namespace {

struct Directive {
    std::string_view name;
    std::array<std::string_view, 2> needed;
    std::array<std::string_view, 3> allowed;
    bool is_pointer;  ///< Whether the directive's own value is a pointer.
};
constexpr std::array<Directive, 10> directives{{{"$value", {}, {"$default"}, true},
                                                {"$lookup", {"$key"}, {"$default"}, true},
                                                {"$each", {"$do"}, {"$as", "$key", "$limit"}, true},
                                                {"$if", {}, {"$then", "$else"}, true},
                                                {"$switch", {"$cases"}, {"$else"}, false},
                                                {"$merge", {}, {}, false},
                                                {"$text", {}, {"$escape", "$max"}, false},
                                                {"$string", {}, {"$max"}, false},
                                                {"$json", {}, {}, false},
                                                {"$literal", {}, {}, false}}};

constexpr std::array<std::string_view, 9> contexts{
    "target", "fields", "config", "message", "message_lines", "meta", "item", "submission", "connection"};

class TemplateLint {
public:
    TemplateLint(const Provider& provider, std::vector<Finding>& findings)
        : provider_(provider), findings_(findings) {}

    void template_at(const json::Value& value, const std::string& at, int depth) {
        if (depth > 40) return add(at, "nested too deeply");
        if (value.is_array()) {
            std::size_t index = 0;
            for (const json::Value& item : value.as_array())
                template_at(item, at + "/" + std::to_string(index++), depth + 1);
        } else if (value.is_object()) {
            object_at(value.as_object(), at, depth);
        }
    }

    /// Each `{ptr}` of a path or base.
    void holes_of(std::string_view text, const std::string& at) {
        std::size_t open = 0;
        while ((open = text.find('{', open)) != std::string_view::npos) {
            const std::size_t close = text.find('}', open);
            if (close == std::string_view::npos) return add(at, "a brace is not closed");
            pointer_at(text.substr(open + 1, close - open - 1), at);
            open = close;
        }
    }

    void pointer_at(std::string_view pointer, const std::string& at) {
        if (pointer.empty() || !json::is_pointer(pointer))
            return add(at, "not a JSON Pointer into the context");
        const auto tokens = json::pointer_tokens(pointer);
        if (std::find(contexts.begin(), contexts.end(), tokens.front()) == contexts.end())
            return add(at, "no such context");
        if (tokens.front() != "connection" || tokens.size() < 2) return;
        const auto& variables = provider_.variables;
        const bool declared = std::any_of(variables.begin(), variables.end(),
                                          [&](const Variable& each) { return each.name == tokens[1]; });
        if (!declared) add(at, "no such variable of the connection");
    }

    void add(const std::string& at, std::string message) { findings_.push_back({at, std::move(message)}); }

private:
    void object_at(const json::Object& object, const std::string& at, int depth) {
        const bool has_directive = std::any_of(object.begin(), object.end(), [](const json::Member& each) {
            return !each.name.empty() && each.name.front() == '$';
        });
        if (has_directive) return directive_at(object, at, depth);
        for (const json::Member& member : object)
            template_at(member.value, at + "/" + json::escape_token(member.name), depth + 1);
    }

    void directive_at(const json::Object& object, const std::string& at, int depth) {
        const auto directive = std::find_if(directives.begin(), directives.end(), [&](const Directive& each) {
            return object.contains(each.name);
        });
        if (directive == directives.end()) return add(at, "no such directive");
        for (const std::string_view name : directive->needed)
            if (!name.empty() && !object.contains(name)) add(at, std::string(name) + " is missing");
        for (const json::Member& member : object) {
            const std::string here = at + "/" + json::escape_token(member.name);
            if (!is_of(*directive, member.name)) {
                add(here, "unknown member of " + std::string(directive->name));
            } else if (member.name == directive->name && directive->is_pointer) {
                if (member.value.is_text())
                    pointer_at(member.value.as_text(), here);
                else
                    add(here, "must be a JSON Pointer");
            } else if (directive->name != "$literal") {
                template_at(member.value, here, depth + 1);
            }
        }
    }

    static bool is_of(const Directive& directive, std::string_view member) {
        const auto in = [&](const auto& list) {
            return std::find(list.begin(), list.end(), member) != list.end();
        };
        return member == directive.name ||
               (!member.empty() && (in(directive.needed) || in(directive.allowed)));
    }

    const Provider& provider_;
    std::vector<Finding>& findings_;
};

}  // namespace

void lint_template(const Provider& provider, const json::Value& request, const std::string& at,
                   std::vector<Finding>& findings) {
    TemplateLint lint(provider, findings);
    if (!request.is_object()) return lint.add(at, "must be an object");
    for (const std::string_view name : {"body", "query", "headers"})
        if (const json::Value* part = request.find(name); part != nullptr)
            lint.template_at(*part, at + "/" + std::string(name), 0);
    for (const std::string_view name : {"base", "path"})
        if (request.find(name) != nullptr) lint.holes_of(request.text_at(name), at + "/" + std::string(name));
    if (request.find("url") != nullptr) lint.pointer_at(request.text_at("url"), at + "/url");
}

}  // namespace tenon::catalogue
