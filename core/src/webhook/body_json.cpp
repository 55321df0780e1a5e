#include "body_json.hpp"

#include <array>
#include <cstdlib>
#include <cstring>
#include <forward_list>
#include <limits>

#include "json_escape.hpp"
#include "tenon/base/limits.hpp"
#include "tenon/base/text.hpp"

namespace tenon::webhook {
namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

/// Stops a run of ordinary text: quote, backslash, control, or the first byte of a multi-byte character.
constexpr auto stops_text = [] {
    std::array<bool, 256> table{};
    for (std::size_t c = 0; c < 256; ++c) table[c] = c < 0x20 || c == '"' || c == '\\' || c >= 0x80;
    return table;
}();

/// True if any of the eight bytes is a quote, a backslash, a control or not ASCII.
bool any_stops_text(std::uint64_t bytes) {
    constexpr std::uint64_t ones = 0x0101010101010101ULL;
    constexpr std::uint64_t tops = 0x8080808080808080ULL;
    const std::uint64_t quote = bytes ^ (ones * '"');
    const std::uint64_t backslash = bytes ^ (ones * '\\');
    const std::uint64_t hits =
        (bytes - ones * 0x20) | (quote - ones) | (backslash - ones) | bytes;  // false alarms only cost time
    return (hits & tops) != 0;
}

/// Length of the well-formed multi-byte character at the start of `bytes`; 0 if there is none.
std::size_t multi_byte_length(std::string_view bytes) {
    const auto lead = static_cast<unsigned char>(bytes[0]);
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || bytes.size() < length) return 0;
    return text::is_utf8(bytes.substr(0, length)) ? length : 0;
}

}  // namespace

/// The state of one pass. Not recursive: open containers are a fixed-size stack.
struct BodyJson::Reader {
    BodyJson& out;
    std::string_view in;
    std::size_t at = 0;
    std::array<Id, limits::json_depth> open{};
    std::size_t depth = 0;

    [[nodiscard]] bool has(char c) const { return at < in.size() && in[at] == c; }
    void skip_space() {
        while (at < in.size() && is_space(in[at])) ++at;
    }
    bool take(std::string_view word) {
        if (in.substr(at, word.size()) != word) return false;
        at += word.size();
        return true;
    }

    /// `at` is behind the opening quote; moves behind the closing one.
    bool text(std::uint32_t& begin, std::uint32_t& end, bool& has_escapes) {
        begin = static_cast<std::uint32_t>(at);
        for (;;) {
            for (std::uint64_t eight = 0; at + sizeof eight <= in.size(); at += sizeof eight) {
                std::memcpy(&eight, in.data() + at, sizeof eight);
                if (any_stops_text(eight)) break;
            }
            while (at < in.size() && !stops_text[static_cast<unsigned char>(in[at])]) ++at;
            if (at == in.size()) return false;
            const char c = in[at];
            if (c == '"') break;
            if (c == '\\') {
                const std::size_t length = escape_length(in.substr(at));
                if (length == 0) return false;
                has_escapes = true;
                at += length;
            } else {
                const std::size_t length =
                    static_cast<unsigned char>(c) < 0x80 ? 0 : multi_byte_length(in.substr(at));
                if (length == 0) return false;
                at += length;
            }
        }
        end = static_cast<std::uint32_t>(at++);
        return true;
    }

    bool digits() {
        const std::size_t start = at;
        while (at < in.size() && is_digit(in[at])) ++at;
        return at > start;
    }

    bool number(Node& node) {
        node.kind = NodeKind::number;
        node.begin = static_cast<std::uint32_t>(at);
        if (has('-')) ++at;
        const bool leading_zero = has('0');
        const std::size_t start = at;
        if (!digits() || (leading_zero && at - start > 1)) return false;
        if (has('.')) {
            ++at;
            if (!digits()) return false;
        }
        if (has('e') || has('E')) {
            ++at;
            if (has('+') || has('-')) ++at;
            if (!digits()) return false;
        }
        node.end = static_cast<std::uint32_t>(at);
        return true;
    }

    bool scalar(Node& node) {
        switch (in[at]) {
            case '"':
                ++at;
                node.kind = NodeKind::text;
                return text(node.begin, node.end, node.has_escapes);
            case 't':
            case 'f':
                node.kind = NodeKind::boolean;
                node.begin = static_cast<std::uint32_t>(at);
                if (!take("true") && !take("false")) return false;
                node.end = static_cast<std::uint32_t>(at);
                return true;
            case 'n':
                return take("null");
            default:
                return number(node);
        }
    }

    /// A member's name and its colon.
    bool name(Node& node) {
        if (!has('"')) return false;
        ++at;
        if (!text(node.name_begin, node.name_end, node.name_has_escapes)) return false;
        skip_space();
        if (!has(':')) return false;
        ++at;
        skip_space();
        return true;
    }

    /// Reads one value, or opens a container: then `opened` is set and its first value comes next.
    bool value(Node node, bool& opened) {
        if (at == in.size()) return false;
        const Id id = static_cast<Id>(out.nodes_.size());
        opened = in[at] == '{' || in[at] == '[';
        if (!opened) {
            if (!scalar(node)) return false;
            node.next = id + 1;
            out.nodes_.push_back(node);
            return true;
        }
        if (depth == open.size()) return false;
        node.kind = in[at] == '{' ? NodeKind::object : NodeKind::array;
        node.begin = static_cast<std::uint32_t>(at++);
        out.nodes_.push_back(node);
        open[depth++] = id;
        return true;
    }

    /// Closes every container that ends here. False on a malformed separator. At the end `depth` is 0.
    bool close_or_continue() {
        while (depth > 0) {
            skip_space();
            const Id id = open[depth - 1];
            const bool is_object = out.nodes_[id].kind == NodeKind::object;
            if (has(',')) {
                ++at;
                skip_space();
                return true;
            }
            if (!has(is_object ? '}' : ']')) return false;
            close(id);
            if (is_object && out.has_duplicate_names(id)) return false;
        }
        return true;
    }

    void close(Id id) {
        out.nodes_[id].end = static_cast<std::uint32_t>(++at);
        out.nodes_[id].next = static_cast<Id>(out.nodes_.size());
        --depth;
    }

    bool document() {
        skip_space();
        do {
            Node node;
            if (depth > 0 && out.nodes_[open[depth - 1]].kind == NodeKind::object && !name(node))
                return false;
            bool opened = false;
            if (!value(node, opened)) return false;
            if (opened) {
                skip_space();
                const Id id = open[depth - 1];
                if (!has(out.nodes_[id].kind == NodeKind::object ? '}' : ']')) continue;
                close(id);
            }
            if (!close_or_continue()) return false;
        } while (depth > 0);
        skip_space();
        return at == in.size();
    }
};

bool BodyJson::read(std::string_view document) {
    nodes_.clear();
    document_ = document;
    if (document.size() >= std::numeric_limits<std::uint32_t>::max()) return false;
    Reader reader{*this, document};
    if (reader.document()) return true;
    nodes_.clear();
    return false;
}

bool BodyJson::is_named(const Node& node, std::string_view name) const {
    const std::string_view raw = source(node.name_begin, node.name_end);
    return node.name_has_escapes ? unescape(raw).bytes == name : raw == name;
}

bool BodyJson::has_duplicate_names(Id object) const {
    constexpr std::size_t few = 12;  // below this, comparing pairs is faster than collecting and sorting
    const Id end = nodes_[object].next;
    std::size_t members = 0;
    bool escapes = false;
    for (Id id = object + 1; id < end; id = nodes_[id].next) {
        ++members;
        escapes = escapes || nodes_[id].name_has_escapes;
    }
    if (members <= few && !escapes) {
        for (Id a = object + 1; a < end; a = nodes_[a].next)
            for (Id b = nodes_[a].next; b < end; b = nodes_[b].next)
                if (source(nodes_[a].name_begin, nodes_[a].name_end) ==
                    source(nodes_[b].name_begin, nodes_[b].name_end))
                    return true;
        return false;
    }
    std::vector<std::string_view> names;
    std::forward_list<std::string> unescaped;  // what some of `names` point to
    names.reserve(members);
    for (Id id = object + 1; id < end; id = nodes_[id].next) {
        names.push_back(source(nodes_[id].name_begin, nodes_[id].name_end));
        if (!nodes_[id].name_has_escapes) continue;
        unescaped.push_front(unescape(names.back()).bytes);
        names.back() = unescaped.front();
    }
    // qsort and not std::sort: a fraction of the size, which counts in WebAssembly.
    std::qsort(names.data(), names.size(), sizeof(std::string_view), [](const void* a, const void* b) {
        return static_cast<const std::string_view*>(a)->compare(*static_cast<const std::string_view*>(b));
    });
    for (std::size_t i = 1; i < names.size(); ++i)
        if (names[i] == names[i - 1]) return true;
    return false;
}

namespace {

std::optional<std::size_t> array_index(std::string_view token) {
    if (token.empty() || token.size() > 9 || (token.size() > 1 && token[0] == '0')) return std::nullopt;
    std::size_t index = 0;
    for (const char c : token) {
        if (!is_digit(c)) return std::nullopt;
        index = index * 10 + static_cast<std::size_t>(c - '0');
    }
    return index;
}

}  // namespace

void BodyJson::walk(Id base, const std::vector<std::string>& path, std::size_t depth,
                    std::vector<Id>& found) const {
    if (depth == path.size()) {
        found.push_back(base);
        return;
    }
    const Node& node = nodes_[base];
    const std::string& token = path[depth];
    if (node.kind == NodeKind::object) {
        for (Id id = base + 1; id < node.next; id = nodes_[id].next)
            if (is_named(nodes_[id], token)) return walk(id, path, depth + 1, found);
    } else if (node.kind == NodeKind::array && token == "*") {
        for (Id id = base + 1; id < node.next; id = nodes_[id].next) walk(id, path, depth + 1, found);
    } else if (node.kind == NodeKind::array) {
        std::optional<std::size_t> left = array_index(token);
        for (Id id = base + 1; left && id < node.next; id = nodes_[id].next)
            if ((*left)-- == 0) return walk(id, path, depth + 1, found);
    }
}

void BodyJson::find(Id base, const std::vector<std::string>& path, std::vector<Id>& found) const {
    if (!nodes_.empty()) walk(base, path, 0, found);
}

std::optional<BodyJson::Id> BodyJson::find_one(Id base, const std::vector<std::string>& path) const {
    std::vector<Id> found;
    find(base, path, found);
    if (found.size() != 1) return std::nullopt;
    return found[0];
}

std::optional<std::string_view> BodyJson::text_of(Id id, std::string& storage) const {
    const Node& node = nodes_[id];
    const std::string_view raw = source(node.begin, node.end);
    if (node.kind == NodeKind::number || node.kind == NodeKind::boolean) return raw;
    if (node.kind != NodeKind::text) return std::nullopt;
    if (!node.has_escapes) return raw;
    Unescaped unescaped = unescape(raw);
    if (!unescaped.is_unicode) return std::nullopt;
    storage = std::move(unescaped.bytes);
    return std::string_view(storage);
}

}  // namespace tenon::webhook
