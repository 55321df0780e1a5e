#pragma once
// What the played providers received, newest last, for tests and people to read.

#include <cstdint>
#include <deque>
#include <map>
#include <string>

#include "simulator/exchange.hpp"
#include "tenon/base/json.hpp"
#include "tenon/base/time.hpp"

namespace tenon::simulator {

/// Not for two threads at once.
class Journal {
public:
    static constexpr std::size_t kept = 20'000;  ///< Older ones are dropped; counts go on.

    /// Returns the entry's number.
    std::uint64_t add(const std::string& provider, const Exchange& exchange, UnixTime now);
    /// The status that was answered; 0 = the connection was cut.
    void answered(std::uint64_t number, int status);
    void clear();

    /// `[{provider, method, path, query, headers, body | body_base64, at, status}…]`, of one provider or of
    /// all.
    [[nodiscard]] json::Value list(std::string_view provider) const;
    /// `{"total", "dropped", "providers": {id: n}}`.
    [[nodiscard]] json::Value counts() const;

private:
    struct Entry {
        std::uint64_t number;
        std::string provider;
        json::Object record;
    };
    std::deque<Entry> entries_;
    std::map<std::string, std::int64_t, std::less<>> counts_;
    std::uint64_t next_ = 1;
    std::int64_t dropped_ = 0;
};

}  // namespace tenon::simulator
