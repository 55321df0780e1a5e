#include <chrono>
#include <map>

#include "api/ordered_json.hpp"
#include "cli/commands.hpp"
#include "cli/documents.hpp"
#include "cli/files.hpp"
#include "tenon/base/bytes.hpp"
#include "tenon/mapping/batch.hpp"
#include "tenon/mapping/preview.hpp"
#include "tenon/webhook/batch.hpp"
#include "validate_line.hpp"

namespace tenon::cli {
namespace {

/// Compiles each scheme once, however many lines name it.
webhook::SchemeLookup scheme_lookup() {
    auto known = std::make_shared<std::map<std::string, webhook::Scheme, std::less<>>>();
    return [known](std::string_view id) -> Result<webhook::Scheme> {
        if (const auto found = known->find(id); found != known->end()) return found->second;
        TENON_TRY(webhook::Scheme scheme, load_scheme(id));
        return known->emplace(id, std::move(scheme)).first->second;
    };
}

Result<json::Value> read_json(const std::string& path,
                              json::ZeroCharacter zero = json::ZeroCharacter::refused) {
    TENON_TRY(const std::string text, read_file(path));
    auto value = json::read(text, limits::json_depth, zero);
    if (!value) return fail(value.error().code, path, std::string(row_of(value.error().code).sentence));
    return value;
}

/// Adds a document where a file is named.
Result<void> add_json(json::Object& line, const std::string& name, const std::string& path,
                      json::ZeroCharacter zero = json::ZeroCharacter::refused) {
    if (path.empty()) return {};
    TENON_TRY(json::Value value, read_json(path, zero));
    line.set(name, std::move(value));
    return {};
}

Result<json::Value> verify_input(const VerifyOptions& options) {
    json::Object line{{"scheme", options.scheme}, {"method", options.method}, {"url", options.url}};
    json::Array secrets;
    for (const auto& secret : options.secrets) secrets.emplace_back(secret);
    line.set("secrets", std::move(secrets));
    TENON_CHECK(add_json(line, "config", options.config_file));
    TENON_CHECK(add_json(line, "keys", options.keys_file));
    line.set("headers", json::Object());
    TENON_CHECK(add_json(line, "headers", options.headers_file));
    std::string body;
    if (!options.body_file.empty()) {
        TENON_TRY(body, read_file(options.body_file));
    }
    line.set("body_base64", bytes::to_base64(body));
    const auto clock =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    line.set("now_unix", options.now != 0 ? options.now : clock);
    return json::Value(std::move(line));
}

/// Prints an answer of the core; the member `name` says whether it is yes.
int answer(const std::string& text, std::string_view name) {
    print(text);
    const auto document = json::read(text);
    const auto* is_yes = document ? document->find(name) : nullptr;
    if (is_yes == nullptr || !is_yes->is_boolean()) return bad_input;
    return is_yes->as_boolean() ? done : answer_is_no;
}

/// The config of a file, which may hold a stored integration instead.
std::string config_text(const std::string& text) {
    const auto document = json::read(text);
    if (!document || !document->is_object() || document->find("field_mappings") != nullptr) return text;
    const auto* config = document->find("config");
    return config != nullptr ? api::write_in_order(*config) : text;
}

}  // namespace

int run_verify(const VerifyOptions& options) {
    const auto find = scheme_lookup();
    if (!options.batch.empty())
        return answer_lines(options.batch,
                            [&](std::string_view line) { return webhook::verify_line(line, find); });
    if (options.scheme.empty()) return complain(bad_input, "verify needs --scheme, or --batch");
    const auto input = verify_input(options);
    if (!input) return complain(bad_input, input.error());
    return answer(webhook::verify_line(json::write(*input), find), "valid");
}

int run_preview(const PreviewOptions& options) {
    auto catalogue = load_catalogue(options.providers);
    if (!catalogue) return complain(bad_input, catalogue.error());
    const auto lookup = [&](std::string_view provider, std::string_view action) {
        return catalogue->action_template(provider, action);
    };
    if (!options.batch.empty())
        return answer_lines(options.batch,
                            [&](std::string_view line) { return mapping::preview_line(line, lookup); });
    if (options.integration_file.empty() || options.submission_file.empty())
        return complain(bad_input, "preview needs --integration and --submission, or --batch");
    const auto integration = read_file(options.integration_file);
    if (!integration) return complain(bad_input, integration.error());
    const auto submission = read_file(options.submission_file);
    if (!submission) return complain(bad_input, submission.error());
    json::Object line{{"config_base64", bytes::to_base64(config_text(*integration))},
                      {"submission_base64", bytes::to_base64(*submission)}};
    if (auto added = add_json(line, "schema", options.schema_file); !added)
        return complain(bad_input, added.error());
    return answer(mapping::preview_line(json::write(line), lookup), "ok");
}

int run_render(const RenderOptions& options) {
    if (!options.batch.empty()) return answer_lines(options.batch, mapping::render_line);
    if (options.template_file.empty() || options.data_file.empty())
        return complain(bad_input, "render needs --template and --data, or --batch");
    const auto text = read_file(options.template_file);
    if (!text) return complain(bad_input, text.error());
    const auto data = read_json(options.data_file);
    if (!data) return complain(bad_input, data.error());
    const auto rendered = mapping::render(*text, *data, {}, options.escape);
    if (!rendered) return complain(bad_input, rendered.error());
    std::fwrite(rendered->data(), 1, rendered->size(), stdout);
    return done;
}

int run_validate(const ValidateOptions& options) {
    if (!options.batch.empty()) return answer_lines(options.batch, form::validate_line);
    if (options.schema_file.empty() || options.data_file.empty())
        return complain(bad_input, "validate needs --schema and --data, or --batch");
    json::Object line;
    for (const auto& [name, path] :
         {std::pair("schema", &options.schema_file), std::pair("data", &options.data_file)})
        if (auto added = add_json(line, name, *path, json::ZeroCharacter::accepted); !added)
            return complain(bad_input, added.error());
    return answer(form::validate_line(json::write(line)), "valid");
}

}  // namespace tenon::cli
