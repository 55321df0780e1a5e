#pragma once
// The threads of one database together: the writer, the readers and the checkpointer, and how a closure gets
// to them and its answer back.

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>
#include <utility>

#include "store/sqlite/checkpointer.hpp"
#include "store/sqlite/data_folder.hpp"
#include "store/sqlite/open_sqlite.hpp"
#include "store/sqlite/readers.hpp"
#include "store/sqlite/writer.hpp"

namespace tenon::store::sqlite {

class Engine {
public:
    [[nodiscard]] static Result<std::unique_ptr<Engine>> open(const std::filesystem::path& data_folder,
                                                              const Clock& clock,
                                                              const SqliteOptions& options);
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;
    ~Engine();

    /// Runs `work` on the writer or on a reader. Errors of its own: store_busy (queue full), unavailable
    /// (closed), store_failed.
    [[nodiscard]] asio::awaitable<Result<void>> run(Access access, OrganisationId organisation, Work work);

    /// The same for what needs no organisation; `work` gets the unit and answers a Result.
    template <typename F>
    auto run_across(Access access, F work) -> asio::awaitable<std::invoke_result_t<F&, SqliteUnit&>> {
        using R = std::invoke_result_t<F&, SqliteUnit&>;
        auto answer = std::make_shared<std::optional<R>>();  // outlives the closure, as in Store::run
        Work unit_work = [answer, work = std::move(work)](Unit& unit) mutable -> Result<void> {
            answer->emplace(work(static_cast<SqliteUnit&>(unit)));
            if (!**answer) return tl::unexpected<Error>((*answer)->error());
            return {};
        };
        auto ran = co_await run(access, OrganisationId{}, std::move(unit_work));  // named: see Store::run
        if (!ran) co_return tl::unexpected<Error>(std::move(ran.error()));
        co_return std::move(**answer);
    }

    [[nodiscard]] asio::awaitable<void> close();
    [[nodiscard]] Caches& caches() { return caches_; }

private:
    Engine(DataFolder folder, Connection checkpoints, Connection writes, std::vector<Connection> reads,
           const SqliteOptions& options);
    void submit(Access access, Task task);
    void shut();

    DataFolder folder_;
    Checkpointer checkpointer_;
    Caches caches_;
    Writer writer_;
    Readers readers_;
    std::once_flag shut_;
    std::thread closer_;
};

}  // namespace tenon::store::sqlite
