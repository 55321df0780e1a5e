#include "tenon/mapping/message.hpp"

#include <algorithm>
#include <array>

namespace tenon::mapping {

using json::Value;

Value fields_by_key(const std::vector<Field>& fields) {
    json::Object out;
    for (const Field& field : fields)
        out.append(std::string(field.mapping->key), field.value() != nullptr ? *field.value() : Value());
    return out;
}

Message render_message(const Config& config, const std::vector<Field>& fields, const Answers& answers,
                       Escape escape) {
    Message message;
    if (!config.message()) return message;
    const Value nothing;
    std::vector<Named> mapped;
    mapped.reserve(fields.size());
    for (const Field& field : fields)
        mapped.push_back(
            {field.mapping->key, {field.value() != nullptr ? field.value() : &nothing, nullptr}});
    const Scope inner{mapped};
    const std::array<Named, 3> members = {{{"submission", {answers.submission, nullptr}},
                                           {"meta", {answers.meta, nullptr}},
                                           {"fields", {nullptr, &inner}}}};
    const Scope outer{members};
    const std::array<Ref, 3> stack = {{{nullptr, &outer}, {answers.submission, nullptr}, {nullptr, &inner}}};
    auto text = render_template(*config.message(), {stack, escape, nullptr, &message.missing, nullptr});
    if (text)
        message.text = std::move(*text);
    else
        message.is_over_limit = true;
    return message;
}

namespace {

/// The members of a submission, crossed off as something names them.
class Unmapped {
public:
    explicit Unmapped(const json::Object& submission)
        : names_(submission), is_used_(submission.size(), false) {}

    void use(std::string_view name) {
        const std::size_t at = names_.position(name);
        if (at < is_used_.size()) is_used_[at] = true;
    }

    void use(const Source& source) {
        for (const Source& each : source.sources) use(each);
        if (source.kind == Source::Kind::field) use(source.text);
        if (source.kind == Source::Kind::text_template)
            for_each_name(source.compiled, [this](std::string_view name, bool) { use(name); });
        if (source.kind == Source::Kind::pointer) use_pointer(source.text);
    }

    std::vector<std::string_view> finish() const {
        std::vector<std::string_view> left;
        for (std::size_t i = 0; i < is_used_.size(); ++i)
            if (!is_used_[i]) left.push_back(names_.name_at(i));
        std::sort(left.begin(), left.end(), precedes);
        return left;
    }

private:
    void use_pointer(std::string_view pointer) {
        if (pointer.empty())  // the whole submission
            is_used_.assign(is_used_.size(), true);
        else
            use(json::pointer_tokens(pointer).front());
    }

    MemberFinder names_;
    std::vector<bool> is_used_;
};

}  // namespace

std::vector<std::string_view> unmapped_names(const Config& config, const json::Object& submission) {
    Unmapped unmapped(submission);
    for (const Mapping& mapping : config.mappings()) unmapped.use(mapping.source);
    if (config.message()) {
        const auto is_mapping = [&config](std::string_view name) {
            return std::any_of(config.mappings().begin(), config.mappings().end(),
                               [&](const Mapping& mapping) { return mapping.key == name; });
        };
        for_each_name(*config.message(), [&](std::string_view name, bool in_submission) {
            if (in_submission || !is_mapping(name)) unmapped.use(name);
        });
    }
    return unmapped.finish();
}

}  // namespace tenon::mapping
