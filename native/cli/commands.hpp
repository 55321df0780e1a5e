#pragma once
// The commands that need no server and no data folder. Each prints canonical JSON on standard output and
// returns the exit code.

#include <string>
#include <vector>

namespace tenon::cli {

struct VerifyOptions {
    std::string batch;  ///< File of lines; then nothing else counts.
    std::string scheme, config_file, keys_file, method = "POST", url, headers_file, body_file;
    std::vector<std::string> secrets;
    long long now = 0;  ///< Unix seconds; 0 = the clock.
};
/// One verdict; 1 when the delivery is not genuine.
[[nodiscard]] int run_verify(const VerifyOptions& options);

struct PreviewOptions {
    std::string batch, integration_file, submission_file, schema_file, providers;
};
/// The preview document; 1 when it has errors.
[[nodiscard]] int run_preview(const PreviewOptions& options);

struct RenderOptions {
    std::string batch, template_file, data_file, escape = "none";
};
/// The text itself, not JSON.
[[nodiscard]] int run_render(const RenderOptions& options);

struct ValidateOptions {
    std::string batch, schema_file, data_file;
};
/// `{valid, errors}`; 1 when not valid.
[[nodiscard]] int run_validate(const ValidateOptions& options);

/// The catalogue, or one provider's document.
[[nodiscard]] int run_providers(const std::string& id, const std::string& folder);
[[nodiscard]] int run_lint(const std::string& folder);

struct SendOptions {
    std::string scheme, secret_file, url, body_file, config_file, method = "POST";
};
/// Signs a test delivery, sends it, prints what was answered; 1 unless the answer is 2xx.
[[nodiscard]] int run_webhook_send(const SendOptions& options);

/// A new root key: printed, or written to a new file of mode 0600.
[[nodiscard]] int run_keys_generate(const std::string& file);

}  // namespace tenon::cli
