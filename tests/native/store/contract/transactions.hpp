#pragma once
// What a unit of work promises: all or nothing, alone, durable, and seen by every later read.

#include <algorithm>
#include <stdexcept>

#include "fixture.hpp"

namespace tenon::store::contract {

class TransactionContract : public StoreContract {
protected:
    /// Starts a write whose outcome is added to `outcomes`; run the context to let all of them share commits.
    void start_write(Work work, std::vector<Result<void>>& outcomes) {
        auto go = [](Store& to, Organisation organisation, Work closure,
                     std::vector<Result<void>>& into) -> asio::awaitable<void> {
            into.push_back(co_await to.write(std::move(organisation), std::move(closure)));
        };
        asio::co_spawn(context(), go(store(), mine, std::move(work), outcomes),
                       [](const std::exception_ptr& fault) { EXPECT_FALSE(fault); });
    }
    void run_all() {
        context().restart();
        context().run();
    }
    std::size_t forms_stored() {
        return read(mine, [](Unit& unit) { return unit.forms().list({{}, 10'000}); })->size();
    }
    Organisation mine = make_organisation();
};

TEST_P(TransactionContract, a_failed_closure_leaves_nothing_of_itself) {
    const auto form = form_row();
    EXPECT_TRUE(failed_with(write(mine,
                                  [&](Unit& unit) -> Result<void> {
                                      TENON_CHECK(unit.forms().insert(form));
                                      TENON_CHECK(unit.forms().get(form.id));
                                      return fail(Errc::conflict, "/x", "why");
                                  }),
                            Errc::conflict));
    EXPECT_EQ(forms_stored(), 0U);
}

TEST_P(TransactionContract, a_failed_statement_can_be_survived_by_its_closure) {
    const auto form = form_row();
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) -> Result<void> {
        TENON_CHECK(unit.forms().insert(form));
        EXPECT_TRUE(failed_with(unit.forms().insert(form), Errc::already_exists));
        return unit.forms().insert(form_row());
    })));
    EXPECT_EQ(forms_stored(), 2U);
}

TEST_P(TransactionContract, closures_of_one_commit_fail_and_succeed_each_for_itself) {
    constexpr int count = 300;  // more than one commit takes
    std::vector<Result<void>> outcomes;
    for (int i = 0; i < count; ++i)
        start_write(
            [i](Unit& unit) -> Result<void> {
                TENON_CHECK(unit.forms().insert(form_row()));
                TENON_CHECK(unit.records().add_change("form", "x", "made", start));
                if (i % 3 == 1) return fail(Errc::conflict);
                if (i % 3 == 2) return unit.forms().erase(next_id<FormId>());
                return {};
            },
            outcomes);
    run_all();
    ASSERT_EQ(outcomes.size(), static_cast<std::size_t>(count));
    const auto of = [&](Errc code) {
        return std::count_if(outcomes.begin(), outcomes.end(),
                             [&](const auto& one) { return !one && one.error().code == code; });
    };
    EXPECT_EQ(of(Errc::conflict), count / 3);
    EXPECT_EQ(of(Errc::not_found), count / 3);
    EXPECT_EQ(forms_stored(), static_cast<std::size_t>(count / 3));
    EXPECT_EQ(read(mine, [](Unit& unit) { return unit.records().last_change(); }), count / 3) << "no gaps";
}

TEST_P(TransactionContract, of_two_callers_with_one_dedupe_key_exactly_one_is_first) {
    const auto endpoint = next_id<EndpointId>();
    std::vector<Result<void>> outcomes;
    for (int i = 0; i < 64; ++i)
        start_write(
            [endpoint](Unit& unit) -> Result<void> {
                TENON_TRY(const bool is_new, unit.events().remember(endpoint, "same", start, start + 60s));
                if (!is_new) return fail(Errc::already_exists);
                return {};
            },
            outcomes);
    run_all();
    EXPECT_EQ(
        std::count_if(outcomes.begin(), outcomes.end(), [](const auto& one) { return one.has_value(); }), 1);
}

TEST_P(TransactionContract, a_fault_in_a_closure_reaches_its_caller_and_nobody_else) {
    std::vector<Result<void>> outcomes;
    start_write([](Unit& unit) { return unit.forms().insert(form_row()); }, outcomes);
    std::string what;
    auto faulty = [](Store& to, Organisation organisation, std::string& into) -> asio::awaitable<void> {
        try {
            (void)co_await to.write(organisation, Work([](Unit& unit) -> Result<void> {
                                        TENON_CHECK(unit.forms().insert(form_row()));
                                        throw std::runtime_error("bug");
                                    }));
        } catch (const std::runtime_error& fault) {
            into = fault.what();
        }
    };
    asio::co_spawn(context(), faulty(store(), mine, what),
                   [](const std::exception_ptr& fault) { EXPECT_FALSE(fault); });
    start_write([](Unit& unit) { return unit.forms().insert(form_row()); }, outcomes);
    run_all();
    EXPECT_EQ(what, "bug");
    EXPECT_EQ(outcomes.size(), 2U);
    EXPECT_EQ(forms_stored(), 2U);
}

TEST_P(TransactionContract, a_read_can_not_write) {
    const auto form = form_row();
    EXPECT_TRUE(
        failed_with(read(mine, [&](Unit& unit) { return unit.forms().insert(form); }), Errc::store_failed));
    EXPECT_EQ(forms_stored(), 0U);
}

TEST_P(TransactionContract, a_read_sees_one_state_and_every_write_that_ended_before) {
    for (int i = 0; i < 50; ++i) {
        const auto form = form_row();
        ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) { return unit.forms().insert(form); })));
        ASSERT_TRUE(succeeded(read(mine, [&](Unit& unit) { return unit.forms().get(form.id); })));
    }
}

TEST_P(TransactionContract, values_come_out_of_a_closure) {
    EXPECT_EQ(write(mine, [](Unit&) -> Result<int> { return 42; }), 42);
    EXPECT_EQ(read(mine, [](Unit&) -> Result<std::string> { return std::string("text"); }), "text");
}

TEST_P(TransactionContract, what_was_acknowledged_is_there_after_closing_and_opening) {
    const auto form = form_row();
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) { return unit.forms().insert(form); })));
    wait(store().close());
    EXPECT_TRUE(failed_with(write(mine, [&](Unit& unit) { return unit.forms().insert(form_row()); }),
                            Errc::unavailable));
    EXPECT_TRUE(
        failed_with(read(mine, [&](Unit& unit) { return unit.forms().get(form.id); }), Errc::unavailable));
    reopen();
    EXPECT_TRUE(same(*read(mine, [&](Unit& unit) { return unit.forms().get(form.id); }), form));
}

TEST_P(TransactionContract, closing_finishes_what_is_queued) {
    std::vector<Result<void>> outcomes;
    for (int i = 0; i < 100; ++i)
        start_write([](Unit& unit) { return unit.forms().insert(form_row()); }, outcomes);
    asio::co_spawn(context(), store().close(), [](const std::exception_ptr& fault) { EXPECT_FALSE(fault); });
    run_all();
    EXPECT_EQ(
        std::count_if(outcomes.begin(), outcomes.end(), [](const auto& one) { return one.has_value(); }),
        100);
    reopen();
    EXPECT_EQ(forms_stored(), 100U);
}

}  // namespace tenon::store::contract
