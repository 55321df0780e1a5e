#pragma once
// Rows that every request asks for, kept in memory. The process is the only writer of its database (the lock
// of the data folder sees to that), so a row is right until this process commits a change of its table.
// A reader may have begun before a commit and end after it: it keeps its row only if nothing was committed in
// between, which the generation tells.

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>

#include "store/store.hpp"

namespace tenon::store::sqlite {

/// Threads: any.
template <typename RowId, typename Row>
class RowCache {
public:
    static constexpr std::size_t rows_kept = 512;

    [[nodiscard]] std::optional<Found<Row>> find(const RowId& id) const {
        const std::lock_guard lock(mutex_);
        const auto found = rows_.find(id);
        if (found == rows_.end()) return std::nullopt;
        return found->second;
    }
    /// To be asked before the row is read.
    [[nodiscard]] std::uint64_t generation() const {
        const std::lock_guard lock(mutex_);
        return generation_;
    }
    void keep(const RowId& id, const Found<Row>& row, std::uint64_t generation) {
        const std::lock_guard lock(mutex_);
        if (generation != generation_) return;
        if (rows_.size() >= rows_kept) rows_.clear();
        rows_.insert_or_assign(id, row);
    }
    /// After a commit that changed the table, before its callers hear of it.
    void forget_all() {
        const std::lock_guard lock(mutex_);
        ++generation_;
        rows_.clear();
    }

private:
    mutable std::mutex mutex_;
    std::map<RowId, Found<Row>> rows_;
    std::uint64_t generation_ = 0;
};

/// The cached tables.
struct Caches {
    RowCache<EndpointId, EndpointRow> endpoints;
    RowCache<ApiKeyId, ApiKeyRow> api_keys;
};

}  // namespace tenon::store::sqlite
