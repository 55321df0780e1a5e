#pragma once
// JSON as this project means it: read strictly (RFC 8259 and spec/MAPPING.md 3.1), kept exactly, written in
// one canonical form (RFC 8785). Numbers are Decimal; objects remember the order of their members, but every
// walk that can be seen from outside is sorted. Own reader, not nlohmann's, for the reasons in
// docs/decisions/0003; nlohmann is its oracle in the tests.

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "tenon/base/decimal.hpp"
#include "tenon/base/limits.hpp"
#include "tenon/base/result.hpp"

namespace tenon::json {

enum class Kind : std::uint8_t { null, boolean, number, text, array, object };

class Value;
struct Member;
using Array = std::vector<Value>;

/// Members in insertion order, names unique. Lookup is by exact name; `__proto__` is a name like any other.
class Object {
public:
    Object();
    Object(const Object&);
    Object(Object&&) noexcept;
    Object& operator=(const Object&);
    Object& operator=(Object&&) noexcept;
    ~Object();
    Object(std::initializer_list<Member> members);

    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] bool empty() const { return size() == 0; }
    /// The member's value; null pointer when absent. Valid until the object changes.
    [[nodiscard]] const Value* find(std::string_view name) const;
    [[nodiscard]] Value* find(std::string_view name);
    /// The same with its name and place: `member - begin()` is its position.
    [[nodiscard]] const Member* find_member(std::string_view name) const;
    [[nodiscard]] bool contains(std::string_view name) const { return find(name) != nullptr; }
    /// Sets or replaces; a new name goes last.
    Value& set(std::string name, Value value);
    /// Appends without looking for an equal name: only for a caller that knows the name is new.
    Value& append(std::string name, Value value);
    void erase(std::string_view name);
    /// In insertion order.
    [[nodiscard]] const Member* begin() const;
    [[nodiscard]] const Member* end() const;
    [[nodiscard]] Member* begin();
    [[nodiscard]] Member* end();
    /// Sorted by UTF-16 code units of the names (RFC 8785 3.2.3). Pointers are valid until the object
    /// changes.
    [[nodiscard]] std::vector<const Member*> sorted() const;

private:
    friend class Reader;
    [[nodiscard]] std::size_t position(std::string_view name) const;
    void insert_into_index(std::size_t at);
    [[nodiscard]] bool build_index();

    std::vector<Member> members_;
    // Empty while there are few members. Else either a hash table of positions + 1 (longer than members_) or,
    // where names were chosen to collide, the positions sorted by name (as long as members_).
    std::vector<std::uint32_t> index_;
};

/// One JSON value. Copying copies the whole tree.
class Value {
public:
    Value() = default;
    Value(std::nullptr_t) {}  // NOLINT(google-explicit-constructor)
    template <typename B, std::enable_if_t<std::is_same_v<B, bool>, int> = 0>
    Value(B b) : data_(b) {}  // NOLINT(google-explicit-constructor)
    template <typename I, std::enable_if_t<std::is_integral_v<I> && !std::is_same_v<I, bool>, long> = 0>
    Value(I i) : data_(Decimal(static_cast<std::int64_t>(i))) {}  // NOLINT(google-explicit-constructor)
    Value(Decimal number) : data_(std::move(number)) {}           // NOLINT(google-explicit-constructor)
    Value(std::string text) : data_(std::move(text)) {}           // NOLINT(google-explicit-constructor)
    Value(std::string_view text) : data_(std::string(text)) {}    // NOLINT(google-explicit-constructor)
    Value(const char* text) : data_(std::string(text)) {}         // NOLINT(google-explicit-constructor)
    Value(Array array) : data_(std::move(array)) {}               // NOLINT(google-explicit-constructor)
    Value(Object object) : data_(std::move(object)) {}            // NOLINT(google-explicit-constructor)

    [[nodiscard]] Kind kind() const { return static_cast<Kind>(data_.index()); }
    [[nodiscard]] bool is_null() const { return kind() == Kind::null; }
    [[nodiscard]] bool is_boolean() const { return kind() == Kind::boolean; }
    [[nodiscard]] bool is_number() const { return kind() == Kind::number; }
    [[nodiscard]] bool is_text() const { return kind() == Kind::text; }
    [[nodiscard]] bool is_array() const { return kind() == Kind::array; }
    [[nodiscard]] bool is_object() const { return kind() == Kind::object; }

    /// Only for a value of that kind (anything else is a bug and ends the program).
    [[nodiscard]] bool as_boolean() const { return *checked<bool>(); }
    [[nodiscard]] const Decimal& as_number() const { return *checked<Decimal>(); }
    [[nodiscard]] const std::string& as_text() const { return *checked<std::string>(); }
    [[nodiscard]] const Array& as_array() const { return *checked<Array>(); }
    [[nodiscard]] const Object& as_object() const { return *checked<Object>(); }
    [[nodiscard]] std::string& as_text() { return *checked<std::string>(); }
    [[nodiscard]] Array& as_array() { return *checked<Array>(); }
    [[nodiscard]] Object& as_object() { return *checked<Object>(); }

    /// Member of an object; null pointer if this is no object or has no such member.
    [[nodiscard]] const Value* find(std::string_view name) const;
    /// Text of a member; empty view if absent or not a text.
    [[nodiscard]] std::string_view text_at(std::string_view name) const;

    /// Same kind and content; objects are compared without regard to order, numbers by value.
    friend bool operator==(const Value& a, const Value& b);

private:
    template <typename T>
    [[nodiscard]] const T* checked() const {
        const T* held = std::get_if<T>(&data_);
        if (held == nullptr) __builtin_trap();
        return held;
    }
    template <typename T>
    [[nodiscard]] T* checked() {
        return const_cast<T*>(std::as_const(*this).template checked<T>());
    }

    friend class Reader;
    std::variant<std::monostate, bool, Decimal, std::string, Array, Object> data_;
};

struct Member {
    std::string name;
    Value value;
};

/// Whether a text may have U+0000. Answers and configs may not (spec/MAPPING.md 3.1); a JSON Schema and its
/// instance may.
enum class ZeroCharacter : std::uint8_t { refused, accepted };

/// Reads one document. Errors, in the order met: invalid_json, invalid_unicode (not UTF-8, unpaired surrogate
/// escape, U+0000 in a text or name), duplicate_key (after unescaping), too_deep (over `depth`),
/// number_out_of_range. `Error::field` is empty. Not recursive on the input: a deep document can't exhaust
/// the stack.
[[nodiscard]] Result<Value> read(std::string_view bytes, std::size_t depth = limits::json_depth,
                                 ZeroCharacter zero = ZeroCharacter::refused);

/// RFC 8785; an inexact number is written as a text of its plain digits.
[[nodiscard]] std::string write(const Value& value);
void write_to(std::string& out, const Value& value);
/// Appends `text` as a JSON text with its quotes.
void write_text_to(std::string& out, std::string_view text);

/// RFC 6901. `pointer` must be valid (see is_pointer). An array index is `0` or digits without leading zero,
/// in range; anything else, `-` included, finds nothing (null pointer).
[[nodiscard]] const Value* resolve(const Value& root, std::string_view pointer);
/// True for "" and for `/…` whose every `~` is followed by 0 or 1.
[[nodiscard]] bool is_pointer(std::string_view pointer);
/// The unescaped tokens of a valid pointer.
[[nodiscard]] std::vector<std::string> pointer_tokens(std::string_view pointer);
/// `~` -> `~0`, `/` -> `~1`.
[[nodiscard]] std::string escape_token(std::string_view token);

}  // namespace tenon::json
