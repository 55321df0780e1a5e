#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>

#include "api/handlers.hpp"

namespace tenon::api {
namespace {

constexpr std::chrono::milliseconds look_every{250};
constexpr std::chrono::seconds heartbeat_every{15};
constexpr int most_at_once = 200;

std::string frame(const store::ChangeRow& change) {
    const json::Value data = json::Object{
        {"kind", change.kind}, {"id", change.id}, {"status", change.status}, {"at", to_rfc3339(change.at)}};
    return "id: " + std::to_string(change.sequence) + "\nevent: " + change.kind +
           "\ndata: " + write_in_order(data) + "\n\n";
}

/// Runs until the client is gone or the server stops. `store` outlives every stream.
asio::awaitable<void> follow(store::Store& store, store::Organisation organisation, std::int64_t after,
                             std::shared_ptr<http::Stream> stream) {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    auto silent_since = std::chrono::steady_clock::now();
    if (!co_await stream->write("retry: 2000\n\n")) co_return;
    while (true) {
        auto changes = co_await store.read(organisation, [after](store::Unit& unit) {
            return unit.records().changes_after(after, most_at_once);
        });
        if (!changes) co_return;  // the client comes back with Last-Event-ID
        std::string text;
        for (const auto& change : *changes) {
            text += frame(change);
            after = change.sequence;
        }
        const auto now = std::chrono::steady_clock::now();
        if (text.empty() && now - silent_since >= heartbeat_every) text = ": still here\n\n";
        if (!text.empty()) {
            silent_since = now;
            if (!co_await stream->write(std::move(text))) co_return;
        }
        if (changes->size() == most_at_once) continue;
        timer.expires_after(look_every);
        co_await timer.async_wait(asio::use_awaitable);
    }
}

}  // namespace

asio::awaitable<Reply> stream_changes(Call& call) {
    std::int64_t after = 0;
    if (call.request.count("last-event-id") > 0) {
        const std::string_view text = call.request.header("last-event-id");
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), after);
        if (error != std::errc() || end != text.data() + text.size() || after < 0)
            co_return fail(Errc::cursor_invalid, {}, "Send the id of the last event that was received.");
    } else {
        TENON_CO_TRY(after, co_await call.services.store.read(call.organisation(), [](store::Unit& unit) {
            return unit.records().last_change();
        }));
    }
    http::Response response;
    response.set("content-type", "text/event-stream");
    response.set("cache-control", "no-store");
    response.stream = [&store = call.services.store, organisation = call.organisation(),
                       after](std::shared_ptr<http::Stream> stream) {
        return follow(store, organisation, after, std::move(stream));
    };
    co_return response;
}

}  // namespace tenon::api
