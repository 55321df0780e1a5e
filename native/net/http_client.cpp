#include "net/http_client.hpp"

#include "net/call.hpp"
#include "net/request_text.hpp"
#include "tenon/base/text.hpp"

namespace tenon::net {
namespace {

class PooledClient final : public HttpClient {
public:
    PooledClient(asio::io_context& context, ClientOptions options)
        : state_(std::make_shared<ClientState>(context.get_executor(), std::move(options))) {
        for (Admitted& pair : state_->options.admitted) pair.host = text::lower_ascii(pair.host);
    }
    PooledClient(const PooledClient&) = delete;
    PooledClient& operator=(const PooledClient&) = delete;
    ~PooledClient() override { state_->pool->close(); }

    asio::awaitable<CallResult> call(OutboundRequest request) override {
        auto url = parse_url(request.url);
        if (!url) co_return refused({Errc::malformed_request, "url", "not an absolute http(s) URL"});
        auto head = request_head(request, *url);
        if (!head) co_return refused(std::move(head.error()));
        Call call(state_, std::move(request), std::move(*url), std::move(*head));
        CallResult result = co_await call.run();
        co_return result;
    }

private:
    static CallResult refused(Error error) {
        return tl::unexpected(CallFailure{std::move(error), false, {}});
    }

    std::shared_ptr<ClientState> state_;  // shared with running calls, which may outlive the client
};

}  // namespace

std::unique_ptr<HttpClient> make_http_client(asio::io_context& context, ClientOptions options) {
    return std::make_unique<PooledClient>(context, std::move(options));
}

}  // namespace tenon::net
