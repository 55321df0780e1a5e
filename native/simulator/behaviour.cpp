#include "simulator/behaviour.hpp"

#include <algorithm>

#include "http/query.hpp"
#include "simulator/fill_in.hpp"
#include "tenon/base/text.hpp"

namespace tenon::simulator {

namespace {

/// `application/json` of `Application/JSON; charset=utf-8`.
std::string media_type(std::string_view header) {
    return text::lower_ascii(text::trim(header.substr(0, header.find(';'))));
}

std::string text_at(const json::Value& context, std::string_view pointer) {
    const json::Value* found = json::resolve(context, pointer);
    if (found == nullptr) return {};
    return found->is_text() ? found->as_text() : json::write(*found);
}

json::Value texts(const std::vector<std::string>& list) {
    json::Array out;
    for (const std::string& each : list) out.emplace_back(each);
    return json::Value(std::move(out));
}

json::Value count(std::size_t number) { return json::Value(Decimal(static_cast<std::int64_t>(number))); }

/// The first complaint of a schema, to be shown in a refusal; empty = none.
std::string complaint(const std::optional<form::Schema>& schema, const json::Value& value) {
    if (!schema) return {};
    const auto failures = schema->validate(value);
    if (failures.empty()) return {};
    return failures.front().instance_location + " " + failures.front().keyword;
}

Answer answer_of(const json::Value& reply, const json::Value& context) {
    Answer out;
    if (const json::Value* status = reply.find("status"); status != nullptr && status->is_number())
        out.status = static_cast<int>(status->as_number().to_int64().value_or(200));
    if (const json::Value* headers = reply.find("headers"); headers != nullptr && headers->is_object())
        for (const json::Member& header : headers->as_object())
            if (const auto value = fill_in(header.value, context); value && value->is_text())
                out.headers.emplace_back(header.name, value->as_text());
    if (const json::Value* body = reply.find("body")) {
        if (const auto filled = fill_in(*body, context)) out.body = json::write(*filled);
    } else if (const json::Value* text = reply.find("text")) {
        out.content_type = "text/plain; charset=utf-8";
        if (const auto filled = fill_in(*text, context)) out.body = filled->as_text();
    }
    return out;
}

std::string_view refusal_of(Standing standing) {
    switch (standing) {
        case Standing::good:
            return "";
        case Standing::missing:
            return "credential_missing";
        case Standing::wrong:
            return "credential_wrong";
        case Standing::expired:
            return "credential_expired";
    }
    return "credential_wrong";
}

}  // namespace

std::string IdSource::next() {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    std::string out;
    for (int half = 0; half < 2; ++half) {
        std::uint64_t mixed = (state_ += 0x9E3779B97F4A7C15ULL);  // SplitMix64
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBULL;
        mixed ^= mixed >> 31U;
        for (int i = 0; i < 7; ++i, mixed /= alphabet.size()) out += alphabet[mixed % alphabet.size()];
    }
    return out;
}

Result<Behaviour> Behaviour::create(const json::Value& data, Gate gate, std::uint64_t seed) {
    Behaviour out(std::move(gate), seed);
    if (const json::Value* seeds = data.find("tables")) out.tables_.load(*seeds);
    if (const json::Value* refusals = data.find("refusals"); refusals != nullptr && refusals->is_object())
        out.refusals_ = refusals->as_object();
    const json::Value* routes = data.find("routes");
    if (routes == nullptr || !routes->is_array())
        return fail(Errc::validation_failed, "routes", "must be a list");
    for (const json::Value& each : routes->as_array()) {
        TENON_TRY(Route route, Route::create(each));
        out.routes_.push_back(std::move(route));
    }
    return out;
}

Answer Behaviour::refusal(std::string_view name, const json::Value& context) const {
    if (const json::Value* found = refusals_.find(name)) return answer_of(*found, context);
    Answer out;
    out.status = 400;
    out.body = json::write(json::Value(json::Object{{"error", json::Value(name)}}));
    return out;
}

Answer Behaviour::refusal(std::string_view name) const { return refusal(name, json::Value(json::Object())); }

Answer Behaviour::trouble(int status) const {
    const std::string exact = "status_" + std::to_string(status);
    const std::string general = "status_" + std::to_string(status / 100) + "xx";
    Answer out = refusal(refusals_.contains(exact) ? exact : general);
    out.status = status;
    return out;
}

Answer Behaviour::answer(const Exchange& exchange, UnixTime now) {
    const Route* chosen = nullptr;
    bool knows_path = false;
    json::Object path;
    for (const Route& route : routes_) {
        auto values = route.match(exchange.path);
        if (!values) continue;
        knows_path = true;
        if (route.method != exchange.request.method) continue;
        chosen = &route;
        path = std::move(*values);
        break;
    }
    json::Object context;
    context.set("path", std::move(path));
    context.set("n", json::Value(Decimal(++calls_)));
    context.set("id", ids_.next());
    context.set("now", to_rfc3339(now));
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    context.set("now_s", json::Value(Decimal(static_cast<std::int64_t>(seconds))));
    if (chosen == nullptr)
        return refusal(knows_path ? "method" : "not_found", json::Value(std::move(context)));
    return serve(*chosen, exchange, json::Value(std::move(context)), now);
}

Answer Behaviour::serve(const Route& route, const Exchange& exchange, json::Value context, UnixTime now) {
    std::string refused = check(route, exchange, context.as_object(), now);
    if (refused.empty() && route.table) refused = run_table(*route.table, context);
    if (refused.empty()) return answer_of(route.reply, context);
    const json::Value* own = route.refusals.find(refused);
    return own != nullptr ? answer_of(*own, context) : refusal(refused, context);
}

std::string Behaviour::check(const Route& route, const Exchange& exchange, json::Object& context,
                             UnixTime now) {
    const std::string_view standing = refusal_of(gate_.check(route.proof, exchange, now));
    if (!standing.empty()) return std::string(standing);
    const auto query = http::Query::parse(exchange.request.query);
    if (!query) return "query";
    json::Object pairs;
    for (const auto& [name, value] : query->all()) pairs.set(name, value);
    const json::Value& filled = context.set("query", std::move(pairs));
    if (std::string why = complaint(route.query, filled); !why.empty()) {
        context.set("failure", std::move(why));
        return "query";
    }
    if (!route.content_types.empty()) {
        const std::string type = media_type(exchange.request.header("content-type"));
        const auto& allowed = route.content_types;
        if (std::find(allowed.begin(), allowed.end(), type) == allowed.end()) return "content_type";
        auto body = json::read(exchange.request.body);
        if (!body) return "malformed";
        if (std::string why = complaint(route.body, *body); !why.empty()) {
            context.set("failure", std::move(why));
            return "body";
        }
        context.set("body", std::move(*body));
    }
    const json::Value whole(context);
    for (const RefuseRule& rule : route.refuse) {
        const bool is_there = json::resolve(whole, rule.at) != nullptr;
        const bool matches = is_there && rule.pattern.is_found_in(text_at(whole, rule.at));
        if (matches == rule.if_matches) return rule.refusal;
    }
    return {};
}

std::string Behaviour::run_table(const TableStep& step, json::Value& context) {
    json::Object out;
    out.set("files", texts(tables_.files()));
    if (step.verb != "files") {
        const std::string file = text_at(context, step.file);
        if (!tables_.has_file(file)) return "not_found";
        out.set("sheets", texts(tables_.sheets(file)));
        if (step.verb != "sheets") {
            const auto range = Range::parse(text_at(context, step.range));
            if (!range || !tables_.has_sheet(file, range->sheet)) return "range";
            const json::Value* rows = json::resolve(context, step.rows);
            const json::Array none;
            const json::Array& given = rows != nullptr && rows->is_array() ? rows->as_array() : none;
            if (step.verb == "read") {
                json::Array found = tables_.read(file, *range);
                if (!found.empty()) out.set("rows", std::move(found));
            } else {
                const Written done = step.verb == "append" ? tables_.append(file, *range, given)
                                                           : tables_.write(file, *range, given);
                if (done.rows != given.size()) return "too_large";
                out.set("range", done.range);
                out.set("row_count", count(done.rows));
                out.set("column_count", count(done.columns));
                out.set("cell_count", count(done.cells));
            }
        }
    }
    context.as_object().set("table", std::move(out));
    return {};
}

}  // namespace tenon::simulator
