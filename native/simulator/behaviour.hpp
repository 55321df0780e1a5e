#pragma once
// A played provider: refuses what the real one refuses, in its own words, and answers like it. Everything it
// knows is data: its behaviour file and its provider document.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/credential.hpp"
#include "simulator/exchange.hpp"
#include "simulator/route.hpp"
#include "simulator/tables.hpp"
#include "tenon/base/time.hpp"

namespace tenon::simulator {

/// Makes ids that look random and are the same for the same seed.
class IdSource {
public:
    explicit IdSource(std::uint64_t seed) : state_(seed) {}
    /// 14 characters of `A-Z a-z 0-9`.
    [[nodiscard]] std::string next();

private:
    std::uint64_t state_;
};

/// Not for two threads at once.
class Behaviour {
public:
    /// Errors: validation_failed, schema_malformed, pattern_invalid for a wrong behaviour file.
    [[nodiscard]] static Result<Behaviour> create(const json::Value& data, Gate gate, std::uint64_t seed);

    [[nodiscard]] Answer answer(const Exchange& exchange, UnixTime now);
    /// The provider's refusal of that name; a plain 400 where it has none.
    [[nodiscard]] Answer refusal(std::string_view name) const;
    /// An answer of that status as the provider words it.
    [[nodiscard]] Answer trouble(int status) const;

private:
    Behaviour(Gate gate, std::uint64_t seed) : gate_(std::move(gate)), ids_(seed) {}

    [[nodiscard]] Answer refusal(std::string_view name, const json::Value& context) const;
    [[nodiscard]] Answer serve(const Route& route, const Exchange& exchange, json::Value context,
                               UnixTime now);
    /// The name of the refusal, empty = none; fills in `query` and `body`.
    [[nodiscard]] std::string check(const Route& route, const Exchange& exchange, json::Object& context,
                                    UnixTime now);
    [[nodiscard]] std::string run_table(const TableStep& step, json::Value& context);

    Gate gate_;
    IdSource ids_;
    Tables tables_;
    std::vector<Route> routes_;
    json::Object refusals_;
    std::int64_t calls_ = 0;
};

}  // namespace tenon::simulator
