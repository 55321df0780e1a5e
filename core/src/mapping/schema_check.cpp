#include "tenon/mapping/schema_check.hpp"

#include "tenon/form/schema.hpp"

namespace tenon::mapping {

std::optional<SchemaCheck> SchemaCheck::compile(const json::Value& schema) {
    auto compiled = form::Schema::compile(schema);
    if (!compiled) return std::nullopt;
    return SchemaCheck(std::make_shared<const form::Schema>(std::move(*compiled)));
}

Findings SchemaCheck::run(const json::Value& instance, std::string_view root) const {
    Findings findings;
    for (const form::Failure& failure : schema_->validate(instance)) {
        // A schema that is just `false` fails without a keyword.
        const std::string_view keyword =
            failure.keyword.empty() ? "false" : std::string_view(failure.keyword);
        findings.push_back(finding(std::string(root) + failure.instance_location, Errc::schema_invalid,
                                   {{"keyword", keyword}}));
    }
    sort_findings(findings);
    return findings;
}

}  // namespace tenon::mapping
