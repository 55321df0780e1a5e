// The physical limit that durable ingest is compared with: a Beast server that checks a Stripe-style
// signature and stores the event with a group-committing SQLite writer (WAL, synchronous=FULL, unique id,
// answer after the commit). Nothing else: no routes, limits, dedupe window, encryption or log. usage: thin
// PORT DATABASE SECRET

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sqlite3.h>

#include <array>
#include <atomic>
#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;

namespace {

using Stream = beast::basic_stream<tcp, asio::io_context::executor_type>;
template <class T>
using Awaitable = asio::awaitable<T, asio::io_context::executor_type>;
constexpr asio::use_awaitable_t<asio::io_context::executor_type> use_awaitable{};

struct Event {
    std::string id, body;
    asio::any_completion_handler<void(bool)> done;
    asio::any_io_executor executor;
};

struct Writer {
    std::mutex mutex;
    std::condition_variable filled;
    std::vector<Event> queue;
    std::atomic<long> rows{0}, commits{0};

    void run(const std::string& path) {
        sqlite3* database = nullptr;
        sqlite3_open(path.c_str(), &database);
        const auto execute = [database](const char* sql) {
            if (sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK) return;
            std::fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(database));
            std::exit(3);
        };
        execute("PRAGMA journal_mode=WAL");
        execute("PRAGMA synchronous=FULL");
        execute(
            "CREATE TABLE event(seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, body "
            "BLOB NOT NULL)");
        sqlite3_stmt* insert = nullptr;
        sqlite3_prepare_v2(database,
                           "INSERT INTO event(id,at,body) VALUES(?,unixepoch(),?) ON CONFLICT DO NOTHING", -1,
                           &insert, nullptr);
        for (std::vector<Event> batch;; batch.clear()) {
            {
                std::unique_lock lock(mutex);
                filled.wait(lock, [this] { return !queue.empty(); });
                batch.swap(queue);
            }
            execute("BEGIN IMMEDIATE");
            for (auto& event : batch) {
                sqlite3_bind_text(insert, 1, event.id.data(), static_cast<int>(event.id.size()),
                                  SQLITE_STATIC);
                sqlite3_bind_blob(insert, 2, event.body.data(), static_cast<int>(event.body.size()),
                                  SQLITE_STATIC);
                sqlite3_step(insert);
                rows += sqlite3_changes(database);
                sqlite3_reset(insert);
            }
            execute("COMMIT");
            ++commits;
            for (auto& event : batch)
                asio::post(event.executor,
                           [done = std::move(event.done)]() mutable { std::move(done)(true); });
        }
    }
};

Writer writer;
std::string secret;

/// `t=…,v1=…` over `t.body`; one MAC context, keyed once.
bool is_genuine(std::string_view header, std::string_view body) {
    const auto t = header.find("t="), v1 = header.find("v1=");
    if (t == header.npos || v1 == header.npos) return false;
    const auto time = header.substr(t + 2, header.find(',', t) - t - 2);
    const auto sent = header.substr(v1 + 3, 64);
    static EVP_MAC_CTX* const context = [] {
        auto* made = EVP_MAC_CTX_new(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
        char digest[] = "SHA256";
        const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                         OSSL_PARAM_construct_end()};
        EVP_MAC_init(made, reinterpret_cast<const unsigned char*>(secret.data()), secret.size(), parameters);
        return made;
    }();
    EVP_MAC_init(context, nullptr, 0, nullptr);
    for (const auto part : {time, std::string_view("."), body})
        EVP_MAC_update(context, reinterpret_cast<const unsigned char*>(part.data()), part.size());
    std::array<unsigned char, 32> mac{};
    std::size_t size = 0;
    EVP_MAC_final(context, mac.data(), &size, mac.size());
    std::array<char, 64> hex{};
    for (std::size_t i = 0; i < mac.size(); ++i) {
        hex[2 * i] = "0123456789abcdef"[mac[i] >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[mac[i] & 15];
    }
    return sent.size() == hex.size() && CRYPTO_memcmp(hex.data(), sent.data(), hex.size()) == 0;
}

auto store(std::string id, std::string body, asio::any_io_executor executor) {
    return asio::async_initiate<const asio::use_awaitable_t<asio::io_context::executor_type>&, void(bool)>(
        [](auto handler, std::string key, std::string bytes, asio::any_io_executor on) {
            {
                const std::lock_guard lock(writer.mutex);
                writer.queue.push_back({std::move(key), std::move(bytes), std::move(handler), std::move(on)});
            }
            writer.filled.notify_one();
        },
        use_awaitable, std::move(id), std::move(body), std::move(executor));
}

Awaitable<void> serve(Stream stream) {
    beast::flat_buffer buffer;
    beast::error_code failed;
    for (;;) {
        http::request_parser<http::string_body> parser;
        parser.body_limit(1 << 20);
        stream.expires_after(std::chrono::seconds(30));
        co_await http::async_read(stream, buffer, parser, asio::redirect_error(use_awaitable, failed));
        if (failed) co_return;
        auto request = parser.release();
        http::response<http::string_body> reply{http::status::ok, request.version()};
        if (request.method() == http::verb::get) {
            reply.body() = "{\"rows\":" + std::to_string(writer.rows) +
                           ",\"commits\":" + std::to_string(writer.commits) + "}";
        } else if (!is_genuine(request["stripe-signature"], request.body())) {
            reply.result(http::status::unauthorized);
        } else {
            const std::string_view body = request.body();
            const auto at = body.find("\"id\":\"");
            std::string id(at == body.npos ? "" : body.substr(at + 6, body.find('"', at + 6) - at - 6));
            co_await store(std::move(id), std::move(request.body()), stream.get_executor());
            reply.body() = "{\"received\":true}";
        }
        reply.set(http::field::content_type, "application/json");
        reply.keep_alive(request.keep_alive());
        reply.prepare_payload();
        co_await http::async_write(stream, reply, asio::redirect_error(use_awaitable, failed));
        if (failed || !request.keep_alive()) co_return;
    }
}

Awaitable<void> listen(asio::io_context& context, unsigned short port) {
    asio::basic_socket_acceptor<tcp, asio::io_context::executor_type> acceptor(
        context.get_executor(), tcp::endpoint{asio::ip::address_v4::loopback(), port});
    for (;;) {
        auto socket = co_await acceptor.async_accept(use_awaitable);
        socket.set_option(tcp::no_delay(true));
        asio::co_spawn(context.get_executor(), serve(Stream(std::move(socket))), asio::detached);
    }
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 4) return 2;
    secret = arguments[3];
    std::thread([path = std::string(arguments[2])] { writer.run(path); }).detach();
    asio::io_context context(1);
    asio::co_spawn(context.get_executor(),
                   listen(context, static_cast<unsigned short>(std::atoi(arguments[1]))), asio::detached);
    context.run();
}
