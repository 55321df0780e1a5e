#include "api/idempotency.hpp"

#include <algorithm>

#include "tenon/base/bytes.hpp"
#include "tenon/crypto/hash.hpp"

namespace tenon::api {
namespace {

constexpr std::chrono::hours kept_for{24};
constexpr std::chrono::seconds believed_running{60};  // longer than a handler may take
constexpr std::size_t longest_key = 255;

bool is_key(std::string_view key) {
    return !key.empty() && key.size() <= longest_key &&
           std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

std::string sealed_text(const http::Response& response) {
    json::Array headers;
    for (const auto& [name, value] : response.headers) headers.emplace_back(json::Array{name, value});
    return json::write(
        json::Object{{"status", response.status}, {"headers", std::move(headers)}, {"body", response.body}});
}

Result<http::Response> kept_response(const Call& call, const vault::Place& place,
                                     const store::Sealed& sealed) {
    TENON_TRY(const Secret opened, call.services.vault.open(call.organisation(), place, sealed));
    TENON_TRY(const json::Value document, json::read(opened.expose()));
    http::Response response;
    response.status = static_cast<int>(document.find("status")->as_number().to_int64().value_or(500));
    for (const auto& header : document.find("headers")->as_array())
        response.set(header.as_array()[0].as_text(), header.as_array()[1].as_text());
    response.body = document.text_at("body");
    response.set("idempotency-replayed", "true");
    return response;
}

}  // namespace

asio::awaitable<tl::expected<Idempotency, Problem>> Idempotency::begin(const Route& route, Call& call) {
    Idempotency made;
    if (!route.is_idempotent || call.request.count("idempotency-key") == 0) co_return made;
    const std::string key(call.request.header("idempotency-key"));
    if (call.request.count("idempotency-key") != 1 || !is_key(key))
        co_return tl::unexpected<Problem>(
            Error{Errc::malformed_request,
                  {},
                  "Idempotency-Key is one header of 1 to 255 visible ASCII characters."});
    const UnixTime now = call.services.clock.now();
    store::IdempotencyRow row;
    row.principal = call.principal->name();
    row.route = route.operation;
    row.key = key;
    row.request_sha256 = crypto::digest(crypto::Hash::sha256, call.request.target + "\n" + call.request.body);
    row.expires_at = now + believed_running;
    made.row_id_ =
        bytes::to_hex(crypto::digest(crypto::Hash::sha256, row.principal + "\n" + row.route + "\n" + key));
    made.row_ = row;
    auto work = [row, now](store::Unit& unit) { return unit.records().begin_idempotent(row, now); };
    TENON_CO_TRY(const auto stored, co_await call.services.store.write(call.organisation(), std::move(work)));
    if (!stored) co_return made;
    if (stored->request_sha256 != row.request_sha256)
        co_return tl::unexpected<Problem>(
            Error{Errc::idempotency_key_reused,
                  {},
                  "Use a new key for a new request; this one belongs to another body."});
    if (stored->status == 0 || !stored->response)
        co_return tl::unexpected<Problem>(
            Error{Errc::idempotency_in_progress,
                  {},
                  "Wait for the first request's answer, or repeat this one later."});
    TENON_CO_TRY(made.kept_, kept_response(call, made.place(), *stored->response));
    co_return made;
}

asio::awaitable<void> Idempotency::end(Call& call, const Reply& reply) {
    if (!row_) co_return;
    const bool is_kept = reply && reply->status < 500 && !reply->stream;
    if (is_kept) {
        auto sealed = call.services.vault.seal(call.organisation(), place(), sealed_text(*reply));
        if (!sealed) co_return;
        row_->status = reply->status;
        row_->response = std::move(*sealed);
        row_->expires_at = call.services.clock.now() + kept_for;
    }
    auto work = [row = *row_, is_kept](store::Unit& unit) {
        return is_kept ? unit.records().finish_idempotent(row) : unit.records().drop_idempotent(row);
    };
    const auto done = co_await call.services.store.write(call.organisation(), std::move(work));
    if (!done) call.services.log.warning("idempotency_not_kept", {{"code", id_of(done.error().code)}});
}

}  // namespace tenon::api
