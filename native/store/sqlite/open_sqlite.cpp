#include "store/sqlite/open_sqlite.hpp"

#include <utility>

#include "store/sqlite/engine.hpp"
#include "store/sqlite/gate.hpp"

namespace tenon::store {
namespace sqlite {
namespace {

class SqliteStore final : public Store {
public:
    explicit SqliteStore(std::unique_ptr<Engine> engine) : engine_(std::move(engine)), gate_(*engine_) {}
    ~SqliteStore() override { engine_.reset(); }  // its closures use the gate

    Gate& gate() override { return gate_; }
    asio::awaitable<void> close() override { return engine_->close(); }

protected:
    asio::awaitable<Result<void>> run_unit(Mode mode, Organisation organisation, Work work) override {
        return engine_->run(mode == Mode::write ? Access::write : Access::read, organisation.id(),
                            std::move(work));
    }

private:
    std::unique_ptr<Engine> engine_;
    SqliteGate gate_;
};

}  // namespace
}  // namespace sqlite

Result<std::unique_ptr<Store>> open_sqlite(const std::filesystem::path& data_folder, const Clock& clock,
                                           const SqliteOptions& options) {
    TENON_TRY(auto engine, sqlite::Engine::open(data_folder, clock, options));
    return std::unique_ptr<Store>(std::make_unique<sqlite::SqliteStore>(std::move(engine)));
}

}  // namespace tenon::store
