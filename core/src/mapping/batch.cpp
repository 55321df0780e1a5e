#include "tenon/mapping/batch.hpp"

#include <algorithm>

#include "tenon/base/bytes.hpp"
#include "tenon/base/limits.hpp"
#include "tenon/mapping/outcome.hpp"

namespace tenon::mapping {
namespace {

using json::Value;

// A line holds documents: each may be as deep as a document may be, and what is deeper is that document's
// error.
constexpr std::size_t line_depth = 512;

std::string error_line(Errc code) {
    return json::write(json::Object{{"error", json::Object{{"code", id_of(code)}}}});
}

std::size_t depth_of(const Value& value) {
    std::size_t below = 0;
    if (value.is_array())
        for (const Value& item : value.as_array()) below = std::max(below, depth_of(item));
    else if (value.is_object())
        for (const json::Member& member : value.as_object()) below = std::max(below, depth_of(member.value));
    else
        return 0;
    return below + 1;
}

/// One document of a line: a value, or the code for which it can't be read.
using Given = tl::expected<Value, Errc>;

Given read_text(std::string_view text) {
    if (text.size() > limits::submission_bytes) return tl::make_unexpected(Errc::too_large);
    auto value = json::read(text);
    if (!value) return tl::make_unexpected(value.error().code);
    return std::move(*value);
}

/// `name`, `name_text` or `name_base64` of a line. Errors: malformed_request in `malformed` for bad base64.
Given take(json::Object& line, std::string_view name, std::size_t line_size, bool& malformed) {
    const std::string base(name);
    if (const Value* text = line.find(base + "_text")) {
        if (text->is_text()) return read_text(text->as_text());
        malformed = true;
        return tl::make_unexpected(Errc::malformed_request);
    }
    if (const Value* encoded = line.find(base + "_base64")) {
        const auto bytes = encoded->is_text() ? bytes::from_base64(encoded->as_text()) : std::nullopt;
        if (bytes) return read_text(*bytes);
        malformed = true;
        return tl::make_unexpected(Errc::malformed_request);
    }
    Value* value = line.find(name);
    if (value == nullptr) return tl::make_unexpected(Errc::invalid_json);
    if (line_size > limits::submission_bytes && json::write(*value).size() > limits::submission_bytes)
        return tl::make_unexpected(Errc::too_large);
    if (depth_of(*value) > limits::json_depth) return tl::make_unexpected(Errc::too_deep);
    return std::move(*value);
}

Value catalogue_action(const Config& config, const ActionLookup& lookup) {
    if (!lookup || !config.has_action()) return {};
    const auto text = lookup(config.provider(), config.action());
    if (!text) return {};
    auto action = json::read(*text);
    return action ? std::move(*action) : Value("unreadable");
}

std::string refused(Findings errors) { return write_document(refusal(std::move(errors))); }

std::string run(Given& config, const Given& submission, const json::Object& line,
                const ActionLookup& lookup) {
    if (!config) return refused({finding("", config.error())});
    auto compiled = Config::compile_value(std::move(*config));
    if (!compiled) return refused(std::move(compiled.error()));
    const Value* action = line.find("action");
    const Value looked_up =
        action == nullptr || action->is_null() ? catalogue_action(*compiled, lookup) : Value();
    if (!looked_up.is_null()) action = &looked_up;
    if (!submission) {
        if (compiled->has_action() && (action == nullptr || action->is_null()))
            return refused({finding("/action", Errc::unknown_action)});
        return refused({finding("/submission", submission.error())});
    }
    return write_document(compute(
        *compiled, {&*submission, line.find("schema"), line.find("meta"), action, line.find("connection")}));
}

}  // namespace

std::string preview_line(std::string_view line, const ActionLookup& lookup) {
    auto read = json::read(line, line_depth);
    if (!read) return error_line(read.error().code);
    if (!read->is_object()) return error_line(Errc::not_an_object);
    json::Object& members = read->as_object();
    bool malformed = false;
    Given config = take(members, "config", line.size(), malformed);
    const Given submission = take(members, "submission", line.size(), malformed);
    if (malformed) return error_line(Errc::malformed_request);
    return run(config, submission, members, lookup);
}

std::string check_config_line(std::string_view line) {
    auto read = json::read(line, line_depth);
    if (!read) return error_line(read.error().code);
    if (!read->is_object()) return error_line(Errc::not_an_object);
    bool malformed = false;
    Given config = take(read->as_object(), "config", line.size(), malformed);
    if (malformed) return error_line(Errc::malformed_request);
    Findings findings;
    if (config) {
        if (auto compiled = Config::compile_value(std::move(*config)); !compiled)
            findings = std::move(compiled.error());
    } else {
        findings.push_back(finding("", config.error()));
    }
    return json::write(json::Object{{"errors", to_json(findings)}});
}

std::string render_line(std::string_view line) {
    const auto read = json::read(line, line_depth);
    if (!read) return error_line(read.error().code);
    if (!read->is_object()) return error_line(Errc::not_an_object);
    const Value* source = read->find("template");
    const Value* partials = read->find("partials");
    const Value* escape = read->find("escape");
    const Value* data = read->find("data");
    const bool good = source != nullptr && source->is_text() &&
                      (partials == nullptr || partials->is_object()) &&
                      (escape == nullptr || escape->is_text());
    if (!good) return error_line(Errc::malformed_request);
    const json::Object none;
    const Value nothing;
    const auto text = render(source->as_text(), data != nullptr ? *data : nothing,
                             partials != nullptr ? partials->as_object() : none,
                             escape != nullptr ? std::string_view(escape->as_text()) : "none");
    if (!text) return error_line(text.error().code);
    return json::write(json::Object{{"text", *text}});
}

}  // namespace tenon::mapping
