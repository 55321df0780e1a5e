#pragma once
// An integration config, read, checked and compiled once (spec/MAPPING.md 1, config.schema.json), then used
// for every submission. Everything a mapping needs at run time is here in the form it is needed in.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "tenon/base/decimal.hpp"
#include "tenon/base/json.hpp"
#include "tenon/base/pattern.hpp"
#include "tenon/mapping/date.hpp"
#include "tenon/mapping/finding.hpp"
#include "tenon/mapping/number_text.hpp"
#include "tenon/mapping/schema_check.hpp"
#include "tenon/mapping/template.hpp"

namespace tenon::mapping {

enum class Type : std::uint8_t {
    string,
    number,
    integer,
    decimal,
    boolean,
    date,
    datetime,
    email,
    url,
    phone,
    option,
    array,
    json
};
[[nodiscard]] std::string_view name_of(Type type);

enum class Op : std::uint8_t {
    trim,
    collapse_whitespace,
    uppercase,
    lowercase,
    prefix,
    suffix,
    replace,
    truncate,
    split,
    join,
    default_value,
    round,
    scale,
    format_date
};
[[nodiscard]] std::string_view name_of(Op op);

/// One transform. Which members count is decided by `op`.
struct Operation {
    Op op = Op::trim;
    std::string_view text;  ///< prefix, suffix: text; replace: find; truncate: marker; separators.
    std::string_view with;  ///< replace.
    int number = 0;         ///< truncate: max; round: digits; scale: power.
    Rounding rounding = Rounding::half_up;
    const json::Value* value = nullptr;  ///< default.
    std::optional<DateFormat> format;    ///< format_date.
};

/// Where a value comes from; `first` and `list` hold further sources.
struct Source {
    enum class Kind : std::uint8_t { field, pointer, constant, meta, text_template, first, list };
    Kind kind = Kind::field;
    std::string_view text;  ///< Name or pointer.
    const json::Value* constant = nullptr;
    Template compiled;
    std::vector<Source> sources;
};

/// `parse`: how text is read.
struct Parse {
    NumberReading number;
    std::optional<DateFormat> format;
    const Zone* zone = nullptr;
    const json::Array* true_values = nullptr;
    const json::Array* false_values = nullptr;
};

struct Options {
    enum class Otherwise : std::uint8_t { error, keep, empty };
    const json::Object* map = nullptr;
    Otherwise otherwise = Otherwise::error;
};

/// `min` or `max`, in the form that the type compares.
struct Bound {
    std::string limit;  ///< As the message shows it.
    Decimal number;
    Instant instant;  ///< date: midnight UTC of the day.
};

struct Validation {
    std::optional<Bound> min;
    std::optional<Bound> max;
    std::optional<std::size_t> min_length;
    std::optional<std::size_t> max_length;
    std::optional<Pattern> pattern;
};

struct Mapping {
    std::string_view key;
    std::string_view target;
    std::vector<std::string> path;  ///< Tokens into the target object, at least one.
    Source source;
    Type type = Type::string;
    Type items = Type::string;
    bool is_required = false;
    bool writes_null = false;  ///< `empty: null`.
    std::vector<Operation> operations;
    Parse parse;
    Options options;
    Validation validation;
};

/// A config without errors. Movable, not copyable: views and pointers lead into its own document.
/// Const use from several threads is safe.
class Config {
public:
    /// Errors, sorted by pointer, then code: invalid_json, invalid_unicode, duplicate_key, too_deep,
    /// too_large and number_out_of_range with an empty pointer; then those of shape; then those of meaning.
    /// Never empty.
    [[nodiscard]] static tl::expected<Config, Findings> compile(std::string_view text);
    /// The same for a document that is read already.
    [[nodiscard]] static tl::expected<Config, Findings> compile_value(json::Value document);

    Config(Config&&) noexcept = default;
    Config& operator=(Config&&) noexcept = default;
    Config(const Config&) = delete;
    Config& operator=(const Config&) = delete;

    [[nodiscard]] std::string_view provider() const { return document_.text_at("provider"); }
    [[nodiscard]] std::string_view action() const { return document_.text_at("action"); }
    /// True if there is an action to send: the provider is not `none`.
    [[nodiscard]] bool has_action() const { return provider() != "none"; }
    [[nodiscard]] const std::vector<Mapping>& mappings() const { return mappings_; }
    [[nodiscard]] const std::optional<Template>& message() const { return message_; }
    [[nodiscard]] std::optional<Escape> message_escape() const { return message_escape_; }
    [[nodiscard]] const std::optional<SchemaCheck>& validation_schema() const { return validation_schema_; }
    /// Member of the document; null pointer if absent.
    [[nodiscard]] const json::Value* find(std::string_view name) const { return document_.find(name); }
    /// The config with `toolkit` and `action_type` replaced by `provider` and `action`.
    [[nodiscard]] const json::Value& document() const { return document_; }

private:
    friend class ConfigReader;
    Config() = default;

    json::Value document_;
    std::vector<Mapping> mappings_;
    std::vector<std::unique_ptr<const Zone>> zones_;  // pointers: mappings refer to them
    std::optional<Template> message_;
    std::optional<Escape> message_escape_;
    std::optional<SchemaCheck> validation_schema_;
};

/// `toolkit` (A–Z lowered) becomes `provider` and `action_type` becomes `action` where the real name is
/// absent.
void replace_aliases(json::Value& config);

}  // namespace tenon::mapping
