#pragma once
// Every handler by name, one file a resource; the route table (routes.cpp) is the only user.

#include "api/call.hpp"

namespace tenon::api {

#define TENON_HANDLER(name) asio::awaitable<Reply> name(Call& call)

// providers.cpp
TENON_HANDLER(list_providers);
TENON_HANDLER(get_provider);
// connections.cpp
TENON_HANDLER(create_connection);
TENON_HANDLER(list_connections);
TENON_HANDLER(get_connection);
TENON_HANDLER(delete_connection);
TENON_HANDLER(put_credentials);
TENON_HANDLER(disconnect_connection);
TENON_HANDLER(later_connection);
// forms.cpp
TENON_HANDLER(create_form);
TENON_HANDLER(list_forms);
TENON_HANDLER(get_form);
TENON_HANDLER(change_form);
TENON_HANDLER(delete_form);
// integrations.cpp
TENON_HANDLER(create_form_integration);
TENON_HANDLER(list_form_integrations);
TENON_HANDLER(create_endpoint_integration);
TENON_HANDLER(list_endpoint_integrations);
TENON_HANDLER(get_integration);
TENON_HANDLER(change_integration);
TENON_HANDLER(delete_integration);
// preview.cpp
TENON_HANDLER(preview_config);
TENON_HANDLER(get_zone);
// submissions.cpp
TENON_HANDLER(submit_form);
TENON_HANDLER(list_submissions);
TENON_HANDLER(get_submission);
// executions.cpp
TENON_HANDLER(list_executions);
TENON_HANDLER(get_execution);
TENON_HANDLER(replay_execution);
TENON_HANDLER(cancel_execution);
TENON_HANDLER(replay_executions);
// endpoints.cpp
TENON_HANDLER(create_endpoint);
TENON_HANDLER(list_endpoints);
TENON_HANDLER(get_endpoint);
TENON_HANDLER(change_endpoint);
TENON_HANDLER(delete_endpoint);
TENON_HANDLER(rotate_endpoint_secret);
TENON_HANDLER(receive_delivery);
// events.cpp
TENON_HANDLER(list_events);
TENON_HANDLER(get_event);
TENON_HANDLER(later_event);
// changes.cpp
TENON_HANDLER(stream_changes);
// access.cpp
TENON_HANDLER(create_api_key);
TENON_HANDLER(list_api_keys);
TENON_HANDLER(revoke_api_key);
TENON_HANDLER(get_me);
TENON_HANDLER(open_session);
TENON_HANDLER(close_session);
TENON_HANDLER(create_sign_in_link);
TENON_HANDLER(list_security_events);
// operator.cpp
TENON_HANDLER(get_health);
TENON_HANDLER(get_readiness);
TENON_HANDLER(get_metrics);
TENON_HANDLER(get_openapi);
TENON_HANDLER(get_problem_page);

// page.cpp
TENON_HANDLER(get_page);
TENON_HANDLER(get_icon);
TENON_HANDLER(get_asset);

#undef TENON_HANDLER

}  // namespace tenon::api
