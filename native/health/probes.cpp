#include "health/probes.hpp"

namespace tenon::health {

asio::awaitable<Readiness> Probes::readiness() {
    Readiness answer{!is_stopping_, {}};
    json::Array checks;
    for (const auto& [name, check] : checks_) {
        const auto result = co_await check();
        json::Object shown{{"name", name}, {"status", result ? "ok" : "failed"}};
        if (!result) shown.append("code", id_of(result.error().code));
        answer.is_ready = answer.is_ready && result.has_value();
        checks.emplace_back(std::move(shown));
    }
    json::Array warnings;
    for (const auto& warning : warnings_) warnings.emplace_back(warning);
    const char* status = answer.is_ready ? "ready" : is_stopping_ ? "stopping" : "not_ready";
    answer.document =
        json::Object{{"status", status}, {"checks", std::move(checks)}, {"warnings", std::move(warnings)}};
    co_return answer;
}

}  // namespace tenon::health
