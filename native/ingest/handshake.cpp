#include "ingest/handshake.hpp"

namespace tenon::ingest {
namespace {

Result<void> set_active(store::Unit& unit, store::EndpointRow& row, UnixTime now) {
    row.state = "active";
    row.updated_at = now;
    TENON_CHECK(unit.endpoints().update(row));
    return unit.records().add_change("endpoint", row.id.text(), row.state, now);
}

Result<store::Sealed> seal_key(const Outside& outside, const PreparedEndpoint& endpoint,
                               std::string_view key) {
    const vault::Place place{"webhook_endpoints", endpoint.row.id.text(), "secrets"};
    TENON_TRY(const Secret before, outside.vault.open(endpoint.organisation, place, endpoint.row.secrets));
    TENON_TRY(json::Value trusted, json::read(before.expose()));
    trusted.as_object().set("secrets", json::Array{std::string(key)});
    std::string document = json::write(trusted);
    auto sealed =
        check_endpoint(outside.schemes, endpoint.row.scheme, document, endpoint.row.config).and_then([&] {
            return outside.vault.seal(endpoint.organisation, place, document);
        });
    wipe(document);
    return sealed;
}

}  // namespace

asio::awaitable<Result<void>> activate(const Outside& outside, const PreparedEndpoint& endpoint) {
    const auto now = outside.clock.now();
    auto work = [id = endpoint.row.id, now](store::Unit& unit) -> Result<void> {
        TENON_TRY(auto row, unit.endpoints().get(id));
        if (row.state == "active") return {};
        return set_active(unit, row, now);
    };
    co_return co_await outside.store.write(endpoint.organisation, std::move(work));
}

asio::awaitable<Result<void>> keep_key(const Outside& outside, const PreparedEndpoint& endpoint,
                                       std::string_view key) {
    TENON_CO_TRY(const auto sealed, seal_key(outside, endpoint, key));
    const auto now = outside.clock.now();
    auto work = [id = endpoint.row.id, sealed, now](store::Unit& unit) -> Result<void> {
        TENON_TRY(auto row, unit.endpoints().get(id));
        if (row.state == "active") return fail(Errc::check_failed);
        row.secrets = sealed;
        return set_active(unit, row, now);
    };
    co_return co_await outside.store.write(endpoint.organisation, std::move(work));
}

}  // namespace tenon::ingest
