#include "store/sqlite/readers.hpp"

#include <utility>

namespace tenon::store::sqlite {

Readers::Readers(std::vector<Connection> connections, std::size_t queue_limit) : queue_(queue_limit) {
    for (auto& connection : connections) {
        auto& own = connections_.emplace_back(std::move(connection));
        threads_.emplace_back([this, &own] { run(own); });
    }
}

Readers::~Readers() { stop(); }

void Readers::stop() {
    queue_.close();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
    connections_.clear();
}

void Readers::run(Connection& connection) {
    SqliteUnit unit(connection);
    std::vector<Task> one;
    for (;;) {
        queue_.take(one, 1);
        if (one.empty()) return;
        auto& task = one.front();
        unit.enter(task.organisation);
        if (auto begun = connection.step("BEGIN"); !begun) {
            task.outcome = tl::unexpected<Error>(std::move(begun.error()));
        } else {
            run_closure(task, unit);
            // Nothing was written, so the end of the snapshot can't fail in a way that matters.
            (void)connection.step("COMMIT");
            if (connection.in_transaction()) (void)connection.execute("ROLLBACK");
        }
        complete(one);
    }
}

}  // namespace tenon::store::sqlite
