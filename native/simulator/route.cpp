#include "simulator/route.hpp"

#include "http/query.hpp"

namespace tenon::simulator {

namespace {

std::vector<std::string> split_path(std::string_view path) {
    std::vector<std::string> out;
    if (!path.empty() && path.front() == '/') path.remove_prefix(1);
    while (true) {
        const std::size_t slash = path.find('/');
        out.emplace_back(path.substr(0, slash));
        if (slash == std::string_view::npos) return out;
        path.remove_prefix(slash + 1);
    }
}

tl::unexpected<Error> wrong(std::string_view member) {
    return fail(Errc::validation_failed, std::string(member), "the behaviour file is wrong here");
}

Result<Proof> proof_of(std::string_view text) {
    if (text == "none") return Proof::none;
    if (text == "field") return Proof::field;
    if (text == "url") return Proof::url;
    if (text == "signature") return Proof::signature;
    return wrong("credential");
}

Result<std::optional<form::Schema>> schema_of(const json::Value& data, std::string_view member) {
    const json::Value* schema = data.find(member);
    if (schema == nullptr) return std::optional<form::Schema>();
    TENON_TRY(form::Schema compiled, form::Schema::compile(*schema));
    return std::optional<form::Schema>(std::move(compiled));
}

Result<RefuseRule> refuse_rule(const json::Value& data) {
    const bool if_matches = data.find("if") != nullptr;
    const std::string_view pattern = data.text_at(if_matches ? "if" : "unless");
    if (pattern.empty() || !json::is_pointer(data.text_at("at")) || data.text_at("refusal").empty())
        return wrong("refuse");
    TENON_TRY(Pattern compiled, Pattern::compile(pattern));
    return RefuseRule{std::string(data.text_at("at")), std::move(compiled), if_matches,
                      std::string(data.text_at("refusal"))};
}

Result<void> read_lists(const json::Value& data, Route& out) {
    if (const json::Value* types = data.find("content_type"))
        for (const json::Value& type : types->as_array()) out.content_types.push_back(type.as_text());
    if (const json::Value* rules = data.find("refuse"))
        for (const json::Value& each : rules->as_array()) {
            TENON_TRY(RefuseRule rule, refuse_rule(each));
            out.refuse.push_back(std::move(rule));
        }
    if (const json::Value* table = data.find("table"))
        out.table = TableStep{std::string(table->text_at("do")), std::string(table->text_at("file")),
                              std::string(table->text_at("range")), std::string(table->text_at("rows"))};
    return {};
}

/// The value of `{name}` in one segment; false if the literal around it differs.
bool match_segment(std::string_view pattern, std::string_view segment, json::Object& values) {
    const std::size_t open = pattern.find('{'), close = pattern.find('}');
    const auto decode = [](std::string_view text) { return http::percent_decode(text, http::Plus::is_plus); };
    if (open == std::string_view::npos || close == std::string_view::npos) {
        const auto decoded = decode(segment);
        return decoded && *decoded == pattern;
    }
    const std::string_view before = pattern.substr(0, open), after = pattern.substr(close + 1);
    if (segment.size() <= before.size() + after.size() || segment.substr(0, before.size()) != before ||
        segment.substr(segment.size() - after.size()) != after)
        return false;
    auto value = decode(segment.substr(before.size(), segment.size() - before.size() - after.size()));
    if (!value) return false;
    values.set(std::string(pattern.substr(open + 1, close - open - 1)), std::move(*value));
    return true;
}

}  // namespace

Result<Route> Route::create(const json::Value& data) {
    Route out;
    out.method = data.text_at("method");
    if (out.method.empty()) return wrong("method");
    if (data.text_at("path").empty()) return wrong("path");
    out.segments = split_path(data.text_at("path"));
    TENON_TRY(out.proof, proof_of(data.text_at("credential")));
    TENON_TRY(out.query, schema_of(data, "query"));
    TENON_TRY(out.body, schema_of(data, "body"));
    TENON_CHECK(read_lists(data, out));
    const json::Value* reply = data.find("reply");
    if (reply == nullptr || !reply->is_object()) return wrong("reply");
    out.reply = *reply;
    if (const json::Value* own = data.find("refusals"); own != nullptr && own->is_object())
        out.refusals = own->as_object();
    return out;
}

std::optional<json::Object> Route::match(std::string_view path) const {
    const std::vector<std::string> given = split_path(path);
    json::Object values;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        if (segments[i] == "{*}") return values;
        if (i >= given.size() || !match_segment(segments[i], given[i], values)) return std::nullopt;
    }
    if (given.size() != segments.size()) return std::nullopt;
    return values;
}

}  // namespace tenon::simulator
