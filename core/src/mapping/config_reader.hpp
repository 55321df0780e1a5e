#pragma once
// From a config of the right shape to its compiled form, with everything that only meaning can refuse.
// Internal to core/mapping.

#include "tenon/mapping/config.hpp"
#include "tenon/mapping/shape.hpp"

namespace tenon::mapping {

/// Fills `config` from its document; appends what is wrong to `findings`, unsorted.
class ConfigReader {
public:
    ConfigReader(Config& config, Findings& findings) : config_(config), findings_(findings) {}
    void run();

private:
    void report(const Place& place, Errc code, std::initializer_list<Fill> fills = {});

    // config_reader.cpp: the mapping and what surrounds it
    void read_zones();
    void read_mapping(const json::Member& member, const Place& place, Mapping& mapping);
    void read_member(const json::Member& member, const Place& place, Mapping& mapping);
    [[nodiscard]] Source read_source(const json::Value& value, const Place& place);
    void read_template(std::string_view text, const Place& place, Template& compiled);
    void read_parse(const json::Object& parse, const Place& place, Parse& out);
    void read_parse_member(std::string_view name, const json::Value& value, const Place& place, Parse& out);
    [[nodiscard]] const Zone* zone_named(std::string_view name);

    // config_operations.cpp
    void read_transform(const json::Value& value, const Place& place, Mapping& mapping);
    [[nodiscard]] Operation read_operation(const json::Value& value, const Place& place);

    // config_validation.cpp: what depends on the type, which may stand behind it
    void read_typed(const json::Object& members, const Place& place, Mapping& mapping);
    void read_options(const json::Value* options, const Place& place, Mapping& mapping);
    void read_validation(const json::Object& validation, const Place& place, Mapping& mapping);
    void read_bound(const json::Value& value, const Place& place, Type type, std::optional<Bound>& out);

    struct NamedZone {
        std::string_view name;
        const Zone* zone;
    };

    Config& config_;
    Findings& findings_;
    std::vector<NamedZone> zones_;
};

/// Position of `name` among the names of an enumeration; the shape has checked that it is one.
template <typename Enum, typename NameOf>
[[nodiscard]] Enum enum_named(std::string_view name, Enum last, NameOf&& name_of_value) {
    for (auto each = Enum{}; each != last; each = static_cast<Enum>(static_cast<int>(each) + 1))
        if (name_of_value(each) == name) return each;
    return last;
}

}  // namespace tenon::mapping
