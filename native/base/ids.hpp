#pragma once
// Identifiers: UUID version 7 (RFC 9562 5.7), so that ids sort by time and need no central counter.

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tenon/base/time.hpp"

namespace tenon {

class Random;

/// 128 bits. The text form is lower-case with hyphens; nothing else is read.
struct Uuid {
    std::array<std::uint8_t, 16> bytes{};

    [[nodiscard]] static std::optional<Uuid> parse(std::string_view text);
    [[nodiscard]] std::string text() const;
    [[nodiscard]] bool is_nil() const { return bytes == std::array<std::uint8_t, 16>{}; }
    friend auto operator<=>(const Uuid&, const Uuid&) = default;
    friend bool operator==(const Uuid&, const Uuid&) = default;
};

/// A new id for `now`. Ids made by one process are strictly increasing. Threads: any.
[[nodiscard]] Uuid new_uuid(UnixTime now, Random& random);

/// The same 128 bits with the meaning of one table, so that an execution's id is no connection's id.
template <typename Tag>
struct Id {
    Uuid value;
    [[nodiscard]] static std::optional<Id> parse(std::string_view text) {
        if (auto read = Uuid::parse(text)) return Id{*read};
        return std::nullopt;
    }
    [[nodiscard]] std::string text() const { return value.text(); }
    friend auto operator<=>(const Id&, const Id&) = default;
    friend bool operator==(const Id&, const Id&) = default;
};

using OrganisationId = Id<struct OrganisationTag>;
using ApiKeyId = Id<struct ApiKeyTag>;
using SessionId = Id<struct SessionTag>;
using ConnectionId = Id<struct ConnectionTag>;
using FormId = Id<struct FormTag>;
using IntegrationId = Id<struct IntegrationTag>;
using SubmissionId = Id<struct SubmissionTag>;
using EndpointId = Id<struct EndpointTag>;
using EventId = Id<struct EventTag>;
using ExecutionId = Id<struct ExecutionTag>;
using AttemptId = Id<struct AttemptTag>;
using JobId = Id<struct JobTag>;
using SecurityEventId = Id<struct SecurityEventTag>;

}  // namespace tenon
