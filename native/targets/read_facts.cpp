#include "targets/read_facts.hpp"

#include "tenon/execution/plan.hpp"
#include "tenon/execution/reply_class.hpp"

namespace tenon::targets {

struct FactReader::Subject {
    const catalogue::Provider* provider;
    const catalogue::Action* action;
    const catalogue::Auth* auth;
};

namespace {

const json::Value& target_config_of(const json::Value& config) {
    static const json::Value none{json::Object{}};
    const auto* found = config.find("target_config");
    return found != nullptr && found->is_object() ? *found : none;
}

/// The parts of target_config that the user chose: what a read depends on, without what earlier reads left
/// there.
json::Value chosen(const catalogue::Action& action, const json::Value& target_config) {
    json::Value copy = target_config;
    for (const auto* step : action.reading_steps()) copy.as_object().erase(step->keep_as);
    return copy;
}

}  // namespace

Result<FactReader::Subject> FactReader::subject_of(const store::ConnectionRow& connection,
                                                   const json::Value& config) const {
    const auto* provider = outside_.catalogue.provider(config.text_at("provider"));
    const auto* action = provider == nullptr ? nullptr : provider->action(config.text_at("action"));
    if (action == nullptr) return fail(Errc::unknown_action, "/action", "The catalogue has no such action.");
    const auto* auth = provider->auth_for(*action, connection.auth_kind);
    if (auth == nullptr || connection.status != "active")
        return fail(Errc::not_connected, "/connection_id", "Connect the account first, then save again.");
    return Subject{provider, action, auth};
}

asio::awaitable<Result<json::Value>> FactReader::read(const store::Organisation& organisation,
                                                      const store::ConnectionRow& connection,
                                                      const Subject& subject, const catalogue::Step& step,
                                                      const json::Value& target_config, Cache cache) {
    const auto now = outside_.clock.now();
    const auto key = connection.id.text() + '\n' + subject.action->id + '\n' + step.id + '\n' +
                     json::write(chosen(*subject.action, target_config));
    if (cache == Cache::use)
        if (const auto found = kept_.find(key); found != kept_.end() && found->second.until > now)
            co_return found->second.fact;

    json::Value facts;
    if (!connection.facts.empty()) {
        TENON_CO_TRY(facts, json::read(connection.facts));
    }
    TENON_CO_TRY(const auto planned, execution::plan_reading(*subject.provider, *subject.action, step,
                                                             *subject.auth, target_config, facts));
    TENON_CO_TRY(const auto credential,
                 outbound::OpenedCredential::open(outside_.vault, organisation, connection));
    const auto call_id = new_uuid(now, outside_.random).text();
    TENON_CO_TRY(const auto filled, execution::fill(planned, *subject.action, *subject.auth,
                                                    credential.views(), {call_id, call_id, now}));
    const auto reply = co_await outside_.client.call(
        outbound::to_outbound(filled, subject.provider->id, outside_.bases, subject.action->timeout));
    if (!reply) co_return fail(reply.error().error.code, "/target_config", reply.error().error.detail);
    const auto outcome = execution::classify({reply->status, reply->headers, reply->body},
                                             subject.provider->rules(*subject.action), *subject.action, now);
    if (outcome.code) co_return fail(*outcome.code, "/target_config", outcome.detail);
    TENON_CO_TRY(auto fact, execution::pick_fact(step, reply->body));
    if (step.cache.count() > 0) {
        if (kept_.size() >= kept_facts) kept_.clear();
        kept_.insert_or_assign(key, Kept{fact, now + step.cache});
    }
    co_return fact;
}

asio::awaitable<Result<json::Value>> FactReader::fill(store::Organisation organisation, json::Value config) {
    const auto* provider = outside_.catalogue.provider(config.text_at("provider"));
    const auto* action = provider == nullptr ? nullptr : provider->action(config.text_at("action"));
    if (action == nullptr || action->reading_steps().empty()) co_return config;
    const auto id = ConnectionId::parse(config.text_at("connection_id"));
    if (!id)
        co_return fail(Errc::not_connected, "/connection_id",
                       "This action reads from the account: name a connection.");
    TENON_CO_TRY(const auto connection, co_await outside_.store.read(organisation, [id](store::Unit& unit) {
        return unit.connections().get(*id);
    }));
    TENON_CO_TRY(const auto subject, subject_of(connection, config));
    for (const auto* step : action->reading_steps()) {
        json::Value target_config = chosen(*action, target_config_of(config));
        TENON_CO_TRY(auto fact,
                     co_await read(organisation, connection, subject, *step, target_config, Cache::bypass));
        target_config.as_object().set(step->keep_as, std::move(fact));
        config.as_object().set("target_config", std::move(target_config));
    }
    if (const auto key = execution::unknown_column(*action, config))
        co_return fail(Errc::config_value, "/field_mappings/" + json::escape_token(*key) + "/target",
                       "The target has no such column.");
    co_return config;
}

asio::awaitable<Result<json::Value>> FactReader::confirm(store::Organisation organisation,
                                                         const store::ConnectionRow& connection,
                                                         json::Value config) {
    TENON_CO_TRY(const auto subject, subject_of(connection, config));
    for (const auto* step : subject.action->reading_steps()) {
        TENON_CO_TRY(auto fresh, co_await read(organisation, connection, subject, *step,
                                               target_config_of(config), Cache::use));
        TENON_CO_TRY(auto confirmed,
                     execution::confirm_fact(*subject.action, *step, config, std::move(fresh)));
        if (confirmed.changed) config.as_object().set("target_config", std::move(confirmed.target_config));
    }
    co_return config;
}

}  // namespace tenon::targets
