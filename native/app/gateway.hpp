#pragma once
// Stands between a listener, which must exist before its address is known, and the API, which is built from
// that address.

#include "api/api.hpp"
#include "http/message.hpp"

namespace tenon::app {

/// open() before the first request is read; the API must outlive the listener's sessions.
class Gateway : public http::Application {
public:
    void open(api::Api& api) { api_ = &api; }

    http::Limits limits(const http::Request& head) const override { return api_->limits(head); }
    boost::asio::awaitable<http::Response> handle(http::Request request) override {
        return api_->handle(std::move(request));
    }
    http::Response refused(int status, std::string_view code, std::string_view detail,
                           std::string_view request_id) const override {
        return api_->refused(status, code, detail, request_id);
    }

private:
    api::Api* api_ = nullptr;
};

}  // namespace tenon::app
