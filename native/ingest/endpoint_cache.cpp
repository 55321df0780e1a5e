#include "ingest/endpoint_cache.hpp"

#include "ingest/envelope.hpp"

namespace tenon::ingest {

Result<webhook::Trust> trust_of(std::string_view secrets_document, std::string_view config,
                                const std::string& url) {
    webhook::Trust trust;
    TENON_TRY(auto secrets, json::read(secrets_document));
    if (const auto* list = secrets.find("secrets"); list != nullptr && list->is_array()) {
        for (auto& entry : secrets.as_object().find("secrets")->as_array()) {
            if (!entry.is_text()) return fail(Errc::secret_malformed, "/secrets", "A secret is a text.");
            trust.secrets.emplace_back(entry.as_text());
            wipe(entry.as_text());
        }
    }
    if (const auto* keys = secrets.find("keys"); keys != nullptr && keys->is_object())
        trust.keys = keys->as_object();
    TENON_TRY(const auto settings, json::read(config.empty() ? "{}" : config));
    if (!settings.is_object()) return fail(Errc::validation_failed, "/config", "The config is an object.");
    trust.config = settings.as_object();
    if (!url.empty() && !trust.config.contains("url")) trust.config.set("url", url);
    return trust;
}

asio::awaitable<Result<std::shared_ptr<PreparedEndpoint>>> EndpointCache::get(EndpointId id) {
    std::uint64_t generation = 0;
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = prepared_.find(id); found != prepared_.end()) co_return found->second;
        generation = generation_;
    }
    TENON_CO_TRY(auto found, co_await outside_.store.gate().find_endpoint(id));
    TENON_CO_TRY(const auto secrets,
                 outside_.vault.open(found.organisation, {"webhook_endpoints", id.text(), "secrets"},
                                     found.row.secrets));
    const auto scheme = outside_.schemes.find(found.row.scheme);
    if (scheme == outside_.schemes.end()) co_return fail(Errc::scheme_unknown, "/scheme", found.row.scheme);
    TENON_CO_TRY(auto trust, trust_of(secrets.expose(), found.row.config,
                                      outside_.public_url + "/v1/hooks/" + id.text()));
    // A scheme whose handshake brings the key asks for this before it takes another.
    if (found.row.state == "active" && !trust.config.contains("established"))
        trust.config.set("established", true);
    TENON_CO_TRY(auto verifier, webhook::Verifier::create(scheme->second, std::move(trust)));
    TENON_CO_TRY(auto edge, edge_verifier(outside_.schemes, secrets.expose()));
    auto rules = outside_.rules(found.row.provider);
    auto made = std::make_shared<PreparedEndpoint>(found.organisation, std::move(found.row), std::move(rules),
                                                   std::move(verifier));
    made->edge = std::move(edge);
    const std::lock_guard lock(mutex_);
    if (generation == generation_) {
        if (prepared_.size() >= capacity) prepared_.clear();
        prepared_.insert_or_assign(id, made);
    }
    co_return made;
}

void EndpointCache::forget(EndpointId id) {
    const std::lock_guard lock(mutex_);
    prepared_.erase(id);
    ++generation_;
}

}  // namespace tenon::ingest
