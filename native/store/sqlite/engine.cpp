#include "store/sqlite/engine.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>

#include "store/sqlite/migrate.hpp"

namespace tenon::store::sqlite {
namespace {

/// Without this the caller's context could run out of work, and end, while the store has its closure.
template <typename Handler>
asio::any_io_executor tracked_executor(const Handler& handler) {
    return asio::prefer(asio::any_io_executor(asio::get_associated_executor(handler)),
                        asio::execution::outstanding_work.tracked);
}

/// The folder's lock proves that whoever held a lease is gone: nobody waits for it to pass.
constexpr auto release_leases =
    "UPDATE jobs SET lease_owner = '', lease_until = NULL, due_at = run_at WHERE lease_owner <> ''";

Result<Connection> open_prepared(const std::filesystem::path& file, int cache_kib, UnixTime now) {
    TENON_CHECK(make_private_file(file));
    TENON_TRY(auto connection, Connection::open(file, Access::write, cache_kib));
    TENON_TRY(const auto mode, connection.ask("PRAGMA journal_mode=WAL"));
    if (mode != "wal") return fail(Errc::store_failed, {}, "the database can't use a write-ahead log here");
    TENON_CHECK(migrate(connection, built_in_migrations(), now));
    TENON_CHECK(connection.execute(release_leases));
    // A log that grew is cut back when it starts over.
    TENON_CHECK(connection.execute("PRAGMA journal_size_limit=33554432; PRAGMA wal_autocheckpoint=0"));
    return connection;
}

}  // namespace

Result<std::unique_ptr<Engine>> Engine::open(const std::filesystem::path& data_folder, const Clock& clock,
                                             const SqliteOptions& options) {
    // The allocator's statistics cost a global lock; an answer of "too late" changes nothing.
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    TENON_TRY(auto folder, DataFolder::lock(data_folder));
    const auto file = data_folder / "tenon.db";
    TENON_TRY(auto writes, open_prepared(file, options.cache_kib, clock.now()));
    TENON_TRY(auto checkpoints, Connection::open(file, Access::write, 64));
    TENON_CHECK(checkpoints.execute("PRAGMA wal_autocheckpoint=0"));
    std::vector<Connection> reads;
    for (int i = 0; i < options.readers; ++i) {
        TENON_TRY(auto connection, Connection::open(file, Access::read, options.cache_kib));
        reads.push_back(std::move(connection));
    }
    return std::unique_ptr<Engine>(
        new Engine(std::move(folder), std::move(checkpoints), std::move(writes), std::move(reads), options));
}

Engine::Engine(DataFolder folder, Connection checkpoints, Connection writes, std::vector<Connection> reads,
               const SqliteOptions& options)
    : folder_(std::move(folder)),
      checkpointer_(std::move(checkpoints), {options.checkpoint_pages, options.checkpoint_pages * 4}),
      writer_(std::move(writes), checkpointer_, caches_, {options.queue, options.batch, options.batch_time}),
      readers_(std::move(reads), options.queue) {}

Engine::~Engine() {
    if (closer_.joinable()) closer_.join();
    shut();
}

void Engine::shut() {
    std::call_once(shut_, [this] {
        readers_.stop();
        writer_.stop();
        (void)checkpointer_.finish();  // what it could not move stays in the log, which is durable too
    });
}

void Engine::submit(Access access, Task task) {
    const auto pushed = access == Access::write ? writer_.push(task) : readers_.push(task);
    if (pushed == TaskQueue::Pushed::yes) return;
    task.outcome = pushed == TaskQueue::Pushed::full ? fail(Errc::store_busy, {}, "too many closures wait")
                                                     : fail(Errc::unavailable, {}, "the store is closed");
    std::vector<Task> refused;
    refused.push_back(std::move(task));
    complete(refused);
}

asio::awaitable<Result<void>> Engine::run(Access access, OrganisationId organisation, Work work) {
    return asio::async_initiate<const asio::use_awaitable_t<>&, void(std::exception_ptr, Result<void>)>(
        [this, access, organisation](auto handler, Work closure) {
            auto executor = tracked_executor(handler);
            submit(access, Task{organisation,
                                std::move(closure),
                                std::make_unique<HandlerCompletion<decltype(handler)>>(std::move(handler)),
                                std::move(executor),
                                {},
                                nullptr});
        },
        asio::use_awaitable, std::move(work));
}

asio::awaitable<void> Engine::close() {
    return asio::async_initiate<const asio::use_awaitable_t<>&, void()>(
        [this](auto handler) {
            auto executor = tracked_executor(handler);
            closer_ = std::thread([this, done = std::move(handler), executor]() mutable {
                shut();
                asio::post(executor, std::move(done));
            });
        },
        asio::use_awaitable);
}

}  // namespace tenon::store::sqlite
