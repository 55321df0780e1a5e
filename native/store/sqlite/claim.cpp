#include "store/sqlite/claim.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "store/organisation_mint.hpp"
#include "store/sqlite/tables.hpp"

namespace tenon::store::sqlite {
namespace {

constexpr int least_window = 64;           // candidates looked at, however few are wanted
constexpr int window_factor = 8;           // candidates looked at per job wanted
constexpr int keys_walked = 256;           // fairness keys looked at in one claim while there is a backlog
constexpr std::size_t keys_kept = 10'000;  // fairness keys remembered

constexpr auto claim_one =
    sql("UPDATE jobs SET lease_owner = ?3, lease_until = ?4, due_at = ?4,"
        " epoch = epoch + 1, attempts = attempts + 1"
        " WHERE organisation_id = ?1 AND id = ?2 RETURNING ",
        Table<JobRow>::names);

}  // namespace

Result<std::vector<Claimer::Candidate>> Claimer::oldest(Connection& connection, UnixTime now, int limit) {
    Query query(connection,
                "SELECT organisation_id, id, fairness_key, due_at FROM jobs WHERE due_at <= ? ORDER BY "
                "due_at LIMIT ?");
    query.bind(now, limit);
    std::vector<Candidate> candidates;
    for (;;) {
        TENON_TRY(const bool more, query.step());
        if (!more) return candidates;
        auto& next = candidates.emplace_back();
        TENON_CHECK(query.read(next.organisation, next.id, next.fairness_key, next.due_at));
    }
}

/// Adds the oldest due job of keys that the window did not reach, walking on where the last walk stopped.
Result<void> Claimer::add_other_keys(Connection& connection, UnixTime now, int limit,
                                     std::vector<Candidate>& candidates) {
    std::set<std::string, std::less<>> seen;
    for (const auto& candidate : candidates) seen.insert(candidate.fairness_key);
    const std::string started = walked_to_;
    bool wrapped = false;
    int found = 0;
    for (int i = 0; i < keys_walked && found < limit; ++i) {
        Query next_key(connection,
                       "SELECT fairness_key FROM jobs WHERE fairness_key > ? ORDER BY fairness_key LIMIT 1");
        TENON_TRY(const bool more, next_key.bind(walked_to_).step());
        if (!more) {
            if (std::exchange(wrapped, true)) return {};
            walked_to_.clear();
            continue;
        }
        std::string key;
        TENON_CHECK(next_key.read(key));
        walked_to_ = key;
        if (wrapped && key > started) return {};
        if (!seen.insert(key).second) continue;
        Query head(connection,
                   "SELECT organisation_id, id, due_at FROM jobs WHERE fairness_key = ? AND due_at <= ?"
                   " ORDER BY due_at LIMIT 1");
        TENON_TRY(const bool due, head.bind(key, now).step());
        if (!due) continue;
        Candidate candidate;
        TENON_CHECK(head.read(candidate.organisation, candidate.id, candidate.due_at));
        candidate.fairness_key = std::move(key);
        candidates.push_back(std::move(candidate));
        ++found;
    }
    return {};
}

void Claimer::order(std::vector<Candidate>& candidates) const {
    std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
        return std::tie(a.due_at, a.id) < std::tie(b.due_at, b.id);
    });
    std::unordered_map<std::string_view, int> turns;
    for (auto& candidate : candidates) candidate.turn = turns[candidate.fairness_key]++;
    const auto last_served = [this](const Candidate& candidate) {
        const auto found = served_.find(candidate.fairness_key);
        return found == served_.end() ? 0 : found->second;
    };
    std::stable_sort(candidates.begin(), candidates.end(), [&](const Candidate& a, const Candidate& b) {
        if (a.turn != b.turn) return a.turn < b.turn;
        return last_served(a) < last_served(b);
    });
}

void Claimer::remember(const std::string& fairness_key) {
    if (served_.size() >= keys_kept) served_.clear();
    served_[fairness_key] = claims_;
}

Result<std::vector<ClaimedJob>> Claimer::claim(Connection& connection, const Request& request) {
    std::vector<ClaimedJob> claimed;
    if (request.limit <= 0) return claimed;
    const int window = std::max(least_window, window_factor * request.limit);
    TENON_TRY(auto candidates, oldest(connection, request.now, window));
    if (static_cast<int>(candidates.size()) == window)
        TENON_CHECK(add_other_keys(connection, request.now, request.limit, candidates));
    order(candidates);
    ++claims_;
    if (candidates.size() > static_cast<std::size_t>(request.limit))
        candidates.erase(candidates.begin() + request.limit, candidates.end());
    for (const auto& candidate : candidates) {
        Query query(connection, claim_one);
        query.bind(candidate.organisation, candidate.id, request.owner, request.now + request.lease);
        TENON_TRY(auto job, fetch_one<JobRow>(query));
        TENON_TRY(const bool more, query.step());  // ends the statement
        (void)more;
        remember(job.fairness_key);
        claimed.push_back({OrganisationMint::make(candidate.organisation), std::move(job)});
    }
    return claimed;
}

}  // namespace tenon::store::sqlite
