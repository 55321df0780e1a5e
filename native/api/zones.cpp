#include "api/zones.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <vector>

#include "api/zone_rule.hpp"
#include "tenon/base/limits.hpp"
#include "tenon/base/time.hpp"

namespace tenon::api {
namespace {

constexpr std::size_t header_bytes = 44;
constexpr int last_year = 2100;
constexpr std::size_t max_file_bytes = 65'536;

tl::unexpected<Error> unreadable() {
    return fail(Errc::unavailable, {},
                "The time zone database of this machine can't be read (package tzdata).");
}

std::int64_t big_endian(std::string_view bytes) {
    std::uint64_t value = bytes.empty() || (bytes[0] & 0x80) == 0 ? 0 : ~std::uint64_t{0};
    for (const char byte : bytes) value = (value << 8) | static_cast<unsigned char>(byte);
    return static_cast<std::int64_t>(value);
}

/// One block of a file: the header's counts and where its parts begin.
struct Block {
    std::size_t times, types, characters, leaps, standards, universals;
    [[nodiscard]] std::size_t size(std::size_t time_bytes) const {
        return times * (time_bytes + 1) + types * 6 + characters + leaps * (time_bytes + 4) + standards +
               universals;
    }
};

std::optional<Block> read_header(std::string_view bytes) {
    if (bytes.size() < header_bytes || !bytes.starts_with("TZif")) return std::nullopt;
    const auto count = [&](std::size_t at) {
        return static_cast<std::size_t>(big_endian(bytes.substr(at, 4)));
    };
    const Block block{count(32), count(36), count(40), count(28), count(24), count(20)};
    for (const std::size_t part : {block.times, block.types, block.characters, block.leaps, block.standards})
        if (part > max_file_bytes) return std::nullopt;
    return block;
}

class Rows {
public:
    void add(std::int64_t at, std::int64_t offset_seconds) {
        const std::int64_t half = offset_seconds < 0 ? -30 : 30;
        const std::int64_t minutes = (offset_seconds + half) / 60;
        if (!rows_.empty() && minutes == last_) return;
        last_ = minutes;
        rows_.emplace_back(json::Array{to_rfc3339(UnixTime(std::chrono::seconds(at))), minutes});
    }
    [[nodiscard]] json::Array take() {
        if (rows_.size() > limits::zone_rows) rows_.resize(limits::zone_rows);
        return std::move(rows_);
    }

private:
    json::Array rows_;
    std::int64_t last_ = 0;
};

/// Adds what the rule says for the years behind the last listed transition.
void add_by_rule(const ZoneRule& rule, std::int64_t after, Rows& rows) {
    if (!rule.has_summer) {
        rows.add(std::max<std::int64_t>(after, 0), rule.standard);
        return;
    }
    for (int year = 1970; year <= last_year; ++year)
        for (const auto& transition : rule.transitions(year))
            if (transition.at > after && transition.at > 0) rows.add(transition.at, transition.offset);
}

std::string read_file(const std::string& path) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) return {};  // `Europe` is a folder
    std::ifstream file(path, std::ios::binary);
    if (!file) return {};
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// `Europe/Berlin`: letters, digits, `_ + -`, one to three parts. Nothing that leads out of the folder, and
/// not the copies of the database with other rules (posix, right).
bool is_zone_name(std::string_view name) {
    if (name.empty() || name.size() > 100 || name.starts_with("posix") || name.starts_with("right"))
        return false;
    bool was_slash = true;
    for (const char c : name) {
        const bool is_slash = c == '/';
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (is_slash
                ? was_slash
                : !is_letter && (was_slash || !((c >= '0' && c <= '9') || c == '_' || c == '+' || c == '-')))
            return false;
        was_slash = is_slash;
    }
    return !was_slash;
}

bool is_offset(std::string_view zone) {
    return zone == "Z" || zone.starts_with('+') || zone.starts_with('-');
}

}  // namespace

Result<json::Array> zone_rows_of(std::string_view tzif) {
    const auto first = read_header(tzif);
    if (!first || tzif[4] < '2' || tzif.size() < header_bytes + first->size(4)) return unreadable();
    tzif.remove_prefix(header_bytes + first->size(4));  // the 32-bit block says less than the one behind it
    const auto block = read_header(tzif);
    if (!block || block->types == 0 || tzif.size() < header_bytes + block->size(8)) return unreadable();
    const std::string_view times = tzif.substr(header_bytes, block->times * 8);
    const std::string_view indexes = tzif.substr(header_bytes + block->times * 8, block->times);
    const std::string_view types = tzif.substr(header_bytes + block->times * 9, block->types * 6);
    const auto offset_of = [&](std::size_t type) { return big_endian(types.substr(type * 6, 4)); };

    std::size_t type_1970 = 0;
    Rows rows;
    std::vector<ZoneRule::Transition> later;
    for (std::size_t i = 0; i < block->times; ++i) {
        const std::int64_t at = big_endian(times.substr(i * 8, 8));
        const auto type = static_cast<unsigned char>(indexes[i]);
        if (type >= block->types) return unreadable();
        if (at <= 0) {
            type_1970 = type;
        } else {
            later.push_back({at, offset_of(type)});
        }
    }
    rows.add(0, offset_of(type_1970));
    for (const auto& transition : later) rows.add(transition.at, transition.offset);

    std::string_view footer = tzif.substr(header_bytes + block->size(8));
    if (footer.size() >= 2 && footer.front() == '\n' && footer.back() == '\n') {
        const auto rule = read_zone_rule(footer.substr(1, footer.size() - 2));
        const std::int64_t after = block->times == 0 ? 0 : big_endian(times.substr(times.size() - 8));
        if (rule) add_by_rule(*rule, after, rows);
    }
    return rows.take();
}

Result<json::Array> zone_rows(const std::string& folder, std::string_view zone) {
    const auto unknown = [&] {
        return fail(Errc::zone_unknown, "zone", "Give a name of the tz database such as Europe/Berlin.");
    };
    if (!is_zone_name(zone)) return unknown();
    const std::string bytes = read_file(folder + "/" + std::string(zone));
    if (!bytes.starts_with("TZif")) return unknown();
    if (bytes.size() > max_file_bytes) return unreadable();
    return zone_rows_of(bytes);
}

Result<void> fill_zones(const std::string& folder, json::Value& config) {
    std::set<std::string> names;
    const auto* mappings = config.find("field_mappings");
    if (mappings != nullptr && mappings->is_object()) {
        for (const auto& mapping : mappings->as_object()) {
            const auto* parse = mapping.value.find("parse");
            if (parse == nullptr) continue;
            const std::string_view zone = parse->text_at("timezone");
            if (!zone.empty() && !is_offset(zone)) names.emplace(zone);
        }
    }
    json::Object zones;
    for (const auto& name : names) {
        auto rows = zone_rows(folder, name);
        if (rows) {
            zones.set(name, std::move(*rows));
        } else if (rows.error().code != Errc::zone_unknown) {
            return tl::unexpected<Error>(std::move(rows.error()));
        }
    }
    if (zones.empty()) {
        config.as_object().erase("zones");
    } else {
        config.as_object().set("zones", std::move(zones));
    }
    return {};
}

}  // namespace tenon::api
