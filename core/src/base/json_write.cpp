#include <algorithm>
#include <cstring>

#include "json_text.hpp"
#include "sort.hpp"
#include "tenon/base/json.hpp"

namespace tenon::json {
namespace {

/// UTF-16 order is UTF-8's byte order but for one thing: characters above U+FFFF (first byte F0 and up) are
/// pairs of D800-DFFF there, so they come before U+E000-U+FFFF (first bytes EE and EF), which therefore go
/// behind everything here.
unsigned char rank(char byte) {
    const auto value = static_cast<unsigned char>(byte);
    return value == 0xEE || value == 0xEF ? static_cast<unsigned char>(value + 0x10) : value;
}

/// The ranks of the first eight bytes, so that most comparisons are one of two numbers. Names have no U+0000,
/// so the zeros behind a short name mean its end.
std::uint64_t prefix_of(std::string_view name) {
    std::uint64_t prefix = 0;
    if (name.size() >= 8) {
        for (std::size_t i = 0; i < 8; ++i) prefix = prefix << 8 | static_cast<unsigned char>(name[i]);
        if ((prefix & 0x8080808080808080ULL) == 0) return prefix;  // ASCII, read as one word
        prefix = 0;
    }
    for (std::size_t i = 0; i < 8; ++i) prefix = prefix << 8 | (i < name.size() ? rank(name[i]) : 0U);
    return prefix;
}

struct Key {
    std::uint64_t prefix;
    const Member* member;

    friend bool operator<(const Key& a, const Key& b) {
        if (a.prefix != b.prefix) return a.prefix < b.prefix;
        return std::lexicographical_compare(a.member->name.begin(), a.member->name.end(),
                                            b.member->name.begin(), b.member->name.end(),
                                            [](char x, char y) { return rank(x) < rank(y); });
    }
};

constexpr std::size_t few_members = 16;

/// Calls `visit` with each member in written order.
template <typename Visit>
void for_each_sorted(const Object& object, Visit visit) {
    Key few[few_members];
    std::vector<Key> many;
    Key* keys = few;
    const std::size_t count = object.size();
    if (count > few_members) {
        many.resize(count);
        keys = many.data();
    }
    bool sorted = true;
    Key* end = keys;
    for (const Member& member : object) {
        *end = {prefix_of(member.name), &member};
        sorted = sorted && (end == keys || !(*end < *(end - 1)));
        ++end;
    }
    if (!sorted) sort(keys, end, std::less<>());
    for (const Key* key = keys; key != end; ++key) visit(*key->member);
}

/// Appends to a string whose unused room is filled with zeros meanwhile: one check for each token instead of
/// one for each character.
class Writer {
public:
    explicit Writer(std::string& out) : out_(out), used_(out.size()) {}
    ~Writer() { out_.resize(used_); }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    void add(const Value& value) {
        switch (value.kind()) {
            case Kind::null:
                put("null");
                return;
            case Kind::boolean:
                put(value.as_boolean() ? "true" : "false");
                return;
            case Kind::number:
                add(value.as_number());
                return;
            case Kind::text:
                add(value.as_text(), "\"");
                return;
            case Kind::array:
                add(value.as_array());
                return;
            case Kind::object:
                add(value.as_object());
                return;
        }
    }

    /// The text and its quotes; `close`: the second one, perhaps with what follows.
    void add(std::string_view text, std::string_view close) {
        char* at = room(text.size() + 1);
        *at++ = '"';
        const std::size_t plain = skip_plain(text, 0);
        std::memcpy(at, text.data(), plain);
        used_ += plain + 1;
        if (plain < text.size()) write_with_escapes(text.substr(plain));
        put(close);
    }

private:
    /// Where at least `count` bytes may be written.
    char* room(std::size_t count) {
        if (out_.size() - used_ < count) {
            step_ *= 2;  // by what this writer wrote, not by what was there: small appends stay cheap
            out_.resize(used_ + count + step_);
        }
        return out_.data() + used_;
    }

    void put(std::string_view bytes) {
        std::memcpy(room(bytes.size()), bytes.data(), bytes.size());
        used_ += bytes.size();
    }

    void put(char c) {
        *room(1) = c;
        ++used_;
    }

    void write_with_escapes(std::string_view text) {
        for (std::size_t at = 0; at < text.size(); ++at) {
            const std::size_t from = at;
            at = skip_plain(text, from);
            put(text.substr(from, at - from));
            if (at < text.size()) write_escaped(text[at]);
        }
    }

    void write_escaped(char c) {
        constexpr std::string_view characters = "\"\\\b\t\n\f\r";
        constexpr std::string_view letters = "\"\\btnfr";
        constexpr std::string_view digits = "0123456789abcdef";
        put('\\');
        const std::size_t at = characters.find(c);
        if (at != std::string_view::npos) {
            put(letters[at]);
            return;
        }
        put("u00");
        put(digits[static_cast<unsigned char>(c) >> 4]);
        put(digits[static_cast<unsigned char>(c) & 0xFU]);
    }

    void add(const Decimal& number) {
        const bool as_text = number.is_inexact();
        std::string text;
        number.append_text(text);
        if (as_text) put('"');
        put(text);
        if (as_text) put('"');
    }

    void add(const Array& array) {
        char before = '[';
        for (const Value& item : array) {
            put(before);
            add(item);
            before = ',';
        }
        put(array.empty() ? "[]" : "]");
    }

    void add(const Object& object) {
        char before = '{';
        for_each_sorted(object, [&](const Member& member) {
            put(before);
            add(member.name, "\":");
            add(member.value);
            before = ',';
        });
        put(object.empty() ? "{}" : "}");
    }

    std::string& out_;
    std::size_t used_;  // of out_, while this object lives
    std::size_t step_ = 32;
};

}  // namespace

std::vector<const Member*> Object::sorted() const {
    std::vector<const Member*> members;
    members.reserve(members_.size());
    for_each_sorted(*this, [&](const Member& member) { members.push_back(&member); });
    return members;
}

void write_text_to(std::string& out, std::string_view text) { Writer(out).add(text, "\""); }

void write_to(std::string& out, const Value& value) { Writer(out).add(value); }

std::string write(const Value& value) {
    std::string out;
    write_to(out, value);
    return out;
}

}  // namespace tenon::json
