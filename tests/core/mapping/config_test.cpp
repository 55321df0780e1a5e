#include "tenon/mapping/config.hpp"

#include "preview_case.hpp"
#include "tenon/base/limits.hpp"

namespace tenon::mapping {
namespace {

/// `pointer code` of every error of a config given with single quotes.
Strings errors(std::string_view config) {
    const std::string text = as_json(config);
    const ExactCopy copy(text);
    Strings out;
    for (const json::Value& each : check_config(copy.view()))
        out.push_back(std::string(each.text_at("pointer")).append(" ").append(each.text_at("code")));
    return out;
}

/// Errors of a config whose one mapping `f` has these members, without the mapping's own pointer.
Strings mapping_errors(std::string_view members, std::string_view more = "") {
    Strings out = errors(std::string("{'provider':'none','action':'none','field_mappings':{'f':{")
                             .append(members)
                             .append("}}")
                             .append(more)
                             .append("}"));
    for (std::string& each : out)
        if (each.starts_with("/field_mappings/f")) each.erase(0, 17);
    return out;
}

std::string repeated(std::string_view item, std::size_t count, std::string_view between = ",") {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) out += between;
        out += item;
    }
    return out;
}

TEST(ConfigTest, a_minimal_config_is_good) {
    EXPECT_EQ(errors("{'provider':'none','action':'none','field_mappings':{}}"), Strings{});
    EXPECT_EQ(mapping_errors("'target':'T'"), Strings{});
}

TEST(ConfigTest, what_cannot_be_read_is_one_error_at_the_root) {
    EXPECT_EQ(errors("{"), Strings{" invalid_json"});
    EXPECT_EQ(errors("{'a':1,'a':2}"), Strings{" duplicate_key"});
    EXPECT_EQ(errors("{'a':1e999}"), Strings{" number_out_of_range"});
    EXPECT_EQ(errors("{'a':'\xff'}"), Strings{" invalid_unicode"});
    EXPECT_EQ(errors(repeated("[", 65, "") + repeated("]", 65, "")), Strings{" too_deep"});
    EXPECT_EQ(errors(std::string(limits::submission_bytes, ' ')), Strings{" invalid_json"});
    EXPECT_EQ(errors(std::string(limits::submission_bytes + 1, ' ')), Strings{" too_large"});
    EXPECT_EQ(errors("[]"), Strings{" config_type"});
}

TEST(ConfigTest, errors_are_sorted_by_pointer_then_code) {
    EXPECT_EQ(errors("{'zzz':1,'aaa':2,'provider':5,'field_mappings':{'b':{},'a':5}}"),
              (Strings{"/aaa config_unknown_member", "/action config_missing",
                       "/field_mappings/a config_type", "/field_mappings/b/target config_missing",
                       "/provider config_type", "/zzz config_unknown_member"}));
}

TEST(ConfigTest, every_member_has_a_kind) {
    for (const char* member :
         {"'target':5", "'source':'a'", "'type':1", "'items':1", "'required':'yes'", "'empty':1",
          "'transform':5", "'parse':[]", "'options':1", "'validation':'x'"}) {
        const std::string given = std::string(member);
        const Strings found = mapping_errors(given.starts_with("'target'") ? given : "'target':'T'," + given);
        ASSERT_EQ(found.size(), 1U) << member;
        EXPECT_TRUE(found[0].ends_with(" config_type")) << member << found[0];
    }
}

TEST(ConfigTest, sizes_are_checked_one_past_the_limit) {
    const std::string name(limits::name_characters, 'n');
    EXPECT_EQ(mapping_errors("'target':'" + std::string(2000, 't') + "'"), Strings{});
    EXPECT_EQ(mapping_errors("'target':'" + std::string(2001, 't') + "'"), Strings{"/target config_value"});
    EXPECT_EQ(mapping_errors("'target':'T','source':{'field':'" + name + "'}"), Strings{});
    EXPECT_EQ(mapping_errors("'target':'T','source':{'field':'" + name + "n'}"),
              Strings{"/source/field config_value"});
    EXPECT_EQ(mapping_errors("'target':'T','transform':[" + repeated("'trim'", 20) + "]"), Strings{});
    EXPECT_EQ(mapping_errors("'target':'T','transform':[" + repeated("'trim'", 21) + "]"),
              Strings{"/transform config_value"});
    EXPECT_EQ(mapping_errors("'target':'T','source':{'first':[" + repeated("{'field':'a'}", 20) + "]}"),
              Strings{});
    EXPECT_EQ(mapping_errors("'target':'T','source':{'first':[" + repeated("{'field':'a'}", 21) + "]}"),
              Strings{"/source/first config_value"});
    EXPECT_EQ(mapping_errors("'target':'" + repeated("/a", 8, "") + "'"), Strings{});
    EXPECT_EQ(mapping_errors("'target':'" + repeated("/a", 9, "") + "'"), Strings{"/target config_value"});
    EXPECT_EQ(mapping_errors("'target':'T'", ",'message_template':'" + std::string(10'001, 'x') + "'"),
              Strings{"/message_template config_value"});
    EXPECT_EQ(mapping_errors("'target':'T','validation':{'pattern':'" + std::string(501, 'x') + "'}"),
              Strings{"/validation/pattern config_value"});
}

TEST(ConfigTest, a_hundred_mappings_are_the_most) {
    const auto with = [](int count) {
        std::string config = "{'provider':'none','action':'none','field_mappings':{";
        for (int i = 0; i < count; ++i) {
            const std::string n = std::to_string(i);
            config += (i > 0 ? ",'f" : "'f") + n + "':{'target':'T" + n + "'}";
        }
        return errors(config + "}}");
    };
    EXPECT_EQ(with(100), Strings{});
    EXPECT_EQ(with(101), Strings{"/field_mappings config_value"});
    EXPECT_EQ(errors("{'provider':'none','action':'none','field_mappings':{'':{'target':'T'}}}"),
              Strings{"/field_mappings/ config_value"});
}

TEST(ConfigTest, operations_are_checked_by_their_own_shape) {
    const auto op = [](std::string_view text) {
        Strings found = mapping_errors(std::string("'target':'T','transform':[").append(text).append("]"));
        for (std::string& each : found)
            if (each.starts_with("/transform/0")) each.erase(0, 12);
        return found;
    };
    EXPECT_EQ(op("'none'"), Strings{" config_value"});
    EXPECT_EQ(op("5"), Strings{" config_type"});
    EXPECT_EQ(op("{}"), Strings{"/op config_missing"});
    EXPECT_EQ(op("{'op':5}"), Strings{"/op config_type"});
    EXPECT_EQ(op("{'op':'upper'}"), Strings{"/op config_value"});
    EXPECT_EQ(op("{'op':'trim','x':1}"), Strings{"/x config_unknown_member"});
    EXPECT_EQ(op("{'op':'default'}"), Strings{"/value config_missing"});
    EXPECT_EQ(op("{'op':'truncate','max':1.5}"), Strings{"/max config_value"});
    EXPECT_EQ(op("{'op':'truncate','max':2,'marker':'...'}"), Strings{"/marker config_value"});
    EXPECT_EQ(op("{'op':'truncate','max':3,'marker':'...'}"), Strings{});
    EXPECT_EQ(op("{'op':'replace','find':''}"), (Strings{"/find config_value", "/with config_missing"}));
    EXPECT_EQ(op("{'op':'round','digits':21}"), Strings{"/digits config_value"});
    EXPECT_EQ(op("{'op':'round','mode':'even'}"), Strings{"/mode config_value"});
    EXPECT_EQ(op("{'op':'scale','power':-21}"), Strings{"/power config_value"});
    EXPECT_EQ(op("{'op':'format_date','format':'unix'}"), Strings{"/format format_invalid"});
}

TEST(ConfigTest, a_source_has_exactly_one_known_member) {
    EXPECT_EQ(mapping_errors("'target':'T','source':{}"), Strings{"/source config_value"});
    EXPECT_EQ(mapping_errors("'target':'T','source':{'file':'a'}"), Strings{"/source config_value"});
    EXPECT_EQ(mapping_errors("'target':'T','source':{'field':'a','meta':'form_id'}"),
              Strings{"/source config_value"});
    EXPECT_EQ(mapping_errors("'target':'T','source':{'meta':'ip'}"), Strings{"/source/meta config_value"});
    EXPECT_EQ(mapping_errors("'target':'T','source':{'pointer':'a'}"),
              Strings{"/source/pointer config_value"});
    EXPECT_EQ(mapping_errors("'target':'T','source':{'list':[{'template':'{{'}]}"),
              Strings{"/source/list/0/template template_syntax"});
}

TEST(ConfigTest, keywords_apply_to_their_types_only) {
    const auto rule = [](std::string_view type, std::string_view validation) {
        Strings found = mapping_errors(std::string("'target':'T','type':'")
                                           .append(type)
                                           .append("','validation':{")
                                           .append(validation)
                                           .append("}"));
        return found.empty() ? std::string("good") : found[0];
    };
    EXPECT_EQ(rule("string", "'min':1"), "/validation/min not_applicable");
    EXPECT_EQ(rule("number", "'pattern':'a'"), "/validation/pattern not_applicable");
    EXPECT_EQ(rule("array", "'max_length':2"), "good");
    EXPECT_EQ(rule("array", "'pattern':'a'"), "/validation/pattern not_applicable");
    EXPECT_EQ(rule("json", "'min_length':2"), "/validation/min_length not_applicable");
    EXPECT_EQ(rule("number", "'min':'1'"), "/validation/min config_value");
    EXPECT_EQ(rule("decimal", "'min':'0.10','max':5"), "good");
    for (const char* bad : {"'1e2'", "''", "'-'", "'1.'", "'.5'", "'$5'"})
        EXPECT_EQ(rule("decimal", std::string("'min':") + bad), "/validation/min config_value") << bad;
    EXPECT_EQ(rule("date", "'min':5"), "/validation/min config_value");
    EXPECT_EQ(rule("date", "'min':'2026-01-01T00:00Z'"), "/validation/min config_value");
    EXPECT_EQ(rule("datetime", "'max':'2026-01-01T00:00'"), "/validation/max config_value");
    EXPECT_EQ(rule("datetime", "'max':'2026-01-01T00:00+01:00'"), "good");
    EXPECT_EQ(rule("string", "'pattern':'('"), "/validation/pattern pattern_invalid");
}

TEST(ConfigTest, options_belong_to_option) {
    EXPECT_EQ(mapping_errors("'target':'T','type':'option'"), Strings{"/options config_missing"});
    EXPECT_EQ(mapping_errors("'target':'T','type':'array','items':'option'"),
              Strings{"/options config_missing"});
    EXPECT_EQ(mapping_errors("'target':'T','options':{'map':{}}"), Strings{"/options not_applicable"});
    EXPECT_EQ(mapping_errors("'target':'T','items':'string'"), Strings{"/items not_applicable"});
    EXPECT_EQ(mapping_errors("'target':'T','type':'option','options':{'map':{'a':[]}}"),
              Strings{"/options/map/a config_type"});
    EXPECT_EQ(mapping_errors("'target':'T','type':'option','options':{'else':'x'}"),
              (Strings{"/options/else config_value", "/options/map config_missing"}));
}

TEST(ConfigTest, zones_ascend_and_are_real_times) {
    const auto zones = [](std::string_view rows) {
        return mapping_errors("'target':'T','parse':{'timezone':'A/B'}",
                              std::string(",'zones':{'A/B':").append(rows).append("}"));
    };
    EXPECT_EQ(zones("[['2026-03-29T01:00:00Z',120]]"), Strings{});
    EXPECT_EQ(zones("[]"), Strings{"/zones/A~1B config_value"});
    EXPECT_EQ(zones("[['2026-03-29T01:00:00Z',1440]]"), Strings{"/zones/A~1B/0/1 config_value"});
    EXPECT_EQ(zones("[['2026-03-29',0]]"), Strings{"/zones/A~1B/0/0 config_value"});
    EXPECT_EQ(zones("[['2026-02-30T00:00:00Z',0]]"), Strings{"/zones/A~1B/0/0 config_value"});
    EXPECT_EQ(zones("[['2026-03-29T01:00:00Z',0],['2026-03-29T01:00:00Z',1]]"),
              Strings{"/zones/A~1B config_value"});
    EXPECT_EQ(zones("[['2026-03-29T01:00:00Z']]"), Strings{"/zones/A~1B/0 config_value"});
    EXPECT_EQ(mapping_errors("'target':'T','parse':{'timezone':'A/B'}"),
              Strings{"/parse/timezone zone_unknown"});
}

TEST(ConfigTest, targets_must_not_meet) {
    const auto targets = [](std::string_view a, std::string_view b) {
        const Strings found =
            errors(std::string("{'provider':'none','action':'none','field_mappings':{'a':{'target':'")
                       .append(a)
                       .append("'},'b':{'target':'")
                       .append(b)
                       .append("'}}}"));
        return found.empty() ? std::string("good") : found[0];
    };
    const std::string at = "/field_mappings/b/target ";
    EXPECT_EQ(targets("A", "/A"), at + "duplicate_target");
    EXPECT_EQ(targets("/a", "/a/b"), at + "target_conflict");
    EXPECT_EQ(targets("/a/0", "/a/b"), at + "target_conflict");
    EXPECT_EQ(targets("/a/0/x", "/a/0/1"), at + "target_conflict");
    EXPECT_EQ(targets("/0", "/b"), "good") << "the root is an object";
    EXPECT_EQ(targets("/a/0", "/a/99"), "good");
    EXPECT_EQ(targets("/a/0", "/a/100"), at + "target_conflict") << "100 is a name";
    EXPECT_EQ(targets("a.b", "/a/b"), "good");
}

TEST(ConfigTest, the_first_earlier_mapping_is_named) {
    const json::Array found = check_config(as_json(
        "{'provider':'none','action':'none','field_mappings':{'x':{'target':'/a/b'},'y':{'target':'/a/c'},"
        "'z':{'target':'/a'}}}"));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].text_at("message"), "target conflicts with mapping x");
}

TEST(ConfigTest, aliases_stand_in_only_for_absent_names) {
    const auto normal = normalized_config(as_json(
        "{'toolkit':'HubSpot','action_type':'go','field_mappings':{'b':{'target':'B'},'a':{'target':'A'}}}"));
    ASSERT_TRUE(normal);
    EXPECT_EQ(normal->text_at("provider"), "hubspot");
    EXPECT_EQ(normal->text_at("action"), "go");
    EXPECT_EQ(normal->find("toolkit"), nullptr);
    EXPECT_EQ(normal->find("field_mappings")->as_object().begin()->name, "b") << "order is kept";
    EXPECT_EQ(errors("{'provider':'none','toolkit':'x','action':'none','field_mappings':{}}"),
              Strings{"/toolkit config_unknown_member"});
    EXPECT_EQ(errors("{'toolkit':5,'action':'none','field_mappings':{}}"), Strings{"/provider config_type"});
    EXPECT_FALSE(normalized_config("[]"));
    EXPECT_FALSE(normalized_config("{"));
}

TEST(ConfigTest, a_compiled_config_can_be_moved) {
    auto compiled =
        Config::compile(as_json("{'provider':'none','action':'none','field_mappings':{'f':{'target':'/a/b',"
                                "'source':{'template':'{{x}}'}}},'message_template':'{{f}}'}"));
    ASSERT_TRUE(compiled);
    const Config moved = std::move(*compiled);
    EXPECT_EQ(preview_text(moved, {{}, R"({"x":"1"})", {}, {}, {}, {}}).document,
              preview_text({json::write(moved.document()), R"({"x":"1"})", {}, {}, {}, {}}).document);
}

}  // namespace
}  // namespace tenon::mapping
