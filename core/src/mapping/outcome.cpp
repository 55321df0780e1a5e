#include "tenon/mapping/outcome.hpp"

#include "tenon/mapping/message.hpp"
#include "tenon/mapping/submission.hpp"
#include "tenon/mapping/target.hpp"

namespace tenon::mapping {
namespace {

using json::Value;

const Value* given(const Value* value) { return value != nullptr && !value->is_null() ? value : nullptr; }

std::string pointer_of(const Mapping& mapping) {
    return "/field_mappings/" + json::escape_token(mapping.key);
}

/// Computes one outcome. The config is good and the submission within its limits.
class Computation {
public:
    Computation(const Config& config, const PreviewValues& values)
        : config_(config), submission_(*values.submission), values_(values) {}

    Outcome run() {
        out_.meta = effective_meta(given(values_.meta), config_.find("source"));
        finder_ = MemberFinder(submission_.as_object());
        answers_ = {&submission_, &out_.meta, nullptr, &finder_};
        check_form_schema();
        run_mappings();
        render();
        for (const std::string_view name : unmapped_names(config_, submission_.as_object()))
            out_.warnings.push_back(finding("/submission/" + json::escape_token(name), Errc::unmapped_field));
        if (out_.ok()) check_target();
        if (out_.ok() && config_.has_action()) build();
        return std::move(out_);
    }

private:
    void check_form_schema() {
        const Value* schema = given(values_.schema);
        if (schema == nullptr) return;
        if (const Value* properties = schema->find("properties"))
            if (properties->is_object()) answers_.declared = &properties->as_object();
        if (const auto check = SchemaCheck::compile(*schema))
            out_.errors = check->run(submission_, "/submission");
        else  // nothing passes unchecked
            out_.errors.push_back(finding("/submission", Errc::schema_invalid, {{"keyword", "$schema"}}));
    }

    void run_mappings() {
        out_.fields.reserve(config_.mappings().size());
        for (const Mapping& mapping : config_.mappings()) {
            const Field& field = out_.fields.emplace_back(run_mapping(mapping, answers_));
            for (const Note& error : field.errors)
                out_.errors.push_back({pointer_of(mapping), error.code, error.message});
            for (const Note& warning : field.warnings.all())
                out_.warnings.push_back({pointer_of(mapping), warning.code, warning.message});
        }
    }

    Escape message_escape() const {
        if (config_.message_escape()) return *config_.message_escape();
        const Value* action = config_.has_action() ? given(values_.action) : nullptr;
        return action != nullptr ? escape_from(action->text_at("message_escape")).value_or(Escape::none)
                                 : Escape::none;
    }

    void render() {
        Message message = render_message(config_, out_.fields, answers_, message_escape());
        if (message.is_over_limit) out_.errors.push_back(finding("/message_template", Errc::template_limit));
        for (const std::string& name : message.missing)
            out_.warnings.push_back(finding("/message_template", Errc::template_missing, {{"name", name}}));
        out_.message = std::move(message.text);
    }

    void check_target() {
        if (!config_.validation_schema() && !config_.has_action()) return;
        json::Object target;
        for (const Field& field : out_.fields) {
            if (field.value() != nullptr)
                place(target, field.mapping->path, *field.value());
            else if (field.mapping->writes_null)
                place(target, field.mapping->path, Value());
        }
        target_ = std::move(target);
        if (config_.validation_schema()) out_.errors = config_.validation_schema()->run(target_, "/target");
    }

    void build() {
        const Value message = out_.message ? Value(*out_.message) : Value();
        const RequestInputs inputs{
            &out_.fields, &target_,     config_.find("target_config"), out_.message ? &message : nullptr,
            &out_.meta,   &submission_, given(values_.connection)};
        Findings warnings;
        auto built = build_request(*values_.action, inputs, warnings);
        out_.warnings.insert(out_.warnings.end(), warnings.begin(), warnings.end());
        if (built)
            out_.request = std::move(*built);
        else
            out_.errors.push_back(std::move(built.error()));
    }

    const Config& config_;
    const Value& submission_;
    const PreviewValues& values_;
    MemberFinder finder_;
    Answers answers_;
    Value target_;
    Outcome out_;
};

}  // namespace

Outcome refusal(Findings errors) {
    Outcome outcome;
    outcome.errors = std::move(errors);
    return outcome;
}

Outcome compute(const Config& config, const PreviewValues& values) {
    if (config.has_action() && given(values.action) == nullptr)
        return refusal({finding("/action", Errc::unknown_action)});
    if (values.submission == nullptr) return refusal({finding("/submission", Errc::invalid_json)});
    Findings findings = check_submission(*values.submission);
    if (!findings.empty()) return refusal(std::move(findings));
    return Computation(config, values).run();
}

}  // namespace tenon::mapping
