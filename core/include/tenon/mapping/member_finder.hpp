#pragma once
// Finds members of an object that are asked for in about the order in which they stand, as the answers of a
// form are: each search begins behind the last hit, so it takes one comparison instead of half the object.

#include <string_view>

#include "tenon/base/json.hpp"

namespace tenon::mapping {

/// Borrows the object, which must not change. Not for several threads: it remembers where it was.
class MemberFinder {
public:
    MemberFinder() = default;
    explicit MemberFinder(const json::Object& object) : members_(object.begin()), count_(object.size()) {}

    /// Index of the member; the number of members if there is none of this name.
    [[nodiscard]] std::size_t position(std::string_view name) {
        for (std::size_t i = 0; i < count_; ++i) {
            const std::size_t at = next_ + i < count_ ? next_ + i : next_ + i - count_;
            if (members_[at].name != name) continue;
            next_ = at + 1 < count_ ? at + 1 : 0;
            return at;
        }
        return count_;
    }
    /// Null pointer if absent.
    [[nodiscard]] const json::Value* find(std::string_view name) {
        const std::size_t at = position(name);
        return at < count_ ? &members_[at].value : nullptr;
    }
    [[nodiscard]] std::string_view name_at(std::size_t at) const { return members_[at].name; }

private:
    const json::Member* members_ = nullptr;
    std::size_t count_ = 0;
    std::size_t next_ = 0;
};

}  // namespace tenon::mapping
