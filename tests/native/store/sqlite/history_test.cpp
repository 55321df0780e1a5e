#include "../contract/history.hpp"

#include "backend.hpp"

namespace tenon::store::contract {

INSTANTIATE_TEST_SUITE_P(Sqlite, HistoryContract, testing::Values(sqlite_backend()),
                         [](const auto& each) { return each.param.name; });

}  // namespace tenon::store::contract
