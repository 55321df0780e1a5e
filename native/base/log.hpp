#pragma once
// The log: one JSON object a line on stderr. What happened is a fixed text (`event`), what differs is in
// fields, so that lines can be searched without patterns. A Secret can't be given to it.

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "tenon/base/secret.hpp"
#include "tenon/base/time.hpp"

namespace tenon {

enum class LogLevel : std::uint8_t { debug, info, warning, error };

/// One key with its value. `name` must not be `time`, `level` or `event`. Views are read before write()
/// returns.
struct LogField {
    using Value = std::variant<std::string_view, std::int64_t, double, bool>;

    LogField(std::string_view key, std::string_view text) : name(key), value(text) {}
    LogField(std::string_view key, const std::string& text) : name(key), value(std::string_view(text)) {}
    LogField(std::string_view key, const char* text) : name(key), value(std::string_view(text)) {}
    LogField(std::string_view key, bool flag) : name(key), value(flag) {}
    LogField(std::string_view key, double number) : name(key), value(number) {}
    template <typename I, std::enable_if_t<std::is_integral_v<I> && !std::is_same_v<I, bool>, int> = 0>
    LogField(std::string_view key, I number) : name(key), value(static_cast<std::int64_t>(number)) {}
    LogField(std::string_view key, const Secret& secret) = delete;

    std::string_view name;
    Value value;
};

/// Threads: any.
class Log {
public:
    virtual ~Log() = default;
    [[nodiscard]] virtual bool is_on(LogLevel level) const = 0;
    /// Never throws; a line that can't be written is lost.
    virtual void write(LogLevel level, std::string_view event, std::span<const LogField> fields) = 0;

    void debug(std::string_view event, std::initializer_list<LogField> fields = {}) {
        put(LogLevel::debug, event, fields);
    }
    void info(std::string_view event, std::initializer_list<LogField> fields = {}) {
        put(LogLevel::info, event, fields);
    }
    void warning(std::string_view event, std::initializer_list<LogField> fields = {}) {
        put(LogLevel::warning, event, fields);
    }
    void error(std::string_view event, std::initializer_list<LogField> fields = {}) {
        put(LogLevel::error, event, fields);
    }

private:
    void put(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
        if (is_on(level)) write(level, event, {fields.begin(), fields.size()});
    }
};

/// Writes lines of at least `minimum` to stderr, one write(2) each.
[[nodiscard]] std::unique_ptr<Log> make_stderr_log(LogLevel minimum);

/// The line without its newline. Bytes that are no UTF-8 become U+FFFD; texts are cut after 4,096 bytes.
[[nodiscard]] std::string log_line(UnixTime now, LogLevel level, std::string_view event,
                                   std::span<const LogField> fields);

}  // namespace tenon
