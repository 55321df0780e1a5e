#pragma once
// The simulator as an HTTP application: `/<id>/…` is a provider, `/__…` are the controls.

#include <map>
#include <memory>
#include <string>

#include "base/clock.hpp"
#include "http/message.hpp"
#include "simulator/behaviour.hpp"
#include "simulator/faults.hpp"
#include "simulator/journal.hpp"

namespace tenon::simulator {

namespace asio = boost::asio;

/// Runs on one io_context only: nothing here is locked.
class Simulator final : public http::Application {
public:
    /// `clock` must outlive it.
    Simulator(std::map<std::string, Behaviour, std::less<>> providers, Clock& clock)
        : providers_(std::move(providers)), clock_(clock) {}

    http::Limits limits(const http::Request& head) const override;
    asio::awaitable<http::Response> handle(http::Request request) override;
    http::Response refused(int status, std::string_view code, std::string_view detail,
                           std::string_view request_id) const override;

private:
    http::Response control(const http::Request& request);
    http::Response add_fault(const http::Request& request);
    asio::awaitable<http::Response> play(http::Request request, std::string id, std::string path);

    std::map<std::string, Behaviour, std::less<>> providers_;
    Clock& clock_;
    Journal journal_;
    Faults faults_;
};

}  // namespace tenon::simulator
