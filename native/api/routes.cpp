#include "api/routes.hpp"

#include "tenon/base/limits.hpp"

namespace tenon::api {
namespace {

constexpr std::size_t large_body = 1'048'576;                                // configs and schemas
constexpr std::size_t preview_body = large_body + limits::submission_bytes;  // a config and a submission

constexpr std::string_view page = "limit,cursor";

constexpr std::string_view anybody = "-";  // instead of a scope: Access::open
constexpr std::string_view any_key = "+";  // and Access::signed_in

/// A route that is being described; what is not said keeps its default.
struct Row : Route {
    constexpr Row(std::string_view method_in, std::string_view path_in, std::string_view operation_in,
                  std::string_view summary_in, Handler handler_in, std::string_view scope_in, int status,
                  std::string_view answer = {}, std::string_view media = "application/json")
        : Route{.method = method_in,
                .path = path_in,
                .operation = operation_in,
                .summary = summary_in,
                .handler = handler_in} {
        access = scope_in == anybody   ? Access::open
                 : scope_in == any_key ? Access::signed_in
                                       : Access::scoped;
        if (access == Access::scoped) scope = scope_in;
        answers[0] = {status, answer, media};
    }

    constexpr Row or_answers(int status, std::string_view name) const {
        Row row = *this;
        row.answers[1] = {status, name, "application/json"};
        return row;
    }
    constexpr Row takes(std::string_view name, std::size_t bytes = 65'536) const {
        Row row = *this;
        row.set_body(Body::json, name, bytes);
        return row;
    }
    constexpr Row takes_text(std::string_view name, std::size_t bytes) const {
        Row row = *this;
        row.set_body(Body::text, name, bytes);
        return row;
    }
    constexpr Row takes_anything(std::size_t bytes) const {
        Row row = *this;
        row.set_body(Body::raw, {}, bytes);
        return row;
    }
    constexpr Row query(std::string_view names) const {
        Row row = *this;
        row.Route::query = names;
        return row;
    }
    constexpr Row idempotent() const {
        Row row = *this;
        row.is_idempotent = true;
        return row;
    }
    constexpr Row versioned() const {
        Row row = *this;
        row.is_versioned = true;
        return row;
    }
    constexpr Row served(Place where) const {
        Row row = *this;
        row.place = where;
        return row;
    }

private:
    constexpr void set_body(Body kind, std::string_view name, std::size_t bytes) {
        body = kind;
        schema = name;
        body_bytes = bytes;
    }
};

constexpr Route table[] = {
    Row("GET", "/healthz", "get_health", "Whether the process answers", get_health, anybody, 200, "Health")
        .served(Place::everywhere),
    Row("GET", "/readyz", "get_readiness", "Whether everything it needs answers", get_readiness, anybody, 200,
        "Readiness")
        .or_answers(503, "Readiness")
        .served(Place::admin),
    Row("GET", "/metrics", "get_metrics", "Figures for Prometheus", get_metrics, anybody, 200, "",
        "text/plain; version=0.0.4; charset=utf-8")
        .served(Place::admin),
    Row("GET", "/openapi.json", "get_openapi", "This description", get_openapi, anybody, 200),
    Row("GET", "/problems/{code}", "get_problem_page", "What a problem code means", get_problem_page, anybody,
        200, "", "text/html; charset=utf-8"),
    Row("POST", "/v1/session", "open_session", "Sign a browser in with a key or a sign-in token",
        open_session, anybody, 201, "SessionOpened")
        .takes("SessionOpen"),
    Row("DELETE", "/v1/session", "close_session", "Sign out", close_session, any_key, 204),
    Row("POST", "/v1/sign-in-links", "create_sign_in_link",
        "Make a single-use link that signs a browser in for this key", create_sign_in_link, any_key, 201,
        "SignInLink"),
    Row("GET", "/v1/me", "get_me", "Who is calling", get_me, any_key, 200, "Me"),
    Row("POST", "/v1/api-keys", "create_api_key", "Make an API key", create_api_key, "api_keys:write", 201,
        "ApiKeyCreated")
        .takes("ApiKeyCreate")
        .idempotent(),
    Row("GET", "/v1/api-keys", "list_api_keys", "API keys", list_api_keys, "api_keys:read", 200, "ApiKeyList")
        .query(page),
    Row("DELETE", "/v1/api-keys/{api_key_id}", "revoke_api_key", "Revoke an API key", revoke_api_key,
        "api_keys:write", 204),
    Row("GET", "/v1/security-events", "list_security_events", "Refused and suspicious calls",
        list_security_events, "security_events:read", 200, "SecurityEventList")
        .query(page),
    Row("GET", "/v1/providers", "list_providers", "The catalogue", list_providers, "providers:read", 200,
        "ProviderSummaryList"),
    Row("GET", "/v1/providers/{provider_id}", "get_provider", "One provider with its actions", get_provider,
        "providers:read", 200, "Provider"),
    Row("GET", "/v1/zones/{zone*}", "get_zone", "Offsets of a time zone from 1970 to 2100", get_zone,
        "providers:read", 200, "Zone"),
    Row("POST", "/v1/connections", "create_connection", "Start a connection to a provider", create_connection,
        "connections:write", 201, "Connection")
        .takes("ConnectionCreate")
        .idempotent(),
    Row("GET", "/v1/connections", "list_connections", "Connections", list_connections, "connections:read",
        200, "ConnectionList")
        .query(page),
    Row("GET", "/v1/connections/{connection_id}", "get_connection", "One connection", get_connection,
        "connections:read", 200, "Connection"),
    Row("DELETE", "/v1/connections/{connection_id}", "delete_connection",
        "Delete a connection with its credential", delete_connection, "connections:write", 204),
    Row("PUT", "/v1/connections/{connection_id}/credentials", "put_credentials",
        "Give a connection its credential", put_credentials, "connections:write", 200, "Connection")
        .takes("Credentials")
        .versioned(),
    Row("POST", "/v1/connections/{connection_id}/disconnect", "disconnect_connection",
        "Forget the credential, keep the connection", disconnect_connection, "connections:write", 200,
        "Connection"),
    Row("POST", "/v1/connections/{connection_id}/authorize", "authorize_connection",
        "Connect by OAuth (not in this version)", later_connection, "connections:write", 501),
    Row("POST", "/v1/connections/{connection_id}/refresh", "refresh_connection",
        "Refresh the token now (not in this version)", later_connection, "connections:write", 501),
    Row("POST", "/v1/connections/{connection_id}/test", "test_connection",
        "Try the credential (not in this version)", later_connection, "connections:write", 501),
    Row("GET", "/v1/connections/{connection_id}/targets/{kind}", "list_targets",
        "Sheets, channels, bases (not in this version)", later_connection, "connections:read", 501)
        .query("q"),
    Row("POST", "/v1/forms", "create_form", "Make a form", create_form, "forms:write", 201, "Form")
        .takes("FormCreate", large_body)
        .idempotent(),
    Row("GET", "/v1/forms", "list_forms", "Forms", list_forms, "forms:read", 200, "FormList").query(page),
    Row("GET", "/v1/forms/{form_id}", "get_form", "One form", get_form, "forms:read", 200, "Form"),
    Row("PATCH", "/v1/forms/{form_id}", "change_form", "Change a form", change_form, "forms:write", 200,
        "Form")
        .takes("FormChange", large_body)
        .versioned(),
    Row("DELETE", "/v1/forms/{form_id}", "delete_form", "Delete a form without submissions", delete_form,
        "forms:write", 204),
    Row("POST", "/v1/forms/{form_id}/integrations", "create_form_integration",
        "Say what happens with a submission", create_form_integration, "integrations:write", 201,
        "Integration")
        .takes("IntegrationCreate", large_body)
        .idempotent(),
    Row("GET", "/v1/forms/{form_id}/integrations", "list_form_integrations", "Integrations of a form",
        list_form_integrations, "integrations:read", 200, "IntegrationList")
        .query(page),
    Row("GET", "/v1/integrations/{integration_id}", "get_integration", "One integration", get_integration,
        "integrations:read", 200, "Integration"),
    Row("PATCH", "/v1/integrations/{integration_id}", "change_integration", "Change an integration",
        change_integration, "integrations:write", 200, "Integration")
        .takes("IntegrationChange", large_body)
        .versioned(),
    Row("DELETE", "/v1/integrations/{integration_id}", "delete_integration", "Delete an integration",
        delete_integration, "integrations:write", 204),
    Row("POST", "/v1/preview", "preview_config", "What a submission would become, without sending it",
        preview_config, "integrations:read", 200, "PreviewDocument")
        .takes("PreviewRequest", preview_body),
    Row("POST", "/v1/forms/{form_id}/submissions", "submit_form", "Submit a form", submit_form,
        "submissions:write", 202, "SubmissionAccepted")
        .or_answers(200, "SubmissionAccepted")
        .takes_text("SubmissionBody", limits::submission_bytes)
        .idempotent(),
    Row("GET", "/v1/submissions", "list_submissions", "Submissions", list_submissions, "submissions:read",
        200, "SubmissionSummaryList")
        .query("limit,cursor,form_id"),
    Row("GET", "/v1/submissions/{submission_id}", "get_submission", "One submission with its executions",
        get_submission, "submissions:read", 200, "Submission"),
    Row("GET", "/v1/executions", "list_executions", "The event log", list_executions, "executions:read", 200,
        "ExecutionList")
        .query("limit,cursor,status,form_id,connection_id,submission_id,event_id,since"),
    Row("GET", "/v1/executions/{execution_id}", "get_execution", "One execution, attempt by attempt",
        get_execution, "executions:read", 200, "ExecutionDetail"),
    Row("POST", "/v1/executions/{execution_id}/replay", "replay_execution", "Run an ended execution again",
        replay_execution, "executions:write", 202, "Execution")
        .idempotent(),
    Row("POST", "/v1/executions/{execution_id}/cancel", "cancel_execution",
        "Withdraw an execution that waits", cancel_execution, "executions:write", 200, "Execution"),
    Row("POST", "/v1/executions/replay", "replay_executions", "Run again whatever a filter matches",
        replay_executions, "executions:write", 202, "Replayed")
        .takes("ReplayFilter")
        .idempotent(),
    Row("POST", "/v1/webhook-endpoints", "create_endpoint", "Make a URL that a provider delivers to",
        create_endpoint, "webhook_endpoints:write", 201, "Endpoint")
        .takes("EndpointCreate", large_body)
        .idempotent(),
    Row("GET", "/v1/webhook-endpoints", "list_endpoints", "Webhook endpoints", list_endpoints,
        "webhook_endpoints:read", 200, "EndpointList")
        .query(page),
    Row("GET", "/v1/webhook-endpoints/{endpoint_id}", "get_endpoint", "One webhook endpoint", get_endpoint,
        "webhook_endpoints:read", 200, "Endpoint"),
    Row("PATCH", "/v1/webhook-endpoints/{endpoint_id}", "change_endpoint", "Change a webhook endpoint",
        change_endpoint, "webhook_endpoints:write", 200, "Endpoint")
        .takes("EndpointChange", large_body)
        .versioned(),
    Row("DELETE", "/v1/webhook-endpoints/{endpoint_id}", "delete_endpoint", "Delete a webhook endpoint",
        delete_endpoint, "webhook_endpoints:write", 204),
    Row("POST", "/v1/webhook-endpoints/{endpoint_id}/rotate-secret", "rotate_endpoint_secret",
        "Add or replace signing secrets", rotate_endpoint_secret, "webhook_endpoints:write", 200, "Endpoint")
        .takes("EndpointRotate")
        .versioned(),
    Row("POST", "/v1/webhook-endpoints/{endpoint_id}/integrations", "create_endpoint_integration",
        "Say what happens with an event", create_endpoint_integration, "integrations:write", 201,
        "Integration")
        .takes("IntegrationCreate", large_body)
        .idempotent(),
    Row("GET", "/v1/webhook-endpoints/{endpoint_id}/integrations", "list_endpoint_integrations",
        "Active integrations of a webhook endpoint", list_endpoint_integrations, "integrations:read", 200,
        "IntegrationList"),
    Row("*", "/v1/hooks/{endpoint_id}", "receive_delivery",
        "Where providers deliver; the signature is the credential", receive_delivery, anybody, 200, "", "*/*")
        .takes_anything(limits::forwarded_body),
    Row("GET", "/v1/events", "list_events", "The webhook inbox", list_events, "events:read", 200,
        "EventSummaryList")
        .query("limit,cursor,endpoint_id"),
    Row("GET", "/v1/events/{event_id}", "get_event", "One event with what was delivered", get_event,
        "events:read", 200, "Event"),
    Row("POST", "/v1/events/{event_id}/replay", "replay_event",
        "Work on an event again (not in this version)", later_event, "events:write", 501),
    Row("GET", "/v1/changes", "stream_changes", "Server-sent events; resumes behind Last-Event-ID",
        stream_changes, "changes:read", 200, "", "text/event-stream"),
    Row("GET", "/", "get_page", "The web application", get_page, anybody, 200, "",
        "text/html; charset=utf-8"),
    Row("GET", "/sign-in", "get_sign_in_page", "The web application, signing in", get_page, anybody, 200, "",
        "text/html; charset=utf-8"),
    Row("GET", "/icon.svg", "get_icon", "The web application's icon", get_icon, anybody, 200, "",
        "image/svg+xml"),
    Row("GET", "/assets/{path*}", "get_asset", "Files of the web application", get_asset, anybody, 200, "",
        "*/*"),
};

constexpr std::string_view id_schema = R"({"$ref":"#/$defs/Id"})";
constexpr Parameter parameters[] = {
    {"limit", R"({"type":"integer","minimum":1,"maximum":200,"default":50})", "rows of one page"},
    {"cursor", R"({"type":"string"})", "next_cursor of the page before"},
    {"status", R"({"$ref":"#/$defs/ExecutionStatus"})", "only these"},
    {"form_id", id_schema, "only of this form"},
    {"connection_id", id_schema, "only through this connection"},
    {"submission_id", id_schema, "only of this submission"},
    {"event_id", id_schema, "only of this event"},
    {"endpoint_id", id_schema, "only of this webhook endpoint"},
    {"q", R"({"type":"string"})", "what to rank by"},
    {"since", R"({"$ref":"#/$defs/Time"})", "only made at or after this time"},
};

}  // namespace

std::span<const Route> routes() { return table; }

const Parameter* parameter(std::string_view name) {
    for (const auto& known : parameters)
        if (known.name == name) return &known;
    return nullptr;
}

bool is_listed(std::string_view list, std::string_view name) {
    while (!list.empty()) {
        const auto end = std::min(list.find(','), list.size());
        if (list.substr(0, end) == name) return true;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return false;
}

}  // namespace tenon::api
