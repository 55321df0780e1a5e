#pragma once
// Changes, security events, idempotency keys, and the sweep of what expired.

#include "fixture.hpp"

namespace tenon::store::contract {

class RecordContract : public StoreContract {
protected:
    Result<std::optional<IdempotencyRow>> begin(const IdempotencyRow& row, UnixTime now) {
        return write(mine, [row, now](Unit& unit) { return unit.records().begin_idempotent(row, now); });
    }
    Organisation mine = make_organisation();
};

TEST_P(RecordContract, changes_are_numbered_without_gaps_and_read_from_a_number_on) {
    EXPECT_EQ(read(mine, [](Unit& unit) { return unit.records().last_change(); }), 0);
    for (int i = 1; i <= 3; ++i)
        ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) {
            return unit.records().add_change("event", "id " + std::to_string(i), awkward("received"),
                                             start + i * 1s);
        })));
    EXPECT_TRUE(failed_with(write(mine,
                                  [](Unit& unit) -> Result<void> {
                                      TENON_CHECK(unit.records().add_change("event", "lost", "x", start));
                                      return fail(Errc::conflict);
                                  }),
                            Errc::conflict));
    ASSERT_TRUE(succeeded(
        write(mine, [](Unit& unit) { return unit.records().add_change("event", "id 4", "x", start); })));
    const auto changes = read(mine, [](Unit& unit) { return unit.records().changes_after(1, 2); });
    ASSERT_EQ(changes->size(), 2U);
    EXPECT_TRUE(same((*changes)[0], ChangeRow{2, "event", "id 2", awkward("received"), start + 2s}));
    EXPECT_EQ((*changes)[1].sequence, 3);
    EXPECT_EQ(read(mine, [](Unit& unit) { return unit.records().last_change(); }), 4);
    EXPECT_TRUE(read(mine, [](Unit& unit) { return unit.records().changes_after(4, 2); })->empty());
}

TEST_P(RecordContract, security_events_are_kept_newest_first) {
    const auto first = security_event_row();
    const auto second = security_event_row();
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) -> Result<void> {
        TENON_CHECK(unit.records().add_security_event(first));
        return unit.records().add_security_event(second);
    })));
    const auto events = read(mine, [](Unit& unit) { return unit.records().security_events({}); });
    ASSERT_EQ(events->size(), 2U);
    EXPECT_TRUE(same((*events)[0], second));
    EXPECT_TRUE(same((*events)[1], first));
    EXPECT_EQ(
        read(mine, [&](Unit& unit) { return unit.records().security_events({second.id.value, 9}); })->size(),
        1U);
}

TEST_P(RecordContract, an_idempotency_key_runs_once_and_answers_the_same_until_it_expires) {
    auto row = idempotency_row();
    EXPECT_EQ(begin(row, start)->has_value(), false) << "new";
    const auto running = begin(row, start + 1s);
    ASSERT_TRUE(running->has_value());
    EXPECT_TRUE(same(**running, row));
    auto finished = row;
    finished.status = 201;
    finished.response = sealed("response");
    finished.expires_at = start + 48h;
    ASSERT_TRUE(
        succeeded(write(mine, [&](Unit& unit) { return unit.records().finish_idempotent(finished); })));
    const auto stored = begin(row, start + 48h - 1ms);
    ASSERT_TRUE(stored->has_value());
    EXPECT_TRUE(same(**stored, finished));
    row.expires_at = start + 90h;
    EXPECT_EQ(begin(row, start + 48h)->has_value(), false) << "expired: replaced";
    EXPECT_TRUE(same(**begin(row, start + 48h), row));
}

TEST_P(RecordContract, idempotency_keys_are_told_apart_by_principal_route_and_key) {
    const auto row = idempotency_row();
    EXPECT_EQ(begin(row, start)->has_value(), false);
    for (auto member : {&IdempotencyRow::principal, &IdempotencyRow::route, &IdempotencyRow::key}) {
        auto other = row;
        other.*member += "2";
        EXPECT_EQ(begin(other, start)->has_value(), false);
    }
}

TEST_P(RecordContract, a_dropped_idempotency_key_is_new_again) {
    const auto row = idempotency_row();
    EXPECT_EQ(begin(row, start)->has_value(), false);
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) { return unit.records().drop_idempotent(row); })));
    EXPECT_TRUE(failed_with(write(mine, [&](Unit& unit) { return unit.records().drop_idempotent(row); }),
                            Errc::not_found));
    EXPECT_TRUE(failed_with(write(mine, [&](Unit& unit) { return unit.records().finish_idempotent(row); }),
                            Errc::not_found));
    EXPECT_EQ(begin(row, start)->has_value(), false);
}

TEST_P(RecordContract, the_sweep_removes_what_expired_up_to_its_limit_and_nothing_else) {
    const auto key = api_key_row();
    const auto endpoint = next_id<EndpointId>();
    auto session = session_row(key.id);
    auto lasting = session_row(key.id);
    session.expires_at = start + 1s;
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) -> Result<void> {
        TENON_CHECK(unit.api_keys().insert(key));
        TENON_CHECK(unit.api_keys().open_session(session));
        TENON_CHECK(unit.api_keys().open_session(lasting));
        for (char link : {'1', '2', '3'}) {
            auto row = sign_in_row(key.id, link);
            row.expires_at = start + 1s;
            TENON_CHECK(unit.api_keys().insert_sign_in(row));
            TENON_CHECK(unit.events().remember(endpoint, digest(link), start, start + 1s));
            auto idempotent = idempotency_row(std::string(1, link));
            idempotent.expires_at = start + 1s;
            TENON_CHECK(unit.records().begin_idempotent(idempotent, start));
        }
        TENON_CHECK(unit.events().remember(endpoint, "lasting", start, start + 2s));
        TENON_CHECK(unit.records().begin_idempotent(idempotency_row("lasting"), start));
        return unit.api_keys().insert_sign_in(sign_in_row(key.id, 'l'));
    })));
    EXPECT_EQ(wait(gate().sweep(start + 1s - 1ms, 100)), 0);
    EXPECT_EQ(wait(gate().sweep(start + 1s, 2)), 7) << "two of three kinds, one session";
    EXPECT_EQ(wait(gate().sweep(start + 1s, 2)), 3);
    EXPECT_EQ(wait(gate().sweep(start + 1s, 2)), 0);
    EXPECT_TRUE(failed_with(wait(gate().find_session(session.id)), Errc::not_found));
    EXPECT_TRUE(succeeded(wait(gate().find_session(lasting.id))));
    EXPECT_TRUE(succeeded(wait(gate().take_sign_in(digest('l')))));
    EXPECT_TRUE(begin(idempotency_row("lasting"), start + 1s)->has_value());
    EXPECT_EQ(write(mine,
                    [&](Unit& unit) {
                        return unit.events().remember(endpoint, "lasting", start + 1s, start + 9s);
                    }),
              false);
}

}  // namespace tenon::store::contract
