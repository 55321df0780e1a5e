#pragma once
// Every row goes in and comes out as it was; every error of the calls that look alike.

#include "fixture.hpp"

namespace tenon::store::contract {

using AggregateContract = StoreContract;

TEST_P(AggregateContract, organisation_and_first_key_are_made_together) {
    EXPECT_EQ(wait(gate().is_empty()), true);
    const auto organisation = organisation_row();
    const auto key = api_key_row();
    const auto made = wait(gate().create_organisation(organisation, key));
    ASSERT_TRUE(succeeded(made));
    EXPECT_EQ(made->id(), organisation.id);
    EXPECT_EQ(wait(gate().is_empty()), false);
    const auto found = wait(gate().find_api_key(key.id));
    ASSERT_TRUE(succeeded(found));
    EXPECT_EQ(found->organisation, *made);
    EXPECT_TRUE(same(found->row, key));
    EXPECT_TRUE(failed_with(wait(gate().find_api_key(next_id<ApiKeyId>())), Errc::not_found));
    EXPECT_TRUE(
        failed_with(wait(gate().create_organisation(organisation, api_key_row())), Errc::already_exists));
}

TEST_P(AggregateContract, a_refused_first_key_leaves_no_organisation) {
    const auto first = make_organisation();
    auto key = api_key_row();
    ASSERT_TRUE(succeeded(write(first, [&](Unit& unit) { return unit.api_keys().insert(key); })));
    const auto second = organisation_row();
    EXPECT_TRUE(failed_with(wait(gate().create_organisation(second, key)), Errc::already_exists));
    EXPECT_TRUE(succeeded(wait(gate().create_organisation(second, api_key_row()))));
}

TEST_P(AggregateContract, api_keys_are_kept_revoked_and_touched) {
    const auto mine = make_organisation();
    auto key = api_key_row();
    key.expires_at = key.last_used_at = key.revoked_at = std::nullopt;
    key.scopes.clear();
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) { return unit.api_keys().insert(key); })));
    EXPECT_TRUE(failed_with(write(mine, [&](Unit& unit) { return unit.api_keys().insert(key); }),
                            Errc::already_exists));
    EXPECT_TRUE(same(*read(mine, [&](Unit& unit) { return unit.api_keys().get(key.id); }), key));
    EXPECT_EQ(wait(gate().find_api_key(key.id))->row.revoked_at, std::nullopt);
    ASSERT_TRUE(
        succeeded(write(mine, [&](Unit& unit) { return unit.api_keys().touch(key.id, start + 1s); })));
    ASSERT_TRUE(
        succeeded(write(mine, [&](Unit& unit) { return unit.api_keys().revoke(key.id, start + 2s); })));
    ASSERT_TRUE(
        succeeded(write(mine, [&](Unit& unit) { return unit.api_keys().revoke(key.id, start + 3s); })));
    const auto after = read(mine, [&](Unit& unit) { return unit.api_keys().get(key.id); });
    EXPECT_EQ(after->last_used_at, start + 1s);
    EXPECT_EQ(after->revoked_at, start + 2s) << "the first revocation counts";
    EXPECT_EQ(wait(gate().find_api_key(key.id))->row.revoked_at, start + 2s) << "at once, everywhere";
    const auto none = next_id<ApiKeyId>();
    EXPECT_TRUE(failed_with(write(mine, [&](Unit& unit) { return unit.api_keys().touch(none, start); }),
                            Errc::not_found));
    EXPECT_TRUE(failed_with(write(mine, [&](Unit& unit) { return unit.api_keys().revoke(none, start); }),
                            Errc::not_found));
}

TEST_P(AggregateContract, sessions_are_found_until_closed_or_their_key_is_revoked) {
    const auto mine = make_organisation();
    const auto key = api_key_row();
    const auto closed = session_row(key.id);
    const auto orphaned = session_row(key.id);
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) -> Result<void> {
        TENON_CHECK(unit.api_keys().insert(key));
        TENON_CHECK(unit.api_keys().open_session(closed));
        return unit.api_keys().open_session(orphaned);
    })));
    const auto found = wait(gate().find_session(closed.id));
    ASSERT_TRUE(succeeded(found));
    EXPECT_EQ(found->organisation, mine);
    EXPECT_TRUE(same(found->session, closed));
    EXPECT_TRUE(same(found->api_key, key));
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) { return unit.api_keys().close_session(closed.id); })));
    EXPECT_TRUE(failed_with(write(mine, [&](Unit& unit) { return unit.api_keys().close_session(closed.id); }),
                            Errc::not_found));
    EXPECT_TRUE(failed_with(wait(gate().find_session(closed.id)), Errc::not_found));
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) { return unit.api_keys().revoke(key.id, start); })));
    EXPECT_TRUE(failed_with(wait(gate().find_session(orphaned.id)), Errc::not_found));
    EXPECT_TRUE(failed_with(
        write(mine,
              [&](Unit& unit) { return unit.api_keys().open_session(session_row(next_id<ApiKeyId>())); }),
        Errc::not_found));
}

TEST_P(AggregateContract, a_sign_in_link_is_taken_once) {
    const auto mine = make_organisation();
    const auto key = api_key_row();
    const auto link = sign_in_row(key.id);
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) -> Result<void> {
        TENON_CHECK(unit.api_keys().insert(key));
        return unit.api_keys().insert_sign_in(link);
    })));
    const auto taken = wait(gate().take_sign_in(link.token_sha256));
    ASSERT_TRUE(succeeded(taken));
    EXPECT_EQ(taken->organisation, mine);
    EXPECT_TRUE(same(taken->row, link));
    EXPECT_TRUE(failed_with(wait(gate().take_sign_in(link.token_sha256)), Errc::not_found));
}

TEST_P(AggregateContract, connections_are_kept_updated_by_version_and_erased) {
    const auto mine = make_organisation();
    auto row = connection_row();
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) { return unit.connections().insert(row); })));
    EXPECT_TRUE(same(*read(mine, [&](Unit& unit) { return unit.connections().get(row.id); }), row));
    EXPECT_TRUE(
        failed_with(write(mine, [](Unit& unit) { return unit.connections().insert(connection_row()); }),
                    Errc::already_exists));
    auto changed = connection_row("other");
    changed.id = row.id;
    changed.region = "us";
    changed.auth_kind = "oauth2";
    changed.status = "error";
    changed.facts = "{}";
    changed.granted_scopes = {};
    changed.credential.reset();
    changed.updated_at = start + 9s;
    changed.last_used_at.reset();
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) { return unit.connections().update(changed); })));
    EXPECT_TRUE(failed_with(write(mine, [&](Unit& unit) { return unit.connections().update(changed); }),
                            Errc::precondition_failed));
    changed.version = 2;
    EXPECT_TRUE(same(*read(mine, [&](Unit& unit) { return unit.connections().get(row.id); }), changed));
    ASSERT_TRUE(
        succeeded(write(mine, [&](Unit& unit) { return unit.connections().insert(connection_row()); })));
    changed.account_name = "main";
    EXPECT_TRUE(failed_with(write(mine, [&](Unit& unit) { return unit.connections().update(changed); }),
                            Errc::already_exists));
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) { return unit.connections().erase(row.id); })));
    EXPECT_TRUE(failed_with(write(mine, [&](Unit& unit) { return unit.connections().erase(row.id); }),
                            Errc::not_found));
    EXPECT_TRUE(failed_with(write(mine, [&](Unit& unit) { return unit.connections().update(changed); }),
                            Errc::not_found));
}

TEST_P(AggregateContract, forms_are_kept_updated_and_erased_with_their_integrations) {
    const auto mine = make_organisation();
    auto form = form_row();
    const auto integration = integration_row(form.id);
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) -> Result<void> {
        TENON_CHECK(unit.forms().insert(form));
        return unit.integrations().insert(integration);
    })));
    EXPECT_TRUE(same(*read(mine, [&](Unit& unit) { return unit.forms().get(form.id); }), form));
    auto changed = form;
    changed.name = "new";
    changed.schema = changed.subject_pointer = "";
    changed.updated_at = start + 8s;
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) { return unit.forms().update(changed); })));
    EXPECT_TRUE(failed_with(write(mine, [&](Unit& unit) { return unit.forms().update(changed); }),
                            Errc::precondition_failed));
    changed.version = 2;
    EXPECT_TRUE(same(*read(mine, [&](Unit& unit) { return unit.forms().get(form.id); }), changed));
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) { return unit.forms().erase(form.id); })));
    EXPECT_TRUE(failed_with(read(mine, [&](Unit& unit) { return unit.integrations().get(integration.id); }),
                            Errc::not_found));
    EXPECT_TRUE(
        failed_with(write(mine, [&](Unit& unit) { return unit.forms().erase(form.id); }), Errc::not_found));
}

TEST_P(AggregateContract, a_form_with_submissions_is_not_erased) {
    const auto mine = make_organisation();
    const auto form = form_row();
    const auto integration = integration_row(form.id);
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) -> Result<void> {
        TENON_CHECK(unit.forms().insert(form));
        TENON_CHECK(unit.integrations().insert(integration));
        return unit.submissions().insert(submission_row(form.id));
    })));
    EXPECT_TRUE(
        failed_with(write(mine, [&](Unit& unit) { return unit.forms().erase(form.id); }), Errc::conflict));
    EXPECT_TRUE(succeeded(read(mine, [&](Unit& unit) { return unit.integrations().get(integration.id); })));
}

TEST_P(AggregateContract, integrations_are_kept_and_only_active_ones_run_in_their_order) {
    const auto mine = make_organisation();
    const auto form = form_row();
    const auto endpoint = endpoint_row();
    const auto connection = connection_row();
    auto first = integration_row(form.id, {}, connection.id);
    auto second = integration_row(form.id);
    auto inactive = integration_row(form.id);
    auto hooked = integration_row({}, endpoint.id);
    second.execution_order = 1;
    inactive.is_active = false;
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) -> Result<void> {
        TENON_CHECK(unit.forms().insert(form));
        TENON_CHECK(unit.endpoints().insert(endpoint));
        TENON_CHECK(unit.connections().insert(connection));
        for (const auto* row : {&first, &second, &inactive, &hooked})
            TENON_CHECK(unit.integrations().insert(*row));
        return {};
    })));
    EXPECT_TRUE(same(*read(mine, [&](Unit& unit) { return unit.integrations().get(first.id); }), first));
    EXPECT_TRUE(same(*read(mine, [&](Unit& unit) { return unit.integrations().get(hooked.id); }), hooked));
    const auto active = read(mine, [&](Unit& unit) { return unit.integrations().active_of_form(form.id); });
    ASSERT_EQ(active->size(), 2U);
    EXPECT_EQ((*active)[0].id, second.id);
    EXPECT_EQ((*active)[1].id, first.id);
    const auto on_event =
        read(mine, [&](Unit& unit) { return unit.integrations().active_of_endpoint(endpoint.id); });
    ASSERT_EQ(on_event->size(), 1U);
    EXPECT_TRUE(same(on_event->front(), hooked));
    const auto listed = read(
        mine, [&](Unit& unit) { return unit.integrations().list_of_form(form.id, {first.id.value, 50}); });
    EXPECT_TRUE(listed->empty());
    EXPECT_EQ(read(mine, [&](Unit& unit) { return unit.integrations().list_of_form(form.id, {}); })->size(),
              3U);
    first.config = "{}";
    first.is_active = false;
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) { return unit.integrations().update(first); })));
    EXPECT_TRUE(failed_with(write(mine, [&](Unit& unit) { return unit.integrations().update(first); }),
                            Errc::precondition_failed));
    first.version = 2;
    EXPECT_TRUE(same(*read(mine, [&](Unit& unit) { return unit.integrations().get(first.id); }), first));
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) { return unit.connections().erase(connection.id); })));
    EXPECT_EQ(read(mine, [&](Unit& unit) { return unit.integrations().get(first.id); })->connection_id,
              std::nullopt)
        << "the mappings outlive the connection";
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) { return unit.integrations().erase(first.id); })));
    EXPECT_TRUE(failed_with(write(mine, [&](Unit& unit) { return unit.integrations().erase(first.id); }),
                            Errc::not_found));
}

TEST_P(AggregateContract, endpoints_are_kept_counted_and_erased) {
    const auto mine = make_organisation();
    auto row = endpoint_row();
    const auto integration = integration_row({}, row.id);
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) -> Result<void> {
        TENON_CHECK(unit.endpoints().insert(row));
        return unit.integrations().insert(integration);
    })));
    const auto found = wait(gate().find_endpoint(row.id));
    ASSERT_TRUE(succeeded(found));
    EXPECT_EQ(found->organisation, mine);
    EXPECT_TRUE(same(found->row, row));
    EXPECT_TRUE(failed_with(wait(gate().find_endpoint(next_id<EndpointId>())), Errc::not_found));
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) {
        return unit.endpoints().count_failure(row.id, "key_unknown", start + 9s);
    })));
    row.failure_count = 4;
    row.last_failure = "key_unknown";
    row.last_failure_at = start + 9s;
    EXPECT_TRUE(same(wait(gate().find_endpoint(row.id))->row, row)) << "the version stays";
    row.name = "renamed";
    row.secrets = sealed("new");
    row.events.clear();
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) { return unit.endpoints().update(row); })));
    EXPECT_TRUE(failed_with(write(mine, [&](Unit& unit) { return unit.endpoints().update(row); }),
                            Errc::precondition_failed));
    row.version = 2;
    EXPECT_TRUE(same(wait(gate().find_endpoint(row.id))->row, row));
    const auto event = event_row(row.id);
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) { return unit.events().insert(event); })));
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) { return unit.endpoints().erase(row.id); })));
    EXPECT_TRUE(failed_with(read(mine, [&](Unit& unit) { return unit.integrations().get(integration.id); }),
                            Errc::not_found));
    EXPECT_TRUE(succeeded(read(mine, [&](Unit& unit) { return unit.events().get(event.id); })))
        << "history stays";
    EXPECT_TRUE(failed_with(wait(gate().find_endpoint(row.id)), Errc::not_found));
}

TEST_P(AggregateContract, lists_are_newest_first_and_paged_without_gaps) {
    const auto mine = make_organisation();
    std::vector<FormId> made;
    for (int i = 0; i < 7; ++i) {
        const auto form = form_row();
        ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) { return unit.forms().insert(form); })));
        made.push_back(form.id);
    }
    std::vector<FormId> listed;
    Page page{std::nullopt, 3};
    for (;;) {
        const auto rows = read(mine, [&](Unit& unit) { return unit.forms().list(page); });
        ASSERT_TRUE(succeeded(rows));
        ASSERT_LE(rows->size(), 3U);
        for (const auto& row : *rows) listed.push_back(row.id);
        if (rows->empty()) break;
        page.before = rows->back().id.value;
    }
    EXPECT_EQ(listed, std::vector<FormId>(made.rbegin(), made.rend()));
    EXPECT_TRUE(read(mine, [&](Unit& unit) { return unit.forms().list({{}, 0}); })->empty());
    EXPECT_TRUE(read(mine, [&](Unit& unit) { return unit.forms().list({{}, -1}); })->empty());
}

}  // namespace tenon::store::contract
