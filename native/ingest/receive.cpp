#include "ingest/receive.hpp"

#include "fanout/rows.hpp"
#include "http/problem.hpp"
#include "ingest/endpoint_cache.hpp"
#include "ingest/envelope.hpp"
#include "ingest/event_type.hpp"
#include "ingest/handshake.hpp"
#include "tenon/base/bytes.hpp"
#include "tenon/crypto/hash.hpp"

namespace tenon::ingest {

namespace {

/// What operators usually find behind a reason; only for those whose cause is not the reason itself.
std::string_view usual_causes(Errc reason) {
    switch (reason) {
        case Errc::signature_mismatch:
            return "another endpoint's or environment's secret; a secret that was rotated at the provider; a "
                   "proxy that "
                   "changed the body; a public URL that differs from the one the provider calls";
        case Errc::timestamp_outside_window:
            return "a replayed or long delayed delivery; a clock that is wrong here; tolerance_s set too "
                   "small";
        case Errc::signature_missing:
            return "a caller that is not the provider; a proxy that drops headers; signing not switched on "
                   "there";
        case Errc::key_unknown:
            return "the delivery names a key that is not among the endpoint's `keys`; this server does not "
                   "fetch keys by "
                   "itself";
        case Errc::check_failed:
            return "a header, query member or content type that the scheme demands is absent";
        default:
            return {};
    }
}

webhook::Delivery delivery_of(const http::Request& request) {
    webhook::Delivery delivery{request.method, request.target, {}, request.body};
    delivery.headers.reserve(request.headers.size());
    for (const auto& [name, value] : request.headers) delivery.headers.emplace_back(name, value);
    return delivery;
}

webhook::Verdict check(webhook::Verifier& verifier, PreparedEndpoint& endpoint, const http::Request& request,
                       UnixTime at) {
    const std::lock_guard lock(endpoint.verifying);
    return verifier.verify(delivery_of(request), at);
}

/// What a verifier at the edge forwarded, once the envelope is genuine.
Result<Forwarded> unwrap(PreparedEndpoint& endpoint, const http::Request& envelope, UnixTime now) {
    const auto verdict = check(*endpoint.edge, endpoint, envelope, now);
    if (!verdict.valid) return fail(verdict.reason.value_or(Errc::check_failed));
    return open_envelope(envelope, endpoint.row.scheme, now);
}

http::Response handshake_reply(const webhook::Response& wanted) {
    http::Response reply;
    reply.status = wanted.status;
    for (const auto& [name, value] : wanted.headers) reply.set(name, value);
    reply.body = wanted.body;
    return reply;
}

std::string headers_document(const http::Request& request) {
    json::Array headers;
    for (const auto& [name, value] : request.headers) headers.emplace_back(json::Array{name, value});
    return json::write(headers);
}

/// What one accepted delivery adds.
struct Acceptance {
    store::EventRow event;
    DedupeKeys keys;
    UnixTime keep_until;
    bool activates = false;
};

enum class Outcome : unsigned char { accepted, accepted_with_work, duplicate };

/// Executions of the integrations that want the event.
Result<std::vector<store::ExecutionRow>> work_of(store::Unit& unit, const Acceptance& fresh,
                                                 std::string_view body, Random& random) {
    TENON_TRY(const auto integrations, unit.integrations().active_of_endpoint(fresh.event.endpoint_id));
    if (integrations.empty()) return std::vector<store::ExecutionRow>();
    const auto payload = json::read(body);
    return fanout::fan_out(integrations, payload ? &*payload : nullptr, {{}, fresh.event.id},
                           fresh.event.received_at, random);
}

Result<Outcome> insert(store::Unit& unit, Acceptance fresh, std::string_view body, Random& random) {
    auto& event = fresh.event;
    if (!fresh.keys.event.empty()) {
        TENON_TRY(const bool is_new, unit.events().remember(event.endpoint_id, fresh.keys.event,
                                                            event.received_at, fresh.keep_until));
        if (!is_new) return Outcome::duplicate;
    }
    if (!fresh.keys.body.empty()) {
        TENON_TRY(const bool is_new, unit.events().remember(event.endpoint_id, fresh.keys.body,
                                                            event.received_at, fresh.keep_until));
        event.suspected_replay = !is_new;
    }
    std::vector<store::ExecutionRow> executions;
    if (event.status == "received") {
        TENON_TRY(executions, work_of(unit, fresh, body, random));
        if (!executions.empty()) event.status = "running";
    }
    TENON_CHECK(unit.events().insert(event));
    TENON_CHECK(fanout::insert(unit, executions, random));
    TENON_CHECK(unit.records().add_change("event", event.id.text(), event.status, event.received_at));
    if (event.suspected_replay)
        TENON_CHECK(unit.records().add_security_event({SecurityEventId{event.id.value},
                                                       "suspected_replay",
                                                       event.endpoint_id.text(),
                                                       "the same body under another unsigned id",
                                                       {},
                                                       event.received_at}));
    if (fresh.activates) {
        TENON_TRY(auto row, unit.endpoints().get(event.endpoint_id));
        row.state = "active";
        row.updated_at = event.received_at;
        TENON_CHECK(unit.endpoints().update(row));
    }
    return executions.empty() ? Outcome::accepted : Outcome::accepted_with_work;
}

}  // namespace

struct Receiver::State {
    explicit State(Outside given)
        : outside(std::move(given)),
          cache(outside),
          accepted(outside.metrics.counter("tenon_deliveries_total", "Webhook deliveries",
                                           {{"outcome", "accepted"}})),
          duplicates(outside.metrics.counter("tenon_deliveries_total", "Webhook deliveries",
                                             {{"outcome", "duplicate"}})),
          handshakes(outside.metrics.counter("tenon_deliveries_total", "Webhook deliveries",
                                             {{"outcome", "handshake"}})) {}

    asio::awaitable<http::Response> refuse(const PreparedEndpoint& endpoint, const http::Request& request,
                                           Errc reason);
    asio::awaitable<http::Response> shake_hands(const PreparedEndpoint& endpoint,
                                                const http::Request& request,
                                                const webhook::Response& wanted);
    asio::awaitable<http::Response> accept(const PreparedEndpoint& endpoint, const http::Request& request,
                                           const webhook::Verdict& verdict);
    Result<Acceptance> seal(const PreparedEndpoint& endpoint, const http::Request& request,
                            const webhook::Verdict& verdict);

    Outside outside;
    EndpointCache cache;
    Counter accepted, duplicates, handshakes;
};

Receiver::Receiver(Outside outside) : state_(std::make_shared<State>(std::move(outside))) {}
Receiver::~Receiver() = default;

void Receiver::forget(EndpointId endpoint) { state_->cache.forget(endpoint); }

asio::awaitable<http::Response> Receiver::receive(EndpointId id, http::Request request) {
    const auto state = state_;
    auto endpoint = co_await state->cache.get(id);
    if (!endpoint) {
        auto error = std::move(endpoint.error());
        if (error.code == Errc::not_found) error.detail = "No endpoint has this URL.";
        co_return http::problem(error, request.request_id);
    }
    UnixTime received_at = state->outside.clock.now();
    if ((*endpoint)->edge && is_envelope(request)) {
        auto forwarded = unwrap(**endpoint, request, received_at);
        if (!forwarded) co_return co_await state->refuse(**endpoint, request, forwarded.error().code);
        request = std::move(forwarded->request);
        received_at = forwarded->received_at;
    }
    const auto verdict = check((*endpoint)->verifier, **endpoint, request, received_at);
    if (verdict.response) co_return co_await state->shake_hands(**endpoint, request, *verdict.response);
    if (!verdict.valid)
        co_return co_await state->refuse(**endpoint, request, verdict.reason.value_or(Errc::key_unknown));
    co_return co_await state->accept(**endpoint, request, verdict);
}

asio::awaitable<http::Response> Receiver::State::refuse(const PreparedEndpoint& endpoint,
                                                        const http::Request& request, Errc reason) {
    const auto now = outside.clock.now();
    const auto id = endpoint.row.id;
    outside.metrics
        .counter("tenon_deliveries_refused_total", "Refused webhook deliveries", {{"reason", id_of(reason)}})
        .add();
    outside.log.warning("webhook_refused", {{"endpoint_id", id.text()},
                                            {"scheme", endpoint.row.scheme},
                                            {"reason", id_of(reason)},
                                            {"usual_causes", usual_causes(reason)},
                                            {"remote_address", request.remote_address},
                                            {"request_id", request.request_id}});
    store::SecurityEventRow event{SecurityEventId{new_uuid(now, outside.random)},
                                  "webhook_refused",
                                  id.text(),
                                  std::string(id_of(reason)),
                                  request.remote_address,
                                  now};
    auto work = [id, reason, now, event = std::move(event)](store::Unit& unit) -> Result<void> {
        TENON_CHECK(unit.endpoints().count_failure(id, id_of(reason), now));
        return unit.records().add_security_event(event);
    };
    auto counted = co_await outside.store.write(endpoint.organisation, std::move(work));
    if (!counted) outside.log.error("a refused delivery could not be recorded", {{"endpoint_id", id.text()}});
    co_return http::problem({reason,
                             {},
                             "The delivery was refused and nothing was stored. Check the secret and the "
                             "scheme of this endpoint."},
                            request.request_id);
}

asio::awaitable<http::Response> Receiver::State::shake_hands(const PreparedEndpoint& endpoint,
                                                             const http::Request& request,
                                                             const webhook::Response& wanted) {
    if (wanted.status >= 300) co_return co_await refuse(endpoint, request, Errc::check_failed);
    // A URL to be called back needs limits of its own: refused until they exist.
    if (!wanted.fetch.empty())
        co_return http::problem({Errc::not_supported, {}, "This kind of handshake is not supported yet."},
                                request.request_id);
    Result<void> kept;
    if (!wanted.store_key.empty())
        kept = co_await keep_key(outside, endpoint, wanted.store_key);
    else if (endpoint.row.state == "awaiting_handshake")
        kept = co_await activate(outside, endpoint);
    cache.forget(endpoint.row.id);
    if (!kept && kept.error().code == Errc::check_failed)
        co_return co_await refuse(endpoint, request, Errc::check_failed);
    if (!kept) co_return http::problem(kept.error(), request.request_id);
    handshakes.add();
    outside.log.info("webhook_handshake",
                     {{"endpoint_id", endpoint.row.id.text()}, {"status", wanted.status}});
    co_return handshake_reply(wanted);
}

Result<Acceptance> Receiver::State::seal(const PreparedEndpoint& endpoint, const http::Request& request,
                                         const webhook::Verdict& verdict) {
    Acceptance fresh;
    auto& event = fresh.event;
    const auto now = outside.clock.now();
    event.id = EventId{new_uuid(now, outside.random)};
    event.endpoint_id = endpoint.row.id;
    event.external_id = verdict.id;
    event.id_is_signed = verdict.id_is_signed;
    event.received_at = now;
    event.body_sha256 = crypto::digest(crypto::Hash::sha256, request.body);
    event.event_type = event_type_of(endpoint.rules.event_type, request);
    event.status = is_wanted(endpoint.row.events, event.event_type) ? "received" : "ignored";
    const auto row = event.id.text();
    TENON_TRY(event.body, outside.vault.seal(endpoint.organisation, {"events", row, "body"}, request.body));
    TENON_TRY(event.headers, outside.vault.seal(endpoint.organisation, {"events", row, "headers"},
                                                headers_document(request)));
    fresh.keys = dedupe_keys(endpoint.rules.dedupe, verdict, event.body_sha256, request.body.empty());
    fresh.keep_until = now + endpoint.rules.dedupe.window;
    fresh.activates = endpoint.row.state == "awaiting_handshake";
    return fresh;
}

asio::awaitable<http::Response> Receiver::State::accept(const PreparedEndpoint& endpoint,
                                                        const http::Request& request,
                                                        const webhook::Verdict& verdict) {
    auto fresh = seal(endpoint, request, verdict);
    if (!fresh) co_return http::problem(fresh.error(), request.request_id);
    const bool activates = fresh->activates;
    // The closure may run twice: it works on a copy of the sealed event.
    auto work = [this, fresh = std::move(*fresh), &request](store::Unit& unit) {
        return insert(unit, fresh, request.body, outside.random);
    };
    auto written = co_await outside.store.write(endpoint.organisation, std::move(work));
    if (!written) {
        outside.log.error("an accepted delivery could not be stored",
                          {{"endpoint_id", endpoint.row.id.text()}, {"code", id_of(written.error().code)}});
        co_return http::problem(written.error(), request.request_id);  // 503: the provider delivers again
    }
    if (activates) cache.forget(endpoint.row.id);
    if (*written == Outcome::accepted_with_work) outside.wake();
    const bool is_duplicate = *written == Outcome::duplicate;
    (is_duplicate ? duplicates : accepted).add();
    http::Response reply;
    reply.status = endpoint.rules.reply_status;
    reply.body = endpoint.rules.reply_body;
    if (reply.body.empty() && reply.status == 200) {
        reply.set("Content-Type", "application/json");
        reply.body = is_duplicate ? R"({"duplicate":true,"received":true})" : R"({"received":true})";
    }
    co_return reply;
}

Result<void> check_endpoint(const Schemes& schemes, std::string_view scheme,
                            std::string_view secrets_document, std::string_view config) {
    const auto found = schemes.find(scheme);
    if (found == schemes.end())
        return fail(Errc::scheme_unknown, "/scheme",
                    "Name a scheme of the catalogue; see GET /v1/providers.");
    TENON_TRY(auto trust, trust_of(secrets_document, config, {}));
    TENON_TRY(const auto verifier, webhook::Verifier::create(found->second, std::move(trust)));
    TENON_TRY(const auto edge, edge_verifier(schemes, secrets_document));
    static_cast<void>(verifier);
    static_cast<void>(edge);
    return {};
}

}  // namespace tenon::ingest
