#include "execute/planning.hpp"

#include "tenon/base/bytes.hpp"
#include "tenon/base/text.hpp"

namespace tenon::execute {

Result<Subject> subject_of(const catalogue::Catalogue& catalogue, const store::ExecutionRow& execution,
                           const std::optional<store::ConnectionRow>& connection) {
    Subject subject;
    subject.provider = catalogue.provider(execution.provider);
    if (subject.provider != nullptr) subject.action = subject.provider->action(execution.action);
    if (subject.action == nullptr)
        return fail(Errc::unknown_action, "/action",
                    "The catalogue no longer has this action; save the integration again.");
    if (connection && connection->status != "active")
        return fail(Errc::not_connected, "/connection_id",
                    "The connection is " + connection->status + ": reconnect it, then replay.");
    subject.auth = subject.provider->auth_for(*subject.action, connection ? connection->auth_kind : "");
    if (subject.auth == nullptr)
        return fail(Errc::not_connected, "/connection_id",
                    "The connection's kind of credential does not fit this action.");
    if (!connection && subject.auth->apply.kind != catalogue::ApplyKind::none)
        return fail(Errc::not_connected, "/connection_id", "This action needs a connection.");
    return subject;
}

Result<Plan> plan(const catalogue::Catalogue& catalogue, const Subject& subject, const PlanInput& input) {
    const auto action =
        catalogue.action_template(subject.provider->id, subject.action->id, subject.auth->kind);
    mapping::PreviewInput asked{input.config, input.payload, {}, input.meta, {}, {}};
    if (action) asked.action = *action;
    if (!input.facts.empty()) asked.connection = input.facts;
    auto preview = mapping::preview(asked);
    if (!preview.request) {
        const auto& errors = preview.document.find("errors")->as_array();
        if (errors.empty()) return fail(Errc::action_invalid, "/action", "The action builds no request.");
        const auto& first = errors.front();
        return fail(errc_from_id(first.text_at("code")).value_or(Errc::internal),
                    std::string(first.text_at("pointer")),
                    std::string(first.text_at("pointer")) + ": " + std::string(first.text_at("message")));
    }
    return Plan{std::move(*preview.request), json::write(*preview.document.find("request"))};
}

std::string reply_document(const net::InboundReply& reply) {
    json::Array headers;
    for (const auto& [name, value] : reply.headers)
        headers.emplace_back(json::Array{name, text::is_utf8(value) ? value : bytes::to_base64(value)});
    const std::string_view kept = std::string_view(reply.body).substr(0, kept_reply_bytes);
    json::Object document{{"status", reply.status}, {"headers", std::move(headers)}};
    const bool is_text = text::is_utf8(kept) && kept.find('\0') == std::string_view::npos;
    document.set(is_text ? "body" : "body_base64", is_text ? std::string(kept) : bytes::to_base64(kept));
    if (kept.size() < reply.body.size())
        document.set("body_cut_from_bytes", static_cast<std::int64_t>(reply.body.size()));
    return json::write(document);
}

}  // namespace tenon::execute
