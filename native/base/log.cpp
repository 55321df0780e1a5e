#include "base/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

#include "tenon/base/text.hpp"

namespace tenon {
namespace {

constexpr std::size_t max_text_bytes = 4096;

std::string_view name_of(LogLevel level) {
    constexpr std::array<std::string_view, 4> names{"debug", "info", "warning", "error"};
    return names[static_cast<std::size_t>(level)];
}

// Length of the UTF-8 sequence at `at`; 0 if there is none.
std::size_t sequence_length(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (at + length > text.size() || !text::is_utf8(text.substr(at, length))) return 0;
    return length;
}

void append_escaped(std::string& out, char c) {
    constexpr char digits[] = "0123456789abcdef";
    switch (c) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            break;
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
        out += "\\u00";
        out += digits[static_cast<unsigned char>(c) >> 4];
        out += digits[c & 15];
    } else {
        out += c;
    }
}

// Not json::write_text_to: a log line must come out whatever the bytes are.
void append_text(std::string& out, std::string_view text) {
    const bool is_cut = text.size() > max_text_bytes;
    if (is_cut) text = text.substr(0, max_text_bytes);
    out += '"';
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = sequence_length(text, at);
        if (length == 0) {
            out += "\xef\xbf\xbd";
            ++at;
        } else if (length == 1) {
            append_escaped(out, text[at++]);
        } else {
            out += text.substr(at, length);
            at += length;
        }
    }
    out += is_cut ? "...\"" : "\"";
}

struct Append {
    std::string& out;
    void operator()(std::string_view text) const { append_text(out, text); }
    void operator()(bool flag) const { out += flag ? "true" : "false"; }
    void operator()(std::int64_t number) const { out += std::to_string(number); }
    void operator()(double number) const {
        if (!std::isfinite(number)) {
            out += "null";
            return;
        }
        std::array<char, 32> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
        out.append(digits.data(), end);
    }
};

spdlog::level::level_enum severity(LogLevel level) {
    constexpr std::array levels{spdlog::level::debug, spdlog::level::info, spdlog::level::warn,
                                spdlog::level::err};
    return levels[static_cast<std::size_t>(level)];
}

class StderrLog final : public Log {
public:
    explicit StderrLog(LogLevel minimum)
        : minimum_(minimum), logger_("tenon", std::make_shared<spdlog::sinks::stderr_sink_mt>()) {
        logger_.set_pattern("%v");
        logger_.set_level(severity(minimum));
        logger_.flush_on(spdlog::level::debug);
        logger_.set_error_handler([](const std::string&) {});
    }

    bool is_on(LogLevel level) const override { return level >= minimum_; }

    void write(LogLevel level, std::string_view event, std::span<const LogField> fields) override {
        const auto now =
            std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
        const std::string line = log_line(now, level, event, fields);
        logger_.log(severity(level), spdlog::string_view_t(line.data(), line.size()));
    }

private:
    LogLevel minimum_;
    spdlog::logger logger_;
};

}  // namespace

std::string log_line(UnixTime now, LogLevel level, std::string_view event, std::span<const LogField> fields) {
    std::string line = "{\"time\":\"" + to_rfc3339(now) + "\",\"level\":\"";
    line += name_of(level);
    line += "\",\"event\":";
    append_text(line, event);
    for (const LogField& field : fields) {
        line += ',';
        append_text(line, field.name);
        line += ':';
        std::visit(Append{line}, field.value);
    }
    line += '}';
    return line;
}

std::unique_ptr<Log> make_stderr_log(LogLevel minimum) { return std::make_unique<StderrLog>(minimum); }

}  // namespace tenon
