#include "tenon/mapping/preview.hpp"

#include "tenon/base/limits.hpp"
#include "tenon/mapping/outcome.hpp"

namespace tenon::mapping {
namespace {

using json::Value;

/// The inputs of a preview as values. What is optional and can't be read is null, except where that would let
/// something pass: an unreadable schema is no schema that anything satisfies, an unreadable action no object.
class ReadInputs {
public:
    explicit ReadInputs(const PreviewInput& input) {
        if (input.submission.size() > limits::submission_bytes) {
            error_ = Errc::too_large;
            return;
        }
        auto submission = json::read(input.submission);
        if (submission)
            submission_ = std::move(*submission);
        else
            error_ = submission.error().code;
        schema_ = read_or(input.schema, "unreadable");
        action_ = read_or(input.action, "unreadable");
        meta_ = read_or(input.meta, nullptr);
        connection_ = read_or(input.connection, nullptr);
    }

    [[nodiscard]] Outcome run(const Config& config) const {
        if (error_) {
            // The config comes first: an action that does not exist is found before the submission is looked
            // at.
            if (config.has_action() && action_.is_null())
                return refusal({finding("/action", Errc::unknown_action)});
            return refusal({finding("/submission", *error_)});
        }
        return compute(config, {&submission_, &schema_, &meta_, &action_, &connection_});
    }

private:
    static Value read_or(const std::optional<std::string_view>& text, Value otherwise) {
        if (!text) return {};
        auto value = json::read(*text);
        return value ? std::move(*value) : std::move(otherwise);
    }

    Value submission_;
    Value schema_;
    Value action_;
    Value meta_;
    Value connection_;
    std::optional<Errc> error_;
};

Preview to_preview(Outcome outcome) {
    Preview preview;
    preview.document = to_document(outcome);
    if (outcome.request) preview.request = std::move(outcome.request->planned);
    return preview;
}

TextPreview to_text(Outcome outcome) {
    TextPreview preview{outcome.ok(), write_document(outcome), {}};
    if (outcome.request) preview.request = std::move(outcome.request->planned);
    return preview;
}

}  // namespace

Preview preview(const Config& config, const PreviewInput& input) {
    const ReadInputs inputs(input);
    return to_preview(inputs.run(config));
}

TextPreview preview_text(const Config& config, const PreviewInput& input) {
    const ReadInputs inputs(input);
    return to_text(inputs.run(config));
}

Preview preview(const PreviewInput& input) {
    auto config = Config::compile(input.config);
    if (!config) return to_preview(refusal(std::move(config.error())));
    return preview(*config, input);
}

TextPreview preview_text(const PreviewInput& input) {
    auto config = Config::compile(input.config);
    if (!config) return to_text(refusal(std::move(config.error())));
    return preview_text(*config, input);
}

Result<Value> normalized_config(std::string_view config) {
    if (config.size() > limits::submission_bytes) return fail(Errc::too_large);
    TENON_TRY(Value document, json::read(config));
    if (!document.is_object()) return fail(Errc::config_type);
    replace_aliases(document);
    return document;
}

json::Array check_config(std::string_view config) {
    const auto compiled = Config::compile(config);
    return compiled ? json::Array{} : to_json(compiled.error());
}

Result<std::string> render(std::string_view template_text, const Value& data, const json::Object& partials,
                           std::string_view escape) {
    const auto known = escape_from(escape);
    if (!known) return fail(Errc::malformed_request, "escape", "escape is none, html, slack or json");
    TENON_TRY(const Template compiled, Template::compile(template_text));
    const Ref stack[] = {{&data, nullptr}};
    return render_template(compiled, {stack, *known, &partials, nullptr, nullptr});
}

}  // namespace tenon::mapping
