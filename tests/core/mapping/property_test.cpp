// Properties P1 to P11 of spec/MAPPING.md section 11, over the vectors, random changes of them, and random
// values.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>

#include "preview_case.hpp"
#include "tenon/base/error.hpp"

namespace tenon::mapping {
namespace {

using json::Value;
using Random = std::mt19937;

std::size_t pick(Random& random, std::size_t below) { return random() % below; }

/// Every line of the vectors that is not too long to be repeated often.
const Strings& lines() {
    static const Strings all = [] {
        Strings out;
        for (const auto& entry :
             std::filesystem::directory_iterator(TENON_SOURCE_DIR "/tests/vectors/mapping")) {
            if (entry.path().extension() != ".jsonl") continue;
            std::ifstream file(entry.path());
            for (std::string line; std::getline(file, line);)
                if (line.size() < 2000) out.push_back(line);
        }
        std::sort(out.begin(), out.end());
        return out;
    }();
    return all;
}

bool has_members(const Value& value, const Strings& names) {
    if (!value.is_object() || value.as_object().size() != names.size()) return false;
    return std::all_of(names.begin(), names.end(),
                       [&](const std::string& name) { return value.find(name) != nullptr; });
}

bool are_findings(const Value& list, const Strings& names) {
    return list.is_array() &&
           std::all_of(list.as_array().begin(), list.as_array().end(), [&](const Value& each) {
               return has_members(each, names) && errc_from_id(each.text_at("code")).has_value();
           });
}

/// What spec/preview.schema.json asks, in the parts that a program could get wrong. Empty = well shaped.
std::string misshape(const Value& whole) {
    if (!has_members(whole, {"ok", "fields", "request", "message", "errors", "warnings"})) return "members";
    if (!are_findings(*whole.find("errors"), {"pointer", "code", "message"})) return "errors";
    if (!are_findings(*whole.find("warnings"), {"pointer", "code", "message"})) return "warnings";
    const bool ok = whole.find("ok")->as_boolean();
    if (ok != whole.find("errors")->as_array().empty()) return "ok";
    const Value& request = *whole.find("request");
    if (!request.is_null() && (!ok || !has_members(request, {"method", "url", "headers", "body"})))
        return "request";
    for (const Value& field : whole.find("fields")->as_array()) {
        if (!has_members(field, {"field", "target", "type", "input", "steps", "value", "status", "errors",
                                 "warnings"}))
            return "field";
        if (!are_findings(*field.find("errors"), {"code", "message"}) ||
            !are_findings(*field.find("warnings"), {"code", "message"}))
            return "notes";
        const std::string_view status = field.text_at("status");
        if (status != "value" && !field.find("value")->is_null()) return "value";
        if ((status == "error") == field.find("errors")->as_array().empty()) return "status";
    }
    return {};
}

/// P1 to P4 for one line; returns what is wrong.
std::string broken_rule(std::string_view line) {
    const ExactCopy copy(line);
    const std::string text = preview_line(copy.view());
    if (text != preview_line(copy.view())) return "P2: two runs differ";
    const auto whole = json::read(text, 600);
    if (!whole) return "P1: the answer is not JSON";
    if (json::write(*whole) != text) return "P3: not canonical";
    if (whole->find("error") != nullptr) return {};
    const std::string shape = misshape(*whole);
    return shape.empty() ? "" : "P4: " + shape;
}

TEST(PropertyTest, every_vector_keeps_the_rules) {
    for (const std::string& line : lines()) EXPECT_EQ(broken_rule(line), "") << line;
}

TEST(PropertyTest, changed_bytes_keep_the_rules) {
    Random random(1);
    for (int round = 0; round < 2500; ++round) {
        std::string line = lines()[pick(random, lines().size())];
        for (std::size_t changes = 1 + pick(random, 4); changes > 0 && !line.empty(); --changes) {
            const std::size_t at = pick(random, line.size());
            switch (pick(random, 4)) {
                case 0:
                    line[at] = static_cast<char>(random());
                    break;
                case 1:
                    line.erase(at, 1 + pick(random, 8));
                    break;
                case 2:
                    line.insert(at, line.substr(pick(random, line.size()), pick(random, 20)));
                    break;
                default:
                    line[at] = "{}[]\",:0-e\\"[pick(random, 11)];
            }
        }
        ASSERT_EQ(broken_rule(line), "") << line;
    }
}

/// Every value of a document, so that one can be replaced.
void collect(Value& value, std::vector<Value*>& out) {
    out.push_back(&value);
    if (value.is_array())
        for (Value& item : value.as_array()) collect(item, out);
    if (value.is_object())
        for (json::Member& member : value.as_object()) collect(member.value, out);
}

Value random_value(Random& random, int depth = 0) {
    static const char* const texts[] = {"",
                                        " ",
                                        "a",
                                        "5",
                                        "$1,234.50",
                                        "1,5",
                                        "50%",
                                        "yes",
                                        "2026-01-31",
                                        "unix",
                                        "2026-01-31T10:00:00Z",
                                        "1/2/2026",
                                        "a@b.cd",
                                        "https://a.b/?c",
                                        "+49 30 12345",
                                        "{{a}}",
                                        "{{#f}}x{{/f}}",
                                        "/a/0",
                                        "\u00df\u0130",
                                        "\U0001F600",
                                        "null",
                                        "[1]",
                                        "9007199254740993",
                                        "1e400",
                                        "(a",
                                        "none",
                                        "$value",
                                        "array",
                                        "option",
                                        "json"};
    switch (pick(random, depth > 2 ? 5U : 8U)) {
        case 0:
            return nullptr;
        case 1:
            return pick(random, 2) == 0;
        case 2:
            return static_cast<std::int64_t>(random()) - 2'000'000'000;
        case 3:
        case 4:
            return texts[pick(random, std::size(texts))];
        case 5:
        case 6: {
            json::Array items;
            for (std::size_t i = pick(random, 4); i > 0; --i)
                items.push_back(random_value(random, depth + 1));
            return items;
        }
        default: {
            json::Object members;
            for (std::size_t i = pick(random, 4); i > 0; --i)
                members.set(texts[pick(random, std::size(texts))], random_value(random, depth + 1));
            return members;
        }
    }
}

TEST(PropertyTest, changed_values_keep_the_rules) {
    Random random(2);
    for (int round = 0; round < 2500; ++round) {
        auto line = json::read(lines()[pick(random, lines().size())], 128);
        ASSERT_TRUE(line);
        for (std::size_t changes = 1 + pick(random, 3); changes > 0; --changes) {
            std::vector<Value*> values;
            collect(*line, values);
            *values[pick(random, values.size())] = random_value(random);
        }
        const std::string text = json::write(*line);
        ASSERT_EQ(broken_rule(text), "") << text;
    }
}

json::Object shuffled(const json::Object& object, Random& random) {
    std::vector<const json::Member*> members;
    for (const json::Member& member : object) members.push_back(&member);
    std::shuffle(members.begin(), members.end(), random);
    json::Object out;
    for (const json::Member* member : members) out.append(member->name, member->value);
    return out;
}

std::string text_of(const json::Object& object) {  // json::write would sort
    std::string out = "{";
    for (const json::Member& member : object) {
        if (out.size() > 1) out += ',';
        json::write_text_to(out, member.name);
        out += ':';
        json::write_to(out, member.value);
    }
    return out + "}";
}

/// Config with `mappings` as text in this order.
std::string config_with(const json::Object& mappings) {
    return R"({"provider":"none","action":"none","message_template":"{{a0}}{{x}}","field_mappings":)" +
           text_of(mappings) + "}";
}

json::Object random_mappings(Random& random) {
    static const char* const kinds[] = {"'type':'number'",
                                        "'type':'string','transform':['trim','uppercase']",
                                        "'type':'boolean','required':true",
                                        "'type':'array','items':'number'",
                                        "'type':'json'",
                                        "'type':'date','parse':{'format':'DD/MM/YYYY'}",
                                        "'source':{'template':'{{a1}} {{nope}}'}",
                                        "'type':'decimal','validation':{'min':3}",
                                        "'type':'email'"};
    json::Object out;
    for (std::size_t i = 0; i < 6; ++i) {
        const std::string n = std::to_string(i);
        out.append("a" + n,
                   parse(as_json("{'target':'T" + n + "'," + kinds[pick(random, std::size(kinds))] + "}")));
    }
    return out;
}

json::Object random_submission(Random& random) {
    json::Object out;
    for (std::size_t i = 0; i < 6; ++i) out.append("a" + std::to_string(i), random_value(random, 1));
    return out;
}

std::string run(const std::string& config, const std::string& submission) {
    return preview_text({config, submission, {}, {}, {}, {}}).document;
}

Strings sorted_items(const Value& whole, std::string_view list) {
    Strings out;
    for (const Value& each : whole.find(list)->as_array()) out.push_back(json::write(each));
    std::sort(out.begin(), out.end());
    return out;
}

TEST(PropertyTest, order_of_answers_and_of_mappings_does_not_matter) {
    Random random(3);
    for (int round = 0; round < 300; ++round) {
        const json::Object mappings = random_mappings(random);
        const json::Object submission = random_submission(random);
        const std::string text = run(config_with(mappings), text_of(submission));
        EXPECT_EQ(run(config_with(mappings), text_of(shuffled(submission, random))), text) << "P5";
        const Value one = parse(text);
        const Value other = parse(run(config_with(shuffled(mappings, random)), text_of(submission)));
        for (const char* list : {"fields", "errors", "warnings"})
            EXPECT_EQ(sorted_items(one, list), sorted_items(other, list)) << "P6";
        EXPECT_EQ(*one.find("message"), *other.find("message")) << "P6";
    }
}

TEST(PropertyTest, another_mapping_changes_no_other_field) {
    Random random(4);
    for (int round = 0; round < 300; ++round) {
        json::Object mappings = random_mappings(random);
        const std::string submission = text_of(random_submission(random));
        const Value before = parse(run(config_with(mappings), submission));
        mappings.append("fresh", parse(R"({"target":"Fresh","source":{"field":"a1"},"type":"json"})"));
        const Value after = parse(run(config_with(mappings), submission));
        const json::Array& fields = before.find("fields")->as_array();
        for (std::size_t i = 0; i < fields.size(); ++i)
            EXPECT_EQ(json::write(fields[i]), json::write(after.find("fields")->as_array()[i])) << "P7";
    }
}

/// Value of the field `f` for a mapping's members; nothing if it has none.
std::optional<Value> value_of(const std::string& members, const Value& given) {
    const std::string config = R"({"provider":"none","action":"none","field_mappings":{"f":{"target":"T")" +
                               as_json(members) + "}}}";
    const Value whole = parse(run(config, json::write(json::Object{{"f", given}})));
    const json::Array& fields = whole.find("fields")->as_array();
    if (fields.empty() || fields[0].text_at("status") != "value") return std::nullopt;
    return *fields[0].find("value");
}

TEST(PropertyTest, typing_a_typed_value_changes_nothing) {
    Random random(5);
    int typed = 0;
    for (int round = 0; round < 1500; ++round) {
        static const char* const types[] = {"string",   "number", "integer", "decimal", "boolean", "date",
                                            "datetime", "email",  "url",     "phone",   "array"};
        const std::string members = std::string(",'type':'") + types[round % 11] + "'";
        const auto once = value_of(members, random_value(random));
        if (!once) continue;
        ++typed;
        EXPECT_EQ(value_of(members, *once), once) << members << json::write(*once);
    }
    EXPECT_GT(typed, 200) << "the generator must reach values";
}

TEST(PropertyTest, operations_that_clean_up_do_it_once) {
    Random random(6);
    static const char* const ops[] = {"'trim'",
                                      "'collapse_whitespace'",
                                      "'lowercase'",
                                      "{'op':'truncate','max':2}",
                                      "{'op':'truncate','max':3,'marker':'.'}",
                                      "{'op':'round','digits':1}"};
    for (int round = 0; round < 900; ++round) {
        const std::string op = ops[round % 6];
        const Value given = random_value(random);
        EXPECT_EQ(value_of(",'type':'json','transform':[" + op + "]", given),
                  value_of(",'type':'json','transform':[" + op + "," + op + "]", given))
            << op << json::write(given);
    }
}

TEST(PropertyTest, no_message_holds_an_answer) {
    Random random(7);
    static const char* const types[] = {"string",   "number", "integer", "decimal", "boolean", "date",
                                        "datetime", "email",  "url",     "phone",   "array"};
    for (const char* const type : types) {
        for (const char* shape :
             {"'S3CRET'", "['S3CRET','S3CRET 2']", "{'S3CRET':'S3CRET'}", "'1/2/2026 S3CRET'"}) {
            const Value whole =
                document(std::string("{'f':{'target':'T','type':'") + type +
                             "','transform':['trim'],'source':{'first':[{'field':'f'}]}}}",
                         std::string("{'f':") + shape + "}", ",'message_template':'{{f}}{{submission.f}}'");
            for (const char* list : {"errors", "warnings"})
                for (const Value& each : whole.find(list)->as_array())
                    EXPECT_EQ(each.text_at("message").find("S3CRET"), std::string_view::npos)
                        << type << shape;
        }
    }
}

TEST(PropertyTest, the_worst_inputs_take_linear_time) {
    // Would run for hours if work were not linear; the time limit of the test is what fails.
    const std::string text(9'999, 'a');
    EXPECT_EQ(result("'validation':{'pattern':'^(a+)+$'}", "'" + text + "b'"), "!pattern_mismatch");
    EXPECT_EQ(result("'transform':[{'op':'replace','find':'a','with':'" + std::string(1000, 'b') + "'}]",
                     "'" + text + "'"),
              "!string_too_long");
    std::string list = "'x'";
    for (int i = 1; i < 100; ++i) list += ",'x'";
    std::string nested;
    for (int i = 0; i < 20; ++i) nested += "{{#f}}";
    for (int i = 0; i < 20; ++i) nested += "{{/f}}";
    EXPECT_EQ(result("'source':{'template':'" + nested + "'}", "[" + list + "]"), "!template_limit");
}

}  // namespace
}  // namespace tenon::mapping
