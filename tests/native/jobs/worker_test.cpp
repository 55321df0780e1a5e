#include "jobs/worker.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <filesystem>

#include "store/sqlite/open_sqlite.hpp"

namespace tenon::jobs {
namespace {

using namespace std::chrono_literals;

class WorkerTest : public ::testing::Test {
public:
    WorkerTest()
        : folder(std::filesystem::temp_directory_path() /
                 ("tenon-jobs-" + new_uuid(clock->now(), *random).text())) {
        auto opened = store::open_sqlite(folder, *clock);
        EXPECT_TRUE(opened) << opened.error().detail;
        store = std::move(*opened);
    }
    ~WorkerTest() override {
        store.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }

    asio::awaitable<void> make_organisation() {
        store::ApiKeyRow key;
        key.id = ApiKeyId{new_uuid(clock->now(), *random)};
        key.name = "first";
        key.secret_sha256 = std::string(32, 'x');
        key.created_at = clock->now();
        store::OrganisationRow row{OrganisationId{new_uuid(clock->now(), *random)}, "Test", clock->now()};
        auto made = co_await store->gate().create_organisation(std::move(row), std::move(key));
        EXPECT_TRUE(made);
        if (made) organisation.emplace(*made);
    }

    asio::awaitable<void> add_job(std::string kind, std::string subject,
                                  std::chrono::milliseconds later = 0ms) {
        store::JobRow job;
        job.id = JobId{new_uuid(clock->now(), *random)};
        job.kind = std::move(kind);
        job.subject = std::move(subject);
        job.fairness_key = "f";
        job.created_at = clock->now();
        job.run_at = clock->now() + later;
        auto work = [job](store::Unit& unit) { return unit.jobs().insert(job); };  // named: see Store::run
        auto added = co_await store->write(*organisation, std::move(work));
        EXPECT_TRUE(added);
    }

    asio::awaitable<Result<void>> finish(Lease lease) {
        const auto organisation_of_job = lease.organisation;
        auto work = [lease = std::move(lease)](store::Unit& unit) {
            return unit.jobs().finish(lease.job.id, lease.owner, lease.job.epoch);
        };
        co_return co_await store->write(organisation_of_job, std::move(work));
    }

    Handler finishing() {
        return [this](Lease lease) -> asio::awaitable<Result<void>> {
            handled.push_back(lease.job.subject);
            co_return co_await finish(std::move(lease));
        };
    }

    asio::awaitable<void> until(std::size_t count) {
        asio::steady_timer pause(io);
        for (int i = 0; i < 500 && handled.size() < count; ++i) {
            pause.expires_after(10ms);
            co_await pause.async_wait(asio::use_awaitable);
        }
    }

    std::unique_ptr<Worker> worker_for(std::map<std::string, Handler> handlers, WorkerOptions options = {}) {
        return std::make_unique<Worker>(io, *store, *clock, *random, *log, metrics, std::move(handlers),
                                        options);
    }

    void run(asio::awaitable<void> script) {
        asio::co_spawn(io, std::move(script), [](const std::exception_ptr& failed) {
            if (failed) std::rethrow_exception(failed);
        });
        io.run();
    }

    std::unique_ptr<Clock> clock = make_system_clock();
    std::unique_ptr<Random> random = make_system_random();
    std::unique_ptr<Log> log = make_stderr_log(LogLevel::error);
    Metrics metrics;
    asio::io_context io;
    std::filesystem::path folder;
    std::unique_ptr<store::Store> store;
    std::optional<store::Organisation> organisation;
    std::vector<std::string> handled;
};

TEST_F(WorkerTest, runs_what_is_there_at_the_start_and_what_comes_with_a_wake) {
    auto worker = worker_for({{"echo", finishing()}});
    auto script = [](WorkerTest* test, Worker* under_test) -> asio::awaitable<void> {
        co_await test->make_organisation();
        co_await test->add_job("echo", "first");
        under_test->start();
        co_await test->until(1);
        co_await test->add_job("echo", "second");
        under_test->wake();
        co_await test->until(2);
        co_await under_test->stop(1s);
    };
    run(script(this, worker.get()));
    EXPECT_EQ(handled, (std::vector<std::string>{"first", "second"}));
}

TEST_F(WorkerTest, a_job_of_the_future_runs_when_it_is_due_without_a_wake) {
    auto worker = worker_for({{"echo", finishing()}});
    auto script = [](WorkerTest* test, Worker* under_test) -> asio::awaitable<void> {
        co_await test->make_organisation();
        co_await test->add_job("echo", "later", 200ms);
        under_test->start();
        co_await test->until(1);
        co_await under_test->stop(1s);
    };
    run(script(this, worker.get()));
    EXPECT_EQ(handled, std::vector<std::string>{"later"});
}

TEST_F(WorkerTest, never_runs_more_at_once_than_it_may) {
    int running = 0;
    int most = 0;
    auto slow = [&](Lease lease) -> asio::awaitable<Result<void>> {
        most = std::max(most, ++running);
        asio::steady_timer pause(io, 20ms);
        co_await pause.async_wait(asio::use_awaitable);
        --running;
        handled.push_back(lease.job.subject);
        co_return co_await finish(std::move(lease));
    };
    WorkerOptions two;
    two.concurrency = 2;
    auto worker = worker_for({{"slow", slow}}, two);
    auto script = [](WorkerTest* test, Worker* under_test) -> asio::awaitable<void> {
        co_await test->make_organisation();
        for (int i = 0; i < 6; ++i) co_await test->add_job("slow", std::to_string(i));
        under_test->start();
        co_await test->until(6);
        co_await under_test->stop(1s);
    };
    run(script(this, worker.get()));
    EXPECT_EQ(handled.size(), 6U);
    EXPECT_EQ(most, 2);
}

TEST_F(WorkerTest, a_handler_that_fails_or_throws_is_run_again_when_its_lease_has_passed) {
    auto failing = [this](Lease lease) -> asio::awaitable<Result<void>> {
        handled.push_back(lease.job.subject);
        if (handled.size() == 1) co_return fail(Errc::store_failed);
        if (handled.size() == 2) throw std::runtime_error("a bug");
        co_return co_await finish(std::move(lease));
    };
    WorkerOptions quick;
    quick.lease = 50ms;
    quick.idle_poll = 20ms;
    auto worker = worker_for({{"bad", failing}}, quick);
    auto script = [](WorkerTest* test, Worker* under_test) -> asio::awaitable<void> {
        co_await test->make_organisation();
        co_await test->add_job("bad", "x");
        under_test->start();
        co_await test->until(3);
        co_await under_test->stop(1s);
    };
    run(script(this, worker.get()));
    EXPECT_EQ(handled.size(), 3U);
}

TEST_F(WorkerTest, stopping_waits_for_what_runs) {
    bool has_ended = false;
    auto slow = [&](Lease lease) -> asio::awaitable<Result<void>> {
        handled.push_back(lease.job.subject);
        asio::steady_timer pause(io, 100ms);
        co_await pause.async_wait(asio::use_awaitable);
        has_ended = true;
        co_return Result<void>();
    };
    auto worker = worker_for({{"slow", slow}});
    auto script = [](WorkerTest* test, Worker* under_test) -> asio::awaitable<void> {
        co_await test->make_organisation();
        co_await test->add_job("slow", "x");
        under_test->start();
        co_await test->until(1);
        co_await under_test->stop(5s);
    };
    run(script(this, worker.get()));
    EXPECT_TRUE(has_ended);
}

}  // namespace
}  // namespace tenon::jobs
