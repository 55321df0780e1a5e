#include "config_reader.hpp"

#include "tenon/base/time.hpp"
#include "tenon/mapping/target.hpp"

namespace tenon::mapping {

using json::Value;

namespace {

Type type_named(std::string_view name) {
    return enum_named(name, Type::json, [](Type type) { return name_of(type); });
}

/// Seconds of `2026-03-29T01:00:00Z`; nothing for a time that does not exist.
std::optional<std::int64_t> utc_seconds(std::string_view text) {
    const auto time = read_date(text);
    if (!time) return std::nullopt;
    return instant_of(*time, 0).seconds;
}

}  // namespace

void ConfigReader::report(const Place& place, Errc code, std::initializer_list<Fill> fills) {
    findings_.push_back(finding(place.pointer(), code, fills));
}

void ConfigReader::run() {
    const Place root;
    read_zones();
    const json::Object& mappings = config_.document_.find("field_mappings")->as_object();
    const Place at = root.member("field_mappings");
    config_.mappings_.resize(mappings.size());
    std::size_t next = 0;
    for (const json::Member& member : mappings)
        read_mapping(member, at.member(member.name), config_.mappings_[next++]);
    check_targets(config_.mappings_, findings_);
    if (const Value* message = config_.document_.find("message_template"))
        read_template(message->as_text(), root.member("message_template"), config_.message_.emplace());
    if (const Value* escape = config_.document_.find("message_escape"))
        config_.message_escape_ = escape_from(escape->as_text());
    if (const Value* schema = config_.document_.find("validation_schema")) {
        config_.validation_schema_ = SchemaCheck::compile(*schema);
        if (!config_.validation_schema_) report(root.member("validation_schema"), Errc::config_value);
    }
}

void ConfigReader::read_zones() {
    const Value* zones = config_.document_.find("zones");
    if (zones == nullptr) return;
    const Place root;
    const Place at = root.member("zones");
    for (const json::Member& member : zones->as_object()) {
        const Place here = at.member(member.name);
        std::vector<Zone::Row> rows;
        for (const Value& row : member.value.as_array()) {
            const auto from = utc_seconds(row.as_array()[0].as_text());
            if (!from) report(here.item(rows.size()).item(0), Errc::config_value);
            rows.push_back({from.value_or(0), static_cast<int>(*row.as_array()[1].as_number().to_int64())});
        }
        for (std::size_t i = 1; i < rows.size(); ++i) {
            if (rows[i - 1].from < rows[i].from) continue;
            report(here, Errc::config_value);
            break;
        }
        config_.zones_.push_back(std::make_unique<const Zone>(std::move(rows)));
        zones_.push_back({member.name, config_.zones_.back().get()});
    }
}

const Zone* ConfigReader::zone_named(std::string_view name) {
    for (const NamedZone& known : zones_)
        if (known.name == name) return known.zone;
    auto fixed = Zone::fixed(name);
    if (!fixed) return nullptr;
    config_.zones_.push_back(std::make_unique<const Zone>(std::move(*fixed)));
    zones_.push_back({name, config_.zones_.back().get()});
    return config_.zones_.back().get();
}

void ConfigReader::read_mapping(const json::Member& member, const Place& place, Mapping& mapping) {
    mapping.key = member.name;
    mapping.source.text = member.name;
    for (const json::Member& each : member.value.as_object()) read_member(each, place, mapping);
    read_typed(member.value.as_object(), place, mapping);
}

void ConfigReader::read_member(const json::Member& member, const Place& place, Mapping& mapping) {
    const std::string_view name = member.name;
    const Value& value = member.value;
    if (name == "target") {
        mapping.target = value.as_text();
        if (auto path = target_path(mapping.target))
            mapping.path = std::move(*path);
        else
            report(place.member(name), Errc::config_value);
    } else if (name == "source") {
        mapping.source = read_source(value, place.member(name));
    } else if (name == "type") {
        mapping.type = type_named(value.as_text());
    } else if (name == "items") {
        mapping.items = type_named(value.as_text());
    } else if (name == "required") {
        mapping.is_required = value.as_boolean();
    } else if (name == "empty") {
        mapping.writes_null = value.as_text() == "null";
    } else if (name == "transform") {
        read_transform(value, place.member(name), mapping);
    } else if (name == "parse") {
        read_parse(value.as_object(), place.member(name), mapping.parse);
    }
}

Source ConfigReader::read_source(const Value& value, const Place& place) {
    const json::Member& only = *value.as_object().begin();
    const Place at = place.member(only.name);
    Source source;
    if (only.value.is_text()) source.text = only.value.as_text();
    if (only.name == "field") {
        source.kind = Source::Kind::field;
    } else if (only.name == "pointer") {
        source.kind = Source::Kind::pointer;
    } else if (only.name == "meta") {
        source.kind = Source::Kind::meta;
    } else if (only.name == "constant") {
        source.kind = Source::Kind::constant;
        source.constant = &only.value;
    } else if (only.name == "template") {
        source.kind = Source::Kind::text_template;
        read_template(source.text, at, source.compiled);
    } else {
        source.kind = only.name == "first" ? Source::Kind::first : Source::Kind::list;
        for (std::size_t i = 0; i < only.value.as_array().size(); ++i)
            source.sources.push_back(read_source(only.value.as_array()[i], at.item(i)));
    }
    return source;
}

void ConfigReader::read_template(std::string_view text, const Place& place, Template& compiled) {
    auto result = Template::compile(text);
    if (result)
        compiled = std::move(*result);
    else
        report(place, Errc::template_syntax);
}

void ConfigReader::read_parse(const json::Object& parse, const Place& place, Parse& out) {
    for (const json::Member& member : parse)
        read_parse_member(member.name, member.value, place.member(member.name), out);
}

void ConfigReader::read_parse_member(std::string_view name, const Value& value, const Place& place,
                                     Parse& out) {
    if (name == "decimal") {
        out.number.mark = value.as_text() == "."   ? DecimalMark::dot
                          : value.as_text() == "," ? DecimalMark::comma
                                                   : DecimalMark::automatic;
    } else if (name == "percent") {
        out.number.percent = value.as_text() == "fraction" ? PercentSign::fraction : PercentSign::number;
    } else if (name == "currency") {
        out.number.currency = value.as_text();
    } else if (name == "true_values") {
        out.true_values = &value.as_array();
    } else if (name == "false_values") {
        out.false_values = &value.as_array();
    } else if (name == "format") {
        out.format = DateFormat::compile(value.as_text(), DateFormat::Use::reading);
        if (!out.format) report(place, Errc::format_invalid);
    } else if (name == "timezone") {
        out.zone = zone_named(value.as_text());
        if (out.zone == nullptr) report(place, Errc::zone_unknown, {{"zone", value.as_text()}});
    }
}

}  // namespace tenon::mapping
