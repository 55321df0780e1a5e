#include "outbound/provider_call.hpp"

namespace tenon::outbound {

std::string ProviderBases::rewrite(std::string_view provider, std::string_view url) const {
    const auto base = by_provider.find(provider);
    if (base == by_provider.end()) return std::string(url);
    const auto host = url.find("://");
    const auto path =
        host == std::string_view::npos ? std::string_view::npos : url.find_first_of("/?", host + 3);
    std::string rewritten = base->second;
    if (path != std::string_view::npos) rewritten += url.substr(path);
    return rewritten;
}

Result<OpenedCredential> OpenedCredential::open(vault::Vault& vault, const store::Organisation& organisation,
                                                const store::ConnectionRow& connection) {
    OpenedCredential opened;
    if (!connection.credential) return opened;
    TENON_TRY(const auto document,
              vault.open(organisation, {"connections", connection.id.text(), "credential"},
                         *connection.credential));
    TENON_TRY(auto fields, json::read(document.expose()));
    if (!fields.is_object()) return fail(Errc::decrypt_failed, {}, "The stored credential is not an object.");
    opened.fields_ = std::move(fields.as_object());
    return opened;
}

OpenedCredential::~OpenedCredential() {
    for (auto& field : fields_)
        if (field.value.is_text()) wipe(field.value.as_text());
}

std::vector<execution::CredentialView> OpenedCredential::views() const {
    std::vector<execution::CredentialView> views;
    for (const auto& field : fields_)
        if (field.value.is_text()) views.push_back({field.name, field.value.as_text()});
    return views;
}

net::OutboundRequest to_outbound(const execution::FilledRequest& filled, std::string_view provider,
                                 const ProviderBases& bases, std::chrono::milliseconds timeout) {
    net::OutboundRequest request;
    request.method = filled.method;
    request.url = bases.rewrite(provider, filled.url.expose());
    for (const auto& [name, value] : filled.headers)
        request.headers.emplace_back(name, std::string(value.expose()));
    request.body = filled.body;
    request.timeout = timeout;
    return request;
}

}  // namespace tenon::outbound
