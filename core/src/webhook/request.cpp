#include "request.hpp"

#include "fields.hpp"
#include "tenon/base/text.hpp"

namespace tenon::webhook {
namespace {

/// `lower` is in lower case.
bool is_header(std::string_view name, std::string_view lower) {
    if (name.size() != lower.size() || lower.empty()) return false;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c) != lower[i]) return false;
    }
    return true;
}

}  // namespace

Request::Request(const Scheme::Plan& plan, const json::Object& config) : plan_(plan), config_(config) {
    header_names_.reserve(plan.headers.size());
    for (const HeaderUse& use : plan.headers)
        header_names_.push_back(text::lower_ascii(resolve(use.name).value_or(std::string_view())));
}

void Request::begin(const Delivery& delivery) {
    delivery_ = &delivery;
    headers_.assign(header_names_.size(), FoundHeader{});
    for (const auto& [name, value] : delivery.headers)
        for (std::size_t slot = 0; slot < header_names_.size(); ++slot)
            if (is_header(name, header_names_[slot]) && headers_[slot].occurrences++ == 0)
                headers_[slot].value = trim_blank(value);
    signature_fields_.clear();
    json_state_ = JsonState::unread;
    base_ = BodyJson::root;
    kept_.clear();
    token_ = nullptr;
    signature_input_ = {};
    url_variant_ = 0;
    part_error_.reset();
}

void Request::all_values(Slot slot, std::vector<std::string_view>& values) const {
    for (const auto& [name, value] : delivery_->headers)
        if (is_header(name, header_names_[slot])) values.push_back(trim_blank(value));
}

bool Request::has_duplicate_header() const {
    for (std::size_t slot = 0; slot < headers_.size(); ++slot)
        if (headers_[slot].occurrences > 1 && plan_.headers[slot].read_by_verify) return true;
    return false;
}

std::optional<std::string_view> Request::resolve(const Name& name) const {
    if (!name.from_config) return name.text;
    const json::Value* value = config_.find(name.text);
    if (value == nullptr || !value->is_text() || value->as_text().empty()) return std::nullopt;
    return value->as_text();
}

std::optional<std::string_view> Request::config_text(std::string_view name) {
    const json::Value* value = config_.find(name);
    if (value == nullptr) return std::nullopt;
    if (value->is_text()) return value->as_text();
    if (value->is_boolean()) return value->as_boolean() ? "true" : "false";
    if (value->is_number()) return keep(value->as_number().canonical());
    return std::nullopt;
}

Request::Text Request::query(std::string_view name) {
    Field field = find_urlencoded(query_of(delivery_->url), name);
    Text found{field.occurrences, std::nullopt};
    if (field.occurrences == 1 && field.is_text) found.value = keep(std::move(field.value));
    return found;
}

FoundHeader Request::header_named(std::string_view name) const {
    const std::string lower = text::lower_ascii(name);
    FoundHeader found;
    for (const auto& [header, value] : delivery_->headers)
        if (is_header(header, lower) && found.occurrences++ == 0) found.value = trim_blank(value);
    return found;
}

std::optional<std::vector<NamedValue>> Request::form_values() const {
    const std::string_view content_type = header_named("content-type").value;
    const std::string media_type = media_type_of(content_type);
    if (media_type == "application/x-www-form-urlencoded") return urlencoded_values(delivery_->body);
    if (media_type == "multipart/form-data") return multipart_values(delivery_->body, content_type);
    return std::vector<NamedValue>();
}

Request::Text Request::form(std::string_view name) {
    const std::string_view content_type = header_named("content-type").value;
    const std::string media_type = media_type_of(content_type);
    Field field;
    if (media_type == "application/x-www-form-urlencoded")
        field = find_urlencoded(delivery_->body, name);
    else if (media_type == "multipart/form-data")
        field = find_multipart(delivery_->body, content_type, name);
    Text found{field.occurrences, std::nullopt};
    if (field.occurrences == 1 && field.is_text) found.value = keep(std::move(field.value));
    return found;
}

const BodyJson* Request::json() {
    if (json_state_ == JsonState::unread) {
        std::optional<std::string_view> document = delivery_->body;
        if (plan_.json_root) document = value(*plan_.json_root);
        json_state_ = document && json_.read(*document) ? JsonState::good : JsonState::bad;
    }
    return json_state_ == JsonState::good ? &json_ : nullptr;
}

bool Request::read_container(std::string_view document) { return container_.read(document); }

bool Request::add_signature_field(SignatureField field) {
    if (signature_field(field.name)) return false;
    signature_fields_.push_back(field);
    return true;
}

std::optional<std::string_view> Request::signature_field(std::string_view name) const {
    for (const SignatureField& field : signature_fields_)
        if (field.name == name) return field.value;
    return std::nullopt;
}

std::string_view Request::keep(std::string bytes) {
    kept_.push_front(std::move(bytes));
    return kept_.front();
}

}  // namespace tenon::webhook
