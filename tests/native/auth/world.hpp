#pragma once
// A store in a temporary folder with one organisation and its first key, and a clock that only the test
// moves.

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <memory>
#include <optional>

#include "auth/authenticator.hpp"
#include "auth/token.hpp"
#include "store/sqlite/open_sqlite.hpp"

namespace tenon::auth::testing {

namespace asio = boost::asio;
using namespace std::chrono_literals;

class MovedClock final : public Clock {
public:
    [[nodiscard]] UnixTime now() const override { return now_; }
    void advance(std::chrono::milliseconds time) { now_ += time; }

private:
    UnixTime now_{1'767'225'600s};
};

template <typename T>
asio::awaitable<void> run_into(asio::awaitable<T> work, std::optional<T>& answer) {
    answer.emplace(co_await std::move(work));
}

/// One organisation with a key that may do everything.
struct Tenant {
    std::optional<store::Organisation> handle;
    ApiKeyId key_id;
    std::string key;  ///< Text for `Authorization: Bearer`.
};

class World : public ::testing::Test {
protected:
    World() {
        folder = std::filesystem::temp_directory_path() /
                 ("tenon-test-" + std::to_string(::getpid()) + "-" + new_uuid(clock.now(), *random).text());
        auto opened = store::open_sqlite(folder, clock);
        if (!opened) throw std::runtime_error(opened.error().detail);
        store = std::move(*opened);
        own = make_tenant({"*"});
    }
    ~World() override {
        std::optional<bool> closed;
        asio::co_spawn(io, store->close(), [&](const std::exception_ptr&) { closed = true; });
        io.restart();
        io.run();
        store.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }

    template <typename T>
    T wait(asio::awaitable<T> work) {
        std::optional<T> answer;
        std::exception_ptr fault;
        asio::co_spawn(io, run_into(std::move(work), answer),
                       [&](std::exception_ptr thrown) { fault = thrown; });
        io.restart();
        io.run();
        if (fault) std::rethrow_exception(fault);
        return std::move(*answer);
    }

    store::ApiKeyRow key_row(std::vector<std::string> scopes, std::string& text) {
        store::ApiKeyRow row;
        const FreshSecret secret = make_secret(*random);
        row.id = ApiKeyId{new_uuid(clock.now(), *random)};
        row.name = "test";
        row.secret_sha256 = secret.sha256;
        row.scopes = std::move(scopes);
        row.created_at = clock.now();
        text = api_key_text(row.id, secret.text);
        return row;
    }

    Tenant make_tenant(std::vector<std::string> scopes) {
        Tenant tenant;
        const auto row = key_row(std::move(scopes), tenant.key);
        const store::OrganisationRow organisation{OrganisationId{new_uuid(clock.now(), *random)}, "Test",
                                                  clock.now()};
        auto made = wait(store->gate().create_organisation(organisation, row));
        if (!made) throw std::runtime_error(made.error().detail);
        tenant.handle = *made;
        tenant.key_id = row.id;
        return tenant;
    }

    /// A further key of an organisation; the text is the answer.
    std::string add_key(const Tenant& tenant, std::vector<std::string> scopes,
                        std::optional<UnixTime> expires_at = std::nullopt, ApiKeyId* id = nullptr) {
        std::string text;
        auto row = key_row(std::move(scopes), text);
        row.expires_at = expires_at;
        if (id != nullptr) *id = row.id;
        auto added = wait(
            store->write(*tenant.handle, [row](store::Unit& unit) { return unit.api_keys().insert(row); }));
        EXPECT_TRUE(added);
        return text;
    }

    static http::Request request(std::string method, std::vector<http::Header> headers) {
        http::Request made;
        made.method = std::move(method);
        made.path = made.target = "/v1/me";
        made.headers = std::move(headers);
        made.headers.emplace_back("host", "127.0.0.1:1");
        made.remote_address = "192.0.2.1";
        made.request_id = "test";
        return made;
    }

    std::filesystem::path folder;
    asio::io_context io;
    MovedClock clock;
    std::unique_ptr<Random> random = make_system_random();
    std::unique_ptr<store::Store> store;
    Site site = Site::create("http://127.0.0.1:1").value();
    Tenant own;
};

}  // namespace tenon::auth::testing
