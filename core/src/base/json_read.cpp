#include <optional>

#include "json_text.hpp"
#include "tenon/base/json.hpp"
#include "tenon/base/text.hpp"

namespace tenon::json {
namespace {

constexpr std::size_t first_members = 4;  // room for more would let small objects use up memory

}  // namespace

/// Reads one document with a stack of its own. A value is built where it stays: while a container is open,
/// nothing is added to the containers around it, so pointers to the open ones hold.
class Reader {
public:
    Reader(std::string_view bytes, std::size_t depth, ZeroCharacter zero)
        : bytes_(bytes), depth_(depth), zero_(zero) {}

    Result<Value> read() {
        if (!text::is_utf8(bytes_)) return fail(Errc::invalid_unicode);
        Value root;
        Value* slot = &root;
        while (slot != nullptr) {
            if (!read_value(*slot)) return fail(error_);
            slot = next_slot();
        }
        skip_space();
        if (error_ == Errc::internal && at_ != bytes_.size()) error_ = Errc::invalid_json;
        if (error_ != Errc::internal) return fail(error_);
        return root;
    }

private:
    bool refuse(Errc code) {
        error_ = code;
        return false;
    }

    void skip_space() {
        while (at_ < bytes_.size()) {
            const char c = bytes_[at_];
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') return;
            ++at_;
        }
    }

    bool take(char wanted) {
        if (at_ >= bytes_.size() || bytes_[at_] != wanted) return false;
        ++at_;
        return true;
    }

    /// A scalar, or the opening of a container, which then is on the stack.
    bool read_value(Value& slot) {
        if (open_.size() >= depth_) return refuse(Errc::too_deep);
        skip_space();
        if (at_ >= bytes_.size()) return refuse(Errc::invalid_json);
        switch (bytes_[at_]) {
            case '{':
                ++at_;
                slot.data_.emplace<Object>();
                open_.push_back(&slot);
                return true;
            case '[':
                ++at_;
                slot.data_.emplace<Array>();
                open_.push_back(&slot);
                return true;
            case '"':
                ++at_;
                return read_text(slot.data_.emplace<std::string>());
            case 't':
                return read_word("true", slot, Value(true));
            case 'f':
                return read_word("false", slot, Value(false));
            case 'n':
                return read_word("null", slot, Value());
            default:
                return read_number(slot);
        }
    }

    /// Goes on after a value or an opening: where the next value belongs, or null at the end or on an error.
    Value* next_slot() {
        while (!open_.empty()) {
            Value& container = *open_.back();
            skip_space();
            if (container.is_array()) {
                Array& items = container.as_array();
                if (take(']')) {
                    open_.pop_back();
                    continue;
                }
                if (!items.empty() && !take(',')) return stop(Errc::invalid_json);
                return &items.emplace_back();
            }
            Object& object = container.as_object();
            if (take('}')) {
                if (!object.build_index()) return stop(Errc::duplicate_key);
                open_.pop_back();
                continue;
            }
            if (!object.empty() && !take(',')) return stop(Errc::invalid_json);
            return next_member(object);
        }
        return nullptr;
    }

    Value* next_member(Object& object) {
        skip_space();
        if (!take('"')) return stop(Errc::invalid_json);
        std::vector<Member>& members = object.members_;
        if (members.size() == members.capacity())
            members.reserve(members.empty() ? first_members : 2 * members.size());
        Member& member = members.emplace_back();
        if (!read_text(member.name)) return nullptr;
        skip_space();
        if (!take(':')) return stop(Errc::invalid_json);
        return &member.value;
    }

    Value* stop(Errc code) {
        error_ = code;
        at_ = bytes_.size();
        return nullptr;
    }

    bool read_word(std::string_view word, Value& slot, Value value) {
        if (bytes_.substr(at_, word.size()) != word) return refuse(Errc::invalid_json);
        at_ += word.size();
        slot = std::move(value);
        return true;
    }

    bool skip_digits() {
        const std::size_t from = at_;
        while (at_ < bytes_.size() && bytes_[at_] >= '0' && bytes_[at_] <= '9') ++at_;
        return at_ > from;
    }

    bool read_number(Value& slot) {
        const std::size_t from = at_;
        take('-');
        if (!take('0') && !skip_digits()) return refuse(Errc::invalid_json);
        if (take('.') && !skip_digits()) return refuse(Errc::invalid_json);
        if (take('e') || take('E')) {
            if (!take('+')) take('-');
            if (!skip_digits()) return refuse(Errc::invalid_json);
        }
        Result<Decimal> number = Decimal::parse_json(bytes_.substr(from, at_ - from));
        if (!number) return refuse(number.error().code);
        slot.data_.emplace<Decimal>(std::move(*number));
        return true;
    }

    /// The rest of a text behind its opening quote.
    bool read_text(std::string& out) {
        while (true) {
            const std::size_t from = at_;
            at_ = skip_plain(bytes_, from);
            out.append(bytes_.data() + from, at_ - from);
            if (take('"')) return true;
            if (!take('\\')) return refuse(Errc::invalid_json);  // the end, or a control character
            if (!read_escape(out)) return false;
        }
    }

    bool read_escape(std::string& out) {
        constexpr std::string_view letters = "\"\\/bfnrt";
        constexpr std::string_view characters = "\"\\/\b\f\n\r\t";
        if (take('u')) return read_unicode_escape(out);
        const std::size_t which = at_ < bytes_.size() ? letters.find(bytes_[at_]) : std::string_view::npos;
        if (which == std::string_view::npos) return refuse(Errc::invalid_json);
        out += characters[which];
        ++at_;
        return true;
    }

    bool read_unicode_escape(std::string& out) {
        std::optional<char32_t> unit = read_hex4();
        if (!unit) return refuse(Errc::invalid_json);
        if (*unit >= 0xD800 && *unit <= 0xDBFF) {
            if (!take('\\') || !take('u')) return refuse(Errc::invalid_unicode);
            const std::optional<char32_t> low = read_hex4();
            if (!low) return refuse(Errc::invalid_json);
            if (*low < 0xDC00 || *low > 0xDFFF) return refuse(Errc::invalid_unicode);
            unit = 0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00);
        } else if ((*unit == 0 && zero_ == ZeroCharacter::refused) || (*unit >= 0xDC00 && *unit <= 0xDFFF)) {
            return refuse(Errc::invalid_unicode);
        }
        text::append(out, *unit);
        return true;
    }

    std::optional<char32_t> read_hex4() {
        char32_t value = 0;
        for (int i = 0; i < 4; ++i) {
            if (at_ >= bytes_.size()) return std::nullopt;
            const char c = bytes_[at_++];
            if (c >= '0' && c <= '9')
                value = value << 4 | static_cast<char32_t>(c - '0');
            else if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
                value = value << 4 | static_cast<char32_t>((c | 0x20) - 'a' + 10);
            else
                return std::nullopt;
        }
        return value;
    }

    std::string_view bytes_;
    std::size_t depth_;
    ZeroCharacter zero_;
    std::size_t at_ = 0;
    std::vector<Value*> open_;
    Errc error_ = Errc::internal;  // internal: none so far
};

Result<Value> read(std::string_view bytes, std::size_t depth, ZeroCharacter zero) {
    return Reader(bytes, depth, zero).read();
}

}  // namespace tenon::json
