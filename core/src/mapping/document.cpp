// The preview document, once as text and once as a value. Both list the members by hand, the text in sorted
// order: 100 fields are written without building, sorting or copying a tree.
#include "tenon/mapping/outcome.hpp"

namespace tenon::mapping {
namespace {

using json::Value;

std::string_view status_name(Status status) {
    constexpr std::string_view names[] = {"value", "empty", "error"};
    return names[static_cast<std::size_t>(status)];
}

/// Commas between the entries of an array.
template <typename List, typename Write>
void write_list(std::string& out, const List& list, Write&& write) {
    out += '[';
    bool first = true;
    for (const auto& each : list) {
        if (!first) out += ',';
        first = false;
        write(each);
    }
    out += ']';
}

/// Codes are names of ours: nothing in them needs an escape.
void write_code(std::string& out, Errc code) {
    out += R"({"code":")";
    out += id_of(code);
    out += R"(","message":)";
}

void write_notes(std::string& out, const std::vector<Note>& notes) {
    write_list(out, notes, [&](const Note& each) {
        write_code(out, each.code);
        json::write_text_to(out, each.message);
        out += '}';
    });
}

void write_findings(std::string& out, const Findings& findings) {
    write_list(out, findings, [&](const Finding& each) {
        write_code(out, each.code);
        json::write_text_to(out, each.message);
        out += R"(,"pointer":)";
        json::write_text_to(out, each.pointer);
        out += '}';
    });
}

void write_field(std::string& out, const Field& field) {
    out += R"({"errors":)";
    write_notes(out, field.errors);
    out += R"(,"field":)";
    json::write_text_to(out, field.mapping->key);
    out += R"(,"input":)";
    json::write_to(out, field.input());
    out += R"(,"status":")";
    out += status_name(field.status);
    out += R"(","steps":)";
    write_list(out, field.steps(), [&](const Step& step) {
        out += R"({"op":")";
        out += step.op;
        out += R"(","value":)";
        json::write_to(out, step.value.get());
        out += '}';
    });
    out += R"(,"target":)";
    json::write_text_to(out, field.mapping->target);
    out += R"(,"type":")";
    out += name_of(field.mapping->type);
    out += R"(","value":)";
    if (field.value() != nullptr)
        json::write_to(out, *field.value());
    else
        out += "null";
    out += R"(,"warnings":)";
    write_notes(out, field.warnings.all());
    out += '}';
}

void write_request(std::string& out, const BuiltRequest& request) {
    out += R"({"body":)";
    if (request.body_is_json)
        out += *request.planned.body;
    else
        json::write_to(out, request.body);
    out += R"(,"headers":{)";
    bool first = true;
    for (const auto& [name, value] : request.planned.headers) {  // sorted already
        if (!first) out += ',';
        first = false;
        json::write_text_to(out, name);
        out += ':';
        json::write_text_to(out, value);
    }
    out += R"(},"method":")";
    out += request.planned.method;
    out += R"(","url":)";
    json::write_text_to(out, request.planned.url);
    out += '}';
}

json::Object headers_of(const PlannedRequest& planned) {
    json::Object headers;
    for (const auto& [name, value] : planned.headers) headers.append(name, value);
    return headers;
}

Value request_value(const BuiltRequest& request) {
    return json::Object{{"body", request.body},
                        {"headers", headers_of(request.planned)},
                        {"method", request.planned.method},
                        {"url", request.planned.url}};
}

json::Array notes_value(const std::vector<Note>& notes) {
    json::Array out;
    for (const Note& each : notes)
        out.emplace_back(json::Object{{"code", id_of(each.code)}, {"message", each.message}});
    return out;
}

Value field_value(const Field& field) {
    json::Array steps;
    for (const Step& step : field.steps())
        steps.emplace_back(json::Object{{"op", step.op}, {"value", step.value.get()}});
    return json::Object{{"errors", notes_value(field.errors)},
                        {"field", field.mapping->key},
                        {"input", field.input()},
                        {"status", status_name(field.status)},
                        {"steps", std::move(steps)},
                        {"target", field.mapping->target},
                        {"type", name_of(field.mapping->type)},
                        {"value", field.value() != nullptr ? *field.value() : Value()},
                        {"warnings", notes_value(field.warnings.all())}};
}

}  // namespace

std::string write_document(const Outcome& outcome) {
    std::string out;
    out.reserve(256 + outcome.fields.size() * 192);
    out += R"({"errors":)";
    write_findings(out, outcome.errors);
    out += R"(,"fields":)";
    write_list(out, outcome.fields, [&](const Field& field) { write_field(out, field); });
    out += R"(,"message":)";
    if (outcome.message)
        json::write_text_to(out, *outcome.message);
    else
        out += "null";
    out += outcome.ok() ? R"(,"ok":true,"request":)" : R"(,"ok":false,"request":)";
    if (outcome.request)
        write_request(out, *outcome.request);
    else
        out += "null";
    out += R"(,"warnings":)";
    write_findings(out, outcome.warnings);
    out += '}';
    return out;
}

Value to_document(const Outcome& outcome) {
    json::Array fields;
    fields.reserve(outcome.fields.size());
    for (const Field& field : outcome.fields) fields.push_back(field_value(field));
    return json::Object{{"errors", to_json(outcome.errors)},
                        {"fields", std::move(fields)},
                        {"message", outcome.message ? Value(*outcome.message) : Value()},
                        {"ok", outcome.ok()},
                        {"request", outcome.request ? request_value(*outcome.request) : Value()},
                        {"warnings", to_json(outcome.warnings)}};
}

}  // namespace tenon::mapping
