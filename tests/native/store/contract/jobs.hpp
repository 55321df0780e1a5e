#pragma once
// The queue: who gets a job, who may write about it, and in which order jobs come.

#include <set>

#include "fixture.hpp"

namespace tenon::store::contract {

class JobContract : public StoreContract {
protected:
    JobRow insert(JobRow row) {
        EXPECT_TRUE(succeeded(write(mine, [&](Unit& unit) { return unit.jobs().insert(row); })));
        return row;
    }
    std::vector<JobRow> claim(std::string owner, UnixTime now, int limit,
                              std::chrono::milliseconds lease = 10s) {
        auto claimed = wait(gate().claim_jobs(std::move(owner), now, lease, limit));
        EXPECT_TRUE(succeeded(claimed));
        std::vector<JobRow> rows;
        for (auto& one : *claimed) {
            EXPECT_EQ(one.organisation, mine);
            rows.push_back(std::move(one.job));
        }
        return rows;
    }
    template <typename F>
    Result<void> on_jobs(F call) {
        return write(mine, [call](Unit& unit) { return call(unit.jobs()); });
    }
    Organisation mine = make_organisation();
};

TEST_P(JobContract, a_claim_takes_the_lease_and_raises_epoch_and_attempts) {
    auto row = insert(job_row());
    EXPECT_TRUE(claim("worker", start - 1ms, 5).empty()) << "not due";
    const auto claimed = claim("worker", start, 5);
    ASSERT_EQ(claimed.size(), 1U);
    row.lease_owner = "worker";
    row.lease_until = start + 10s;
    row.epoch = 1;
    row.attempts = 1;
    EXPECT_TRUE(same(claimed.front(), row));
    EXPECT_TRUE(claim("worker", start, 5).empty()) << "held";
    EXPECT_TRUE(failed_with(on_jobs([&](Jobs& jobs) { return jobs.insert(row); }), Errc::already_exists));
}

TEST_P(JobContract, a_lease_that_passed_is_claimed_again_and_fences_the_first_holder) {
    const auto row = insert(job_row());
    ASSERT_EQ(claim("first", start, 1).size(), 1U);
    EXPECT_TRUE(claim("second", start + 10s - 1ms, 1).empty());
    const auto again = claim("second", start + 10s, 1);
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again.front().epoch, 2);
    EXPECT_EQ(again.front().attempts, 2);
    EXPECT_TRUE(
        failed_with(on_jobs([&](Jobs& jobs) { return jobs.finish(row.id, "first", 1); }), Errc::lease_lost));
    EXPECT_TRUE(
        failed_with(on_jobs([&](Jobs& jobs) { return jobs.check(row.id, "first", 1); }), Errc::lease_lost));
    EXPECT_TRUE(failed_with(on_jobs([&](Jobs& jobs) { return jobs.extend(row.id, "first", 1, start + 1h); }),
                            Errc::lease_lost));
    EXPECT_TRUE(failed_with(on_jobs([&](Jobs& jobs) { return jobs.reschedule(row.id, "first", 1, start); }),
                            Errc::lease_lost));
    EXPECT_TRUE(
        failed_with(on_jobs([&](Jobs& jobs) { return jobs.finish(row.id, "second", 1); }), Errc::lease_lost));
    EXPECT_TRUE(
        failed_with(on_jobs([&](Jobs& jobs) { return jobs.finish(row.id, "first", 2); }), Errc::lease_lost));
    EXPECT_TRUE(succeeded(on_jobs([&](Jobs& jobs) { return jobs.check(row.id, "second", 2); })));
    EXPECT_TRUE(succeeded(on_jobs([&](Jobs& jobs) { return jobs.finish(row.id, "second", 2); })));
    EXPECT_TRUE(
        failed_with(on_jobs([&](Jobs& jobs) { return jobs.finish(row.id, "second", 2); }), Errc::lease_lost));
}

TEST_P(JobContract, a_write_under_a_lost_lease_takes_everything_of_its_closure_with_it) {
    const auto row = insert(job_row());
    ASSERT_EQ(claim("first", start, 1).size(), 1U);
    ASSERT_EQ(claim("second", start + 10s, 1).size(), 1U);
    EXPECT_TRUE(failed_with(write(mine,
                                  [&](Unit& unit) -> Result<void> {
                                      TENON_CHECK(unit.records().add_change("job", "x", "late", start));
                                      return unit.jobs().finish(row.id, "first", 1);
                                  }),
                            Errc::lease_lost));
    EXPECT_EQ(read(mine, [](Unit& unit) { return unit.records().last_change(); }), 0);
}

TEST_P(JobContract, a_free_job_is_nobodys_to_finish) {
    const auto row = insert(job_row());
    EXPECT_TRUE(
        failed_with(on_jobs([&](Jobs& jobs) { return jobs.finish(row.id, "", 0); }), Errc::lease_lost));
    EXPECT_TRUE(
        failed_with(on_jobs([&](Jobs& jobs) { return jobs.check(row.id, "", 0); }), Errc::lease_lost));
}

TEST_P(JobContract, extending_and_rescheduling_move_when_it_can_be_claimed) {
    const auto row = insert(job_row());
    EXPECT_EQ(*wait(gate().next_job_at()), start);
    ASSERT_EQ(claim("a", start, 1).size(), 1U);
    EXPECT_EQ(*wait(gate().next_job_at()), start + 10s) << "when its lease ends";
    ASSERT_TRUE(succeeded(on_jobs([&](Jobs& jobs) { return jobs.extend(row.id, "a", 1, start + 30s); })));
    EXPECT_TRUE(claim("b", start + 29s, 1).empty());
    ASSERT_TRUE(succeeded(on_jobs([&](Jobs& jobs) { return jobs.reschedule(row.id, "a", 1, start + 60s); })));
    EXPECT_EQ(*wait(gate().next_job_at()), start + 60s);
    EXPECT_TRUE(
        failed_with(on_jobs([&](Jobs& jobs) { return jobs.check(row.id, "a", 1); }), Errc::lease_lost));
    EXPECT_TRUE(claim("b", start + 59s, 1).empty());
    const auto claimed = claim("b", start + 60s, 1);
    ASSERT_EQ(claimed.size(), 1U);
    EXPECT_EQ(claimed.front().run_at, start + 60s);
    ASSERT_TRUE(succeeded(on_jobs([&](Jobs& jobs) { return jobs.finish(row.id, "b", 2); })));
    EXPECT_EQ(*wait(gate().next_job_at()), std::nullopt);
}

TEST_P(JobContract, only_a_job_that_nobody_claimed_is_withdrawn) {
    const auto row = insert(job_row());
    EXPECT_TRUE(failed_with(on_jobs([&](Jobs& jobs) { return jobs.withdraw("event", row.subject); }),
                            Errc::not_found));
    ASSERT_EQ(claim("a", start, 1).size(), 1U);
    EXPECT_TRUE(failed_with(on_jobs([&](Jobs& jobs) { return jobs.withdraw(row.kind, row.subject); }),
                            Errc::not_found));
    ASSERT_TRUE(succeeded(on_jobs([&](Jobs& jobs) { return jobs.reschedule(row.id, "a", 1, start); })));
    EXPECT_TRUE(succeeded(on_jobs([&](Jobs& jobs) { return jobs.withdraw(row.kind, row.subject); })));
    EXPECT_TRUE(claim("a", start, 1).empty());
}

TEST_P(JobContract, jobs_of_one_key_come_oldest_first) {
    const auto second = insert(job_row("a", start + 2s));
    const auto first = insert(job_row("a", start + 1s));
    const auto third = insert(job_row("a", start + 3s));
    const auto claimed = claim("w", start + 1h, 2);
    ASSERT_EQ(claimed.size(), 2U);
    EXPECT_EQ(claimed[0].id, first.id);
    EXPECT_EQ(claimed[1].id, second.id);
    EXPECT_EQ(claim("w", start + 1h, 9).front().id, third.id);
    EXPECT_TRUE(claim("w", start + 1h, 0).empty());
}

TEST_P(JobContract, a_long_backlog_of_one_key_does_not_keep_others_waiting) {
    constexpr int backlog = 600;  // far more than a claim looks at
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) -> Result<void> {
        for (int i = 0; i < backlog; ++i) TENON_CHECK(unit.jobs().insert(job_row("greedy", start)));
        return {};
    })));
    for (const auto* key : {"b", "late", "z"}) insert(job_row(key, start + 5s));
    std::multiset<std::string> keys;
    for (const auto& row : claim("w", start + 1h, 4)) keys.insert(row.fairness_key);
    EXPECT_EQ(keys, (std::multiset<std::string>{"greedy", "b", "late", "z"}));
    for (const auto* key : {"b", "z"}) insert(job_row(key, start + 6s));
    keys.clear();
    for (int i = 0; i < 4; ++i)
        for (const auto& row : claim("w", start + 1h, 1)) keys.insert(row.fairness_key);
    EXPECT_EQ(keys.count("b"), 1U) << "also when jobs are claimed one at a time";
    EXPECT_EQ(keys.count("z"), 1U);
    EXPECT_EQ(keys.count("greedy"), 2U);
}

TEST_P(JobContract, many_claimers_never_share_a_job) {
    constexpr int count = 200;
    ASSERT_TRUE(succeeded(write(mine, [&](Unit& unit) -> Result<void> {
        for (int i = 0; i < count; ++i) TENON_CHECK(unit.jobs().insert(job_row("k" + std::to_string(i % 7))));
        return {};
    })));
    std::vector<JobId> claimed;
    auto claimer = [](Gate& from, std::string name, std::vector<JobId>& into) -> asio::awaitable<void> {
        for (;;) {
            auto jobs = co_await from.claim_jobs(name, start, 1h, 9);
            if (!jobs || jobs->empty()) co_return;
            for (const auto& one : *jobs) into.push_back(one.job.id);
        }
    };
    for (int i = 0; i < 8; ++i)
        asio::co_spawn(context(), claimer(gate(), "w" + std::to_string(i), claimed),
                       [](const std::exception_ptr& fault) { EXPECT_FALSE(fault); });
    context().restart();
    context().run();
    EXPECT_EQ(claimed.size(), static_cast<std::size_t>(count));
    EXPECT_EQ(std::set<JobId>(claimed.begin(), claimed.end()).size(), static_cast<std::size_t>(count));
}

}  // namespace tenon::store::contract
