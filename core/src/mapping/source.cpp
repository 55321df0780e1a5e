#include "tenon/mapping/source.hpp"

#include <array>

namespace tenon::mapping {
namespace {

using json::Value;

constexpr std::string_view meta_names[] = {"submission_id", "submitted_at", "form_id",
                                           "form_name",     "language",     "page_url"};

/// unknown_field for every field or pointer in the source, whichever alternative will be taken.
void check_declared(const Source& source, const json::Object& declared, Notes& warnings) {
    for (const Source& each : source.sources) check_declared(each, declared, warnings);
    std::string name;
    if (source.kind == Source::Kind::field) {
        name = source.text;
    } else if (source.kind == Source::Kind::pointer && !source.text.empty()) {
        name = json::pointer_tokens(source.text).front();
    } else {
        return;
    }
    if (!declared.contains(name)) warnings.add_once(Errc::unknown_field, sentence(Errc::unknown_field));
}

CellOrNote read_template(const Source& source, const Answers& answers, Notes& warnings) {
    const std::array<Named, 2> members = {
        {{"submission", {answers.submission, nullptr}}, {"meta", {answers.meta, nullptr}}}};
    const Scope outer{members};
    const std::array<Ref, 2> stack = {{{nullptr, &outer}, {answers.submission, nullptr}}};
    std::vector<std::string> missing;
    auto text = render_template(source.compiled, {stack, Escape::none, nullptr, &missing, nullptr});
    if (!text) return refuse(text.error().code);
    for (const std::string& name : missing)
        warnings.add_distinct(Errc::template_missing, sentence(Errc::template_missing, {{"name", name}}));
    return Cell(Value(std::move(*text)));
}

CellOrNote read_value(const Source& source, const Answers& answers, Notes& warnings) {
    switch (source.kind) {
        case Source::Kind::field:
            return Cell::borrow(answers.fields->find(source.text));
        case Source::Kind::pointer:
            return Cell::borrow(json::resolve(*answers.submission, source.text));
        case Source::Kind::constant:
            return Cell::borrow(source.constant);
        case Source::Kind::meta:
            return Cell::borrow(answers.meta->find(source.text));
        case Source::Kind::text_template:
            return read_template(source, answers, warnings);
        case Source::Kind::first:
            for (const Source& each : source.sources) {
                auto cell = read_value(each, answers, warnings);
                if (!cell || !is_empty(cell->get())) return cell;
            }
            return Cell();
        case Source::Kind::list:
            break;
    }
    json::Array items;
    for (const Source& each : source.sources) {
        auto cell = read_value(each, answers, warnings);
        if (!cell) return cell;
        if (!is_empty(cell->get())) items.push_back(std::move(*cell).take());
    }
    return Cell(Value(std::move(items)));
}

}  // namespace

Value effective_meta(const Value* meta, const Value* config_source) {
    json::Object out;
    for (const std::string_view name : meta_names) {
        const Value* found = meta != nullptr ? meta->find(name) : nullptr;
        if ((found == nullptr || found->is_null()) && config_source != nullptr && name.starts_with("form_"))
            found = config_source->find(name);
        if (found != nullptr) out.append(std::string(name), *found);
    }
    return out;
}

CellOrNote read_source(const Source& source, const Answers& answers, Notes& warnings) {
    if (answers.declared != nullptr) check_declared(source, *answers.declared, warnings);
    return read_value(source, answers, warnings);
}

}  // namespace tenon::mapping
