#include "tenon/mapping/config.hpp"

#include "config_reader.hpp"
#include "config_shape.hpp"
#include "tenon/base/limits.hpp"
#include "tenon/base/text.hpp"

namespace tenon::mapping {

std::string_view name_of(Type type) {
    constexpr std::string_view names[] = {"string", "number",   "integer", "decimal", "boolean",
                                          "date",   "datetime", "email",   "url",     "phone",
                                          "option", "array",    "json"};
    return names[static_cast<std::size_t>(type)];
}

std::string_view name_of(Op op) {
    constexpr std::string_view names[] = {"trim",      "collapse_whitespace",
                                          "uppercase", "lowercase",
                                          "prefix",    "suffix",
                                          "replace",   "truncate",
                                          "split",     "join",
                                          "default",   "round",
                                          "scale",     "format_date"};
    return names[static_cast<std::size_t>(op)];
}

void replace_aliases(json::Value& config) {
    if (!config.is_object()) return;
    json::Object& members = config.as_object();
    const auto rename = [&members](std::string_view alias, std::string_view name) {
        json::Value* given = members.find(alias);
        if (given == nullptr || members.contains(name)) return false;
        json::Value kept = std::move(*given);
        members.erase(alias);
        members.set(std::string(name), std::move(kept));
        return true;
    };
    if (rename("toolkit", "provider")) {
        json::Value& provider = *members.find("provider");
        if (provider.is_text()) provider = text::lower_ascii(provider.as_text());
    }
    rename("action_type", "action");
}

tl::expected<Config, Findings> Config::compile(std::string_view text) {
    if (text.size() > limits::submission_bytes)
        return tl::make_unexpected(Findings{finding("", Errc::too_large)});
    auto document = json::read(text);
    if (!document) return tl::make_unexpected(Findings{finding("", document.error().code)});
    return compile_value(std::move(*document));
}

tl::expected<Config, Findings> Config::compile_value(json::Value document) {
    replace_aliases(document);
    Findings findings;
    if (!document.is_object())
        findings.push_back(finding("", Errc::config_type));
    else
        check_shape(document, config_shape(), Place{}, findings);
    Config config;
    if (findings.empty()) {
        config.document_ = std::move(document);
        ConfigReader(config, findings).run();
    }
    if (findings.empty()) return config;
    sort_findings(findings);
    return tl::make_unexpected(std::move(findings));
}

}  // namespace tenon::mapping
