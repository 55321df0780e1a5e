#pragma once
// Time zone tables for configs (spec/MAPPING.md 5.4): the core knows no zones, so the server writes the rows
// of its own time zone database into a config when it is saved. Read from the compiled files of the tz
// database (TZif, RFC 9636).

#include <string>
#include <string_view>

#include "tenon/base/json.hpp"
#include "tenon/base/result.hpp"

namespace tenon::api {

/// Rows `["2026-03-29T01:00:00Z", 120]`, ascending, from 1970-01-01 to the end of 2100, at most
/// limits::zone_rows; offsets that are no whole minutes are rounded. Errors: zone_unknown (field = `zone`)
/// for a name that is not in `folder`, unavailable for a file that can't be read as TZif.
[[nodiscard]] Result<json::Array> zone_rows(const std::string& folder, std::string_view zone);

/// The same from the bytes of a file. Error: unavailable.
[[nodiscard]] Result<json::Array> zone_rows_of(std::string_view tzif);

/// Replaces `config.zones` by the tables of exactly the zones that the mappings name; offsets need none, a
/// name that is no zone is left to the check of the config. Removes `zones` when none is needed.
[[nodiscard]] Result<void> fill_zones(const std::string& folder, json::Value& config);

}  // namespace tenon::api
