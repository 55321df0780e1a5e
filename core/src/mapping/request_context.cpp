#include "tenon/base/text.hpp"
#include "tenon/mapping/directive.hpp"

namespace tenon::mapping {

using json::Value;

RequestContext::RequestContext(const RequestInputs& inputs) : inputs_(inputs) {
    const auto set = [this](Slot slot, std::string_view name, const Value* value) {
        members_[slot] = {name, {value, nullptr}};
    };
    set(target, "target", inputs.target);
    set(fields, "fields", nullptr);
    set(config, "config", inputs.config);
    set(message, "message", inputs.message);
    set(message_lines, "message_lines", nullptr);
    set(meta, "meta", inputs.meta);
    set(submission, "submission", inputs.submission);
    set(connection, "connection", inputs.connection);
    set(item_slot, "item", nullptr);
}

Ref RequestContext::find(std::string_view pointer, const Scope* item) {
    members_[item_slot].ref.scope = item;
    const Scope all{members_};
    Ref at{nullptr, &all};
    while (at.scope != nullptr && !pointer.empty()) {
        const std::size_t end = pointer.find('/', 1);
        const std::string_view token = pointer.substr(1, end == pointer.npos ? end : end - 1);
        if (token == "fields") build_fields();
        if (token == "message_lines") build_lines();
        at = member_of(at, token);
        pointer = end == pointer.npos ? std::string_view{} : pointer.substr(end);
    }
    if (at.value != nullptr) return {json::resolve(*at.value, pointer), nullptr};
    return at.scope == &all ? Ref{} : at;
}

Scope RequestContext::whole(const Scope* item) {
    members_[item_slot].ref.scope = item;
    build_fields();
    build_lines();
    return Scope{members_};
}

void RequestContext::build_fields() {
    if (members_[fields].ref.value != nullptr || inputs_.fields == nullptr) return;
    json::Array all;
    all.reserve(inputs_.fields->size());
    for (const Field& field : *inputs_.fields) {
        const Value* value = field.value();
        json::Object entry;
        entry.append("key", field.mapping->key);
        entry.append("target", field.mapping->target);
        entry.append("type", name_of(field.mapping->type));
        entry.append("value", value != nullptr ? *value : Value());
        entry.append("text", value != nullptr ? text_form(*value) : std::string());
        all.emplace_back(std::move(entry));
    }
    fields_ = std::move(all);
    members_[fields].ref.value = &fields_;
}

void RequestContext::build_lines() {
    if (members_[message_lines].ref.value != nullptr) return;
    if (inputs_.message == nullptr || !inputs_.message->is_text()) return;
    json::Array lines;
    std::string_view rest = inputs_.message->as_text();
    for (;;) {
        const std::size_t end = rest.find('\n');
        const std::string_view line = text::trim(rest.substr(0, end));
        if (!line.empty()) lines.emplace_back(line);
        if (end == rest.npos) break;
        rest.remove_prefix(end + 1);
    }
    lines_ = std::move(lines);
    members_[message_lines].ref.value = &lines_;
}

}  // namespace tenon::mapping
