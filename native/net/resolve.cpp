#include "net/resolve.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>

namespace tenon::net {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

// Shared with the resolver's handler, which may come long after the caller has gone.
struct Lookup {
    explicit Lookup(const asio::any_io_executor& executor) : resolver(executor), timer(executor) {}
    tcp::resolver resolver;
    asio::steady_timer timer;
    error_code result;
    std::vector<asio::ip::address> addresses;
    bool is_done = false;
};

}  // namespace

asio::awaitable<Result<std::vector<asio::ip::address>>> resolve(
    std::string host, std::chrono::steady_clock::time_point deadline) {
    error_code ec;
    const auto literal = asio::ip::make_address(host, ec);
    if (!ec) co_return std::vector{literal};
    const auto lookup = std::make_shared<Lookup>(co_await asio::this_coro::executor);
    lookup->timer.expires_at(deadline);
    lookup->resolver.async_resolve(host, "", [lookup](const error_code& failure, const auto& results) {
        lookup->is_done = true;
        lookup->result = failure;
        for (const auto& entry : results) lookup->addresses.push_back(entry.endpoint().address());
        lookup->timer.cancel();
    });
    co_await lookup->timer.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    if (!lookup->is_done) {
        lookup->resolver.cancel();
        co_return fail(Errc::connect_failed, "", "the host name was not resolved in time");
    }
    if (lookup->result) co_return fail(Errc::connect_failed, "", "the host name can't be resolved");
    co_return std::move(lookup->addresses);
}

}  // namespace tenon::net
