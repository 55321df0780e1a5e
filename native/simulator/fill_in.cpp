#include "simulator/fill_in.hpp"

namespace tenon::simulator {

namespace {

std::string text_form(const json::Value& value) {
    if (value.is_text()) return value.as_text();
    return value.is_null() ? std::string() : json::write(value);
}

std::string fill_text(std::string_view text, const json::Value& context) {
    std::string out;
    while (true) {
        const std::size_t open = text.find("{/");
        const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
        if (close == std::string_view::npos) return out.append(text);
        out.append(text.substr(0, open));
        const std::string_view pointer = text.substr(open + 1, close - open - 1);
        if (const json::Value* found = json::is_pointer(pointer) ? json::resolve(context, pointer) : nullptr)
            out += text_form(*found);
        text.remove_prefix(close + 1);
    }
}

std::optional<json::Value> each(const json::Value& list, const json::Value& reply,
                                const json::Value& context) {
    json::Array out;
    if (!list.is_array()) return json::Value(std::move(out));
    std::int64_t index = 0;
    for (const json::Value& item : list.as_array()) {
        json::Value inner = context;
        inner.as_object().set("item", item);
        inner.as_object().set("index", json::Value(Decimal(index++)));
        if (auto filled = fill_in(reply, inner)) out.push_back(std::move(*filled));
    }
    return json::Value(std::move(out));
}

}  // namespace

std::optional<json::Value> fill_in(const json::Value& reply, const json::Value& context) {
    if (reply.is_text()) return json::Value(fill_text(reply.as_text(), context));
    if (reply.is_array()) {
        json::Array out;
        for (const json::Value& item : reply.as_array())
            if (auto filled = fill_in(item, context)) out.push_back(std::move(*filled));
        return json::Value(std::move(out));
    }
    if (!reply.is_object()) return reply;
    if (const json::Value* from = reply.find("$from"); from != nullptr) {
        const json::Value* found = json::resolve(context, reply.text_at("$from"));
        return found == nullptr ? std::nullopt : std::optional<json::Value>(*found);
    }
    if (reply.find("$each") != nullptr) {
        const json::Value* list = json::resolve(context, reply.text_at("$each"));
        const json::Value* body = reply.find("$do");
        if (list == nullptr || body == nullptr) return json::Value(json::Array());
        return each(*list, *body, context);
    }
    json::Object out;
    for (const json::Member& member : reply.as_object())
        if (auto filled = fill_in(member.value, context)) out.set(member.name, std::move(*filled));
    return json::Value(std::move(out));
}

}  // namespace tenon::simulator
