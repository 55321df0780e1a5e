#include "cli/documents.hpp"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "cli/files.hpp"
#include "tenon/catalogue/embedded.hpp"
#include "tenon/catalogue/validate.hpp"

namespace tenon::cli {
namespace {

struct File {
    std::string stem, text;
};

Result<std::vector<File>> files_of(const std::string& folder) {
    std::vector<File> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        if (entry.path().extension() != ".json" || entry.path().stem() == "schema") continue;
        TENON_TRY(std::string text, read_file(entry.path().string()));
        files.push_back({entry.path().stem().string(), std::move(text)});
    }
    if (error) return fail(Errc::unavailable, folder, "The folder can't be read: " + error.message() + ".");
    std::sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.stem < b.stem; });
    return files;
}

Result<form::Schema> provider_schema() {
    TENON_TRY(const json::Value document, json::read(catalogue::embedded_provider_schema()));
    return form::Schema::compile(document);
}

std::vector<catalogue::Finding> findings_of(const File& file, const form::Schema& schema) {
    auto document = json::read(file.text);
    if (!document) return {{"", std::string(row_of(document.error().code).sentence)}};
    return catalogue::lint(*document, schema, file.stem);
}

Result<catalogue::Provider> load_file(const File& file, const form::Schema& schema) {
    if (const auto findings = findings_of(file, schema); !findings.empty())
        return fail(Errc::provider_invalid, file.stem + ".json" + findings.front().pointer,
                    findings.front().message);
    TENON_TRY(json::Value document, json::read(file.text));
    return catalogue::load(std::move(document));
}

bool is_built_in(const std::vector<catalogue::Provider>& built_in, const catalogue::Provider& added) {
    const auto has = [&](const std::string& name) {
        return std::any_of(built_in.begin(), built_in.end(), [&](const catalogue::Provider& known) {
            return known.id == name ||
                   std::find(known.aliases.begin(), known.aliases.end(), name) != known.aliases.end();
        });
    };
    return has(added.id) || std::any_of(added.aliases.begin(), added.aliases.end(), has);
}

}  // namespace

Result<catalogue::Catalogue> load_catalogue(const std::string& folder) {
    std::vector<catalogue::Provider> providers;
    for (const auto& file : catalogue::embedded_providers()) {
        TENON_TRY(json::Value document, json::read(file.text));
        TENON_TRY(catalogue::Provider provider, catalogue::load(std::move(document)));
        providers.push_back(std::move(provider));
    }
    if (!folder.empty()) {
        TENON_TRY(const form::Schema schema, provider_schema());
        TENON_TRY(const auto files, files_of(folder));
        for (const auto& file : files) {
            TENON_TRY(catalogue::Provider provider, load_file(file, schema));
            if (is_built_in(providers, provider))
                return fail(Errc::already_exists, file.stem + ".json",
                            "A provider of this id or alias exists already and can't be replaced.");
            providers.push_back(std::move(provider));
        }
    }
    return catalogue::Catalogue::create(std::move(providers));
}

Result<webhook::Scheme> load_scheme(std::string_view id) {
    for (const auto& file : catalogue::embedded_schemes()) {
        if (file.name != id) continue;
        TENON_TRY(const json::Value document, json::read(file.text));
        return webhook::Scheme::compile(document);
    }
    return fail(Errc::scheme_unknown, "scheme");
}

ingest::Schemes load_schemes() {
    ingest::Schemes schemes;
    for (const auto& file : catalogue::embedded_schemes()) {
        auto document = json::read(file.text);
        if (!document) continue;
        if (auto scheme = webhook::Scheme::compile(*document)) schemes.emplace(file.name, std::move(*scheme));
    }
    return schemes;
}

std::set<std::string, std::less<>> handshake_schemes() {
    std::set<std::string, std::less<>> ids;
    for (const auto& file : catalogue::embedded_schemes()) {
        const auto document = json::read(file.text);
        if (!document) continue;
        const auto* challenge = document->find("challenge");
        if (challenge != nullptr && challenge->is_object()) ids.emplace(file.name);
    }
    return ids;
}

Result<json::Value> lint_providers(const std::string& folder) {
    std::vector<File> files;
    if (folder.empty()) {
        for (const auto& file : catalogue::embedded_providers())
            files.push_back({std::string(file.name), std::string(file.text)});
    } else {
        TENON_TRY(files, files_of(folder));
    }
    TENON_TRY(const form::Schema schema, provider_schema());
    json::Array shown;
    bool is_valid = true;
    for (const auto& file : files) {
        json::Array findings;
        for (const auto& finding : findings_of(file, schema))
            findings.emplace_back(json::Object{{"pointer", finding.pointer}, {"message", finding.message}});
        is_valid = is_valid && findings.empty();
        shown.emplace_back(json::Object{{"file", file.stem + ".json"}, {"findings", std::move(findings)}});
    }
    return json::Value(json::Object{{"files", std::move(shown)}, {"valid", is_valid}});
}

}  // namespace tenon::cli
