#include "app/delivery_rules.hpp"

namespace tenon::app {
namespace {

std::int64_t number_at(const json::Value* object, std::string_view name, std::int64_t otherwise) {
    const auto* value = object != nullptr ? object->find(name) : nullptr;
    return value != nullptr && value->is_number() ? value->as_number().to_int64().value_or(otherwise)
                                                  : otherwise;
}

}  // namespace

ingest::DeliveryRules delivery_rules(const catalogue::Provider* provider) {
    ingest::DeliveryRules rules;
    const auto* webhook = provider != nullptr ? provider->document.find("webhook") : nullptr;
    if (webhook == nullptr) return rules;
    if (const auto* dedupe = webhook->find("dedupe")) {
        const std::string_view by = dedupe->text_at("by");
        rules.dedupe.by = by == "none"   ? ingest::DedupeBy::none
                          : by == "body" ? ingest::DedupeBy::body
                                         : ingest::DedupeBy::event_id;
        rules.dedupe.window =
            std::chrono::seconds(number_at(dedupe, "window_s", rules.dedupe.window.count()));
    }
    rules.event_type = webhook->text_at("event_type");
    if (const auto* reply = webhook->find("reply")) {
        rules.reply_status = static_cast<int>(number_at(reply, "status", rules.reply_status));
        rules.reply_body = reply->text_at("body");
    }
    return rules;
}

}  // namespace tenon::app
