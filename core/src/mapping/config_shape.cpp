#include "config_shape.hpp"

#include "tenon/base/limits.hpp"
#include "tenon/mapping/template.hpp"

namespace tenon::mapping {
namespace {

using Form = Shape::Form;

constexpr std::int64_t long_text = 10'000;
constexpr std::int64_t name_length = limits::name_characters;

bool is_small_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool is_id(std::string_view text, std::string_view extra) {
    if (text.empty() || !is_small_or_digit(text[0])) return false;
    for (const char c : text)
        if (!is_small_or_digit(c) && extra.find(c) == extra.npos) return false;
    return true;
}
bool is_provider_id(std::string_view text) { return is_id(text, "_-"); }
bool is_action_id(std::string_view text) { return is_id(text, "_-."); }

bool is_escape_name(std::string_view text) { return escape_from(text).has_value(); }

bool is_currency(std::string_view text) {
    for (const char c : text)
        if (c < 'A' || c > 'Z') return false;
    return true;
}

/// `2026-03-29T01:00:00Z`; that it is a real time is a question of meaning.
bool is_utc_time(std::string_view text) {
    constexpr std::string_view picture = "0000-00-00T00:00:00Z";
    if (text.size() != picture.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (picture[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != picture[i]) return false;
    return true;
}

constexpr Shape text_up_to(std::int64_t most, std::int64_t least = 0) {
    return {.form = Form::text, .least = least, .most = most};
}
constexpr Shape integer(std::int64_t least, std::int64_t most) {
    return {.form = Form::integer, .least = least, .most = most};
}
constexpr Shape choice(std::span<const std::string_view> choices) {
    return {.form = Form::text, .choices = choices};
}
constexpr Shape object(std::span<const MemberShape> members) {
    return {.form = Form::object, .members = members};
}

constexpr Shape any{};
constexpr Shape boolean{.form = Form::boolean};
constexpr Shape id_text = text_up_to(200);
constexpr Shape name_text = text_up_to(name_length);

// --- transform
constexpr std::string_view simple_ops[] = {"trim", "uppercase", "lowercase", "collapse_whitespace"};
constexpr std::string_view rounding_modes[] = {"half_up", "half_even", "up", "down", "floor", "ceiling"};
constexpr Shape replace_find = text_up_to(name_length, 1);
constexpr Shape marker = text_up_to(20);
constexpr Shape truncate_max = integer(1, long_text);
constexpr Shape split_separator = text_up_to(100, 1);
constexpr Shape join_separator = text_up_to(100);
constexpr Shape round_digits = integer(0, 20);
constexpr Shape round_mode = choice(rounding_modes);
constexpr Shape scale_power = integer(-20, 20);
constexpr Shape format_text = text_up_to(100, 1);

constexpr MemberShape simple_members[] = {{"op", &any, true}};
constexpr MemberShape default_members[] = {{"op", &any, true}, {"value", &any, true}};
constexpr MemberShape truncate_members[] = {
    {"op", &any, true}, {"max", &truncate_max, true}, {"marker", &marker}};
constexpr MemberShape replace_members[] = {
    {"op", &any, true}, {"find", &replace_find, true}, {"with", &name_text, true}};
constexpr MemberShape affix_members[] = {{"op", &any, true}, {"text", &name_text, true}};
constexpr MemberShape split_members[] = {{"op", &any, true}, {"separator", &split_separator, true}};
constexpr MemberShape join_members[] = {{"op", &any, true}, {"separator", &join_separator}};
constexpr MemberShape round_members[] = {
    {"op", &any, true}, {"digits", &round_digits}, {"mode", &round_mode}};
constexpr MemberShape scale_members[] = {{"op", &any, true}, {"power", &scale_power, true}};
constexpr MemberShape format_members[] = {{"op", &any, true}, {"format", &format_text, true}};

struct OperationShape {
    std::string_view name;
    Shape shape;
};
constexpr OperationShape operation_shapes[] = {
    {"trim", object(simple_members)},      {"uppercase", object(simple_members)},
    {"lowercase", object(simple_members)}, {"collapse_whitespace", object(simple_members)},
    {"default", object(default_members)},  {"truncate", object(truncate_members)},
    {"replace", object(replace_members)},  {"prefix", object(affix_members)},
    {"suffix", object(affix_members)},     {"split", object(split_members)},
    {"join", object(join_members)},        {"round", object(round_members)},
    {"scale", object(scale_members)},      {"format_date", object(format_members)},
};

constexpr Shape simple_op = choice(simple_ops);

void report(const Place& place, Errc code, Findings& findings) {
    findings.push_back(finding(place.pointer(), code));
}

/// A name, or an object whose `op` says which members it has.
void check_operation(const json::Value& value, const Place& place, Findings& findings) {
    if (value.is_text()) return check_shape(value, simple_op, place, findings);
    if (!value.is_object()) return report(place, Errc::config_type, findings);
    const json::Value* op = value.find("op");
    if (op == nullptr) return report(place.member("op"), Errc::config_missing, findings);
    if (!op->is_text()) return report(place.member("op"), Errc::config_type, findings);
    for (const OperationShape& known : operation_shapes)
        if (known.name == op->as_text()) return check_shape(value, known.shape, place, findings);
    report(place.member("op"), Errc::config_value, findings);
}

constexpr Shape operation{.form = Form::custom, .check = check_operation};
constexpr Shape operations{.form = Form::array, .most = limits::transforms, .item = &operation};

/// `none`, one name, or an array of operations.
void check_transform(const json::Value& value, const Place& place, Findings& findings) {
    if (value.is_array()) return check_shape(value, operations, place, findings);
    if (value.is_text() && value.as_text() == "none") return;
    check_shape(value, simple_op, place, findings);
}

// --- source
constexpr std::string_view meta_names[] = {"submission_id", "submitted_at", "form_id",
                                           "form_name",     "language",     "page_url"};
void check_source(const json::Value& value, const Place& place, Findings& findings);

constexpr Shape source{.form = Form::custom, .check = check_source};
constexpr Shape field_name = text_up_to(name_length, 1);
constexpr Shape pointer_text{.form = Form::text, .most = 2000, .allows = json::is_pointer};
constexpr Shape template_text = text_up_to(long_text);
constexpr Shape meta_name = choice(meta_names);
constexpr Shape source_list{
    .form = Form::array, .least = 1, .most = limits::source_alternatives, .item = &source};
constexpr MemberShape source_members[] = {
    {"field", &field_name}, {"pointer", &pointer_text}, {"constant", &any},    {"template", &template_text},
    {"meta", &meta_name},   {"first", &source_list},    {"list", &source_list}};

/// Exactly one member, and one that is known: the union has no tag, so any other object is its own error.
void check_source(const json::Value& value, const Place& place, Findings& findings) {
    if (!value.is_object()) return report(place, Errc::config_type, findings);
    if (value.as_object().size() == 1) {
        const json::Member& only = *value.as_object().begin();
        for (const MemberShape& known : source_members)
            if (known.name == only.name)
                return check_shape(only.value, *known.shape, place.member(only.name), findings);
    }
    report(place, Errc::config_value, findings);
}

// --- parse, options, validation
constexpr std::string_view marks[] = {".", ",", "auto"};
constexpr std::string_view percents[] = {"fraction", "number"};
constexpr std::string_view otherwise[] = {"error", "keep", "empty"};
constexpr Shape mark = choice(marks);
constexpr Shape percent = choice(percents);
constexpr Shape currency{.form = Form::text, .least = 3, .most = 3, .allows = is_currency};
constexpr Shape short_text = text_up_to(100, 1);
constexpr Shape word_list{.form = Form::array, .least = 1, .most = 20, .item = &short_text};
constexpr MemberShape parse_members[] = {{"decimal", &mark},          {"percent", &percent},
                                         {"currency", &currency},     {"format", &format_text},
                                         {"timezone", &short_text},   {"true_values", &word_list},
                                         {"false_values", &word_list}};
constexpr Shape parse = object(parse_members);

constexpr Shape scalar{.form = Form::scalar};
constexpr Shape option_map{.form = Form::map, .most = 200, .item = &scalar, .longest_name = name_length};
constexpr Shape option_else = choice(otherwise);
constexpr MemberShape option_members[] = {{"map", &option_map, true}, {"else", &option_else}};
constexpr Shape options = object(option_members);

constexpr Shape bound{.form = Form::number_or_text};
constexpr Shape length = integer(0, long_text);
constexpr Shape pattern = text_up_to(limits::pattern_characters);
constexpr MemberShape validation_members[] = {{"min", &bound},
                                              {"max", &bound},
                                              {"min_length", &length},
                                              {"max_length", &length},
                                              {"pattern", &pattern}};
constexpr Shape validation = object(validation_members);

// --- mapping
constexpr std::string_view types[] = {"string", "number", "integer", "decimal", "boolean", "date", "datetime",
                                      "email",  "url",    "phone",   "option",  "array",   "json"};
constexpr std::string_view empties[] = {"omit", "null"};
constexpr Shape target = text_up_to(2000, 1);
constexpr Shape type = choice(types);
constexpr Shape items = choice(std::span(types).first(11));  // neither array nor json
constexpr Shape transform{.form = Form::custom, .check = check_transform};
constexpr Shape empty = choice(empties);
constexpr MemberShape mapping_members[] = {
    {"target", &target, true}, {"source", &source},        {"type", &type},   {"items", &items},
    {"required", &boolean},    {"transform", &transform},  {"empty", &empty}, {"parse", &parse},
    {"options", &options},     {"validation", &validation}};
constexpr Shape mapping = object(mapping_members);

// --- config
constexpr Shape provider{.form = Form::text, .least = 1, .most = 100, .allows = is_provider_id};
constexpr Shape action{.form = Form::text, .least = 1, .most = 100, .allows = is_action_id};
constexpr Shape mappings{
    .form = Form::map, .most = limits::mappings, .item = &mapping, .longest_name = name_length};
constexpr MemberShape origin_members[] = {{"form_id", &id_text}, {"form_name", &name_text}};
constexpr Shape origin = object(origin_members);
constexpr Shape target_config{
    .form = Form::map, .most = limits::object_members, .item = &any, .longest_name = name_length};
constexpr Shape escape{.form = Form::text, .allows = is_escape_name};
constexpr Shape object_or_boolean{.form = Form::object_or_boolean};
constexpr Shape order = integer(0, 1000);
constexpr Shape rate = integer(1, 1'000'000);

constexpr Shape zone_time{.form = Form::text, .allows = is_utc_time};
constexpr Shape zone_offset = integer(-1439, 1439);

/// `[instant, minutes]`.
void check_zone_row(const json::Value& value, const Place& place, Findings& findings) {
    if (!value.is_array()) return report(place, Errc::config_type, findings);
    const json::Array& row = value.as_array();
    if (row.size() != 2) return report(place, Errc::config_value, findings);
    check_shape(row[0], zone_time, place.item(0), findings);
    check_shape(row[1], zone_offset, place.item(1), findings);
}

constexpr Shape zone_row{.form = Form::custom, .check = check_zone_row};
constexpr Shape zone{.form = Form::array, .least = 1, .most = limits::zone_rows, .item = &zone_row};
constexpr Shape zones{.form = Form::map, .most = 10, .item = &zone, .longest_name = 100};

constexpr MemberShape config_members[] = {{"provider", &provider, true},
                                          {"action", &action, true},
                                          {"field_mappings", &mappings, true},
                                          {"name", &name_text},
                                          {"source", &origin},
                                          {"connection_id", &id_text},
                                          {"target_config", &target_config},
                                          {"message_template", &template_text},
                                          {"message_escape", &escape},
                                          {"validation_schema", &object_or_boolean},
                                          {"is_active", &boolean},
                                          {"execution_order", &order},
                                          {"rate_limit_per_hour", &rate},
                                          {"zones", &zones}};
constexpr Shape config = object(config_members);

}  // namespace

const Shape& config_shape() { return config; }

}  // namespace tenon::mapping
