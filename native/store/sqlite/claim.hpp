#pragma once
// Which due jobs are claimed next. Oldest first, but a fairness key with a long backlog must not keep the
// others waiting: within one claim the keys take turns, and from claim to claim the key that was served
// longest ago goes first.

#include <chrono>
#include <string>
#include <unordered_map>
#include <vector>

#include "store/sqlite/sqlite_unit.hpp"
#include "store/store.hpp"

namespace tenon::store::sqlite {

/// On the writer's thread only. What it remembers is a preference, not a fact: it may be lost.
class Claimer {
public:
    struct Request {
        std::string owner;
        UnixTime now;
        std::chrono::milliseconds lease;
        int limit;
    };
    [[nodiscard]] Result<std::vector<ClaimedJob>> claim(Connection& connection, const Request& request);

private:
    struct Candidate {
        OrganisationId organisation;
        JobId id;
        std::string fairness_key;
        std::int64_t due_at = 0;
        int turn = 0;  // how many jobs of the same key come before it
    };
    [[nodiscard]] Result<std::vector<Candidate>> oldest(Connection& connection, UnixTime now, int limit);
    [[nodiscard]] Result<void> add_other_keys(Connection& connection, UnixTime now, int limit,
                                              std::vector<Candidate>& candidates);
    void order(std::vector<Candidate>& candidates) const;
    void remember(const std::string& fairness_key);

    std::unordered_map<std::string, std::int64_t> served_;  // fairness key -> number of the last claim
    std::int64_t claims_ = 0;
    std::string walked_to_;  // where the walk over the keys stopped
};

}  // namespace tenon::store::sqlite
