#include "api/handlers.hpp"
#include "api/list.hpp"
#include "api/shown.hpp"
#include "tenon/base/bytes.hpp"
#include "tenon/base/text.hpp"

namespace tenon::api {
namespace {

json::Object show(const store::EventRow& row) {
    json::Object shown{{"id", row.id.text()}, {"endpoint_id", row.endpoint_id.text()}};
    set_text(shown, "external_id", row.external_id);
    shown.append("id_is_signed", row.id_is_signed);
    shown.append("suspected_replay", row.suspected_replay);
    set_text(shown, "event_type", row.event_type);
    shown.append("status", row.status);
    shown.append("body_sha256", bytes::to_hex(row.body_sha256));
    set_time(shown, "received_at", row.received_at);
    return shown;
}

}  // namespace

asio::awaitable<Reply> list_events(Call& call) {
    TENON_CO_TRY(const auto page, wanted_page(call));
    TENON_CO_TRY(const auto endpoint, call.query_id<EndpointId>("endpoint_id"));
    TENON_CO_TRY(auto rows,
                 co_await call.services.store.read(call.organisation(), [endpoint, page](store::Unit& unit) {
                     return unit.events().list(endpoint, page);
                 }));
    co_return answer_list(page, std::move(rows), show);
}

asio::awaitable<Reply> get_event(Call& call) {
    TENON_CO_TRY(const auto id, call.path_id<EventId>("event_id"));
    TENON_CO_TRY(const auto row,
                 co_await call.services.store.read(
                     call.organisation(), [id](store::Unit& unit) { return unit.events().get(id); }));
    json::Object shown = show(row);
    TENON_CO_TRY(json::Value headers, open_json(call, {"events", id.text(), "headers"}, row.headers));
    shown.append("headers", std::move(headers));
    TENON_CO_TRY(const Secret body,
                 call.services.vault.open(call.organisation(), {"events", id.text(), "body"}, row.body));
    const std::string_view raw = body.expose();
    const bool is_text = text::is_utf8(raw) && raw.find('\0') == std::string_view::npos;
    shown.append(is_text ? "body" : "body_base64", is_text ? std::string(raw) : bytes::to_base64(raw));
    co_return answer(200, std::move(shown));
}

asio::awaitable<Reply> later_event(Call& call) {
    TENON_CO_TRY(const auto id, call.path_id<EventId>("event_id"));
    TENON_CO_CHECK(co_await call.services.store.read(
        call.organisation(), [id](store::Unit& unit) { return unit.events().get(id); }));
    co_return fail(Errc::not_supported, {}, "This version keeps events and does not work on them yet.");
}

}  // namespace tenon::api
