#pragma once
// An HttpClient without a network: answers from a queue or a function and keeps what it was asked.

#include <deque>
#include <functional>
#include <utility>
#include <vector>

#include "net/http_client.hpp"

namespace tenon::net {

/// Calls are recorded in `calls`; each is answered by `on_call` if set, else by the next of `answers`, else
/// by connect_failed. Answers come at once, without touching an io_context.
class FakeHttpClient final : public HttpClient {
public:
    std::vector<OutboundRequest> calls;
    std::deque<CallResult> answers;
    std::function<CallResult(const OutboundRequest&)> on_call;

    static InboundReply reply(int status, std::string body,
                              std::vector<std::pair<std::string, std::string>> headers = {}) {
        return InboundReply{status, std::move(headers), std::move(body), {}};
    }
    static CallResult failure(Errc code, bool first_byte_sent) {
        return tl::unexpected(CallFailure{Error{code, "", ""}, first_byte_sent, {}});
    }

    asio::awaitable<CallResult> call(OutboundRequest request) override {
        calls.push_back(std::move(request));
        if (on_call) co_return on_call(calls.back());
        if (answers.empty()) co_return failure(Errc::connect_failed, false);
        CallResult next = std::move(answers.front());
        answers.pop_front();
        co_return next;
    }
};

}  // namespace tenon::net
