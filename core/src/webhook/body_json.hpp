#pragma once
// A strict, read-only view of a JSON body: RFC 8259 without BOM, no duplicate member names anywhere, at most
// 64 levels. Apart from base/json because a signed body is checked against other rules: numbers keep their
// source text, U+0000 and lone surrogates are legal JSON, and nothing is copied. One pass, one flat table of
// nodes, whose memory is reused from delivery to delivery.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tenon::webhook {

enum class NodeKind : std::uint8_t { null, boolean, number, text, array, object };

/// One value. Positions are offsets into the document; `next` is the node behind this one and all below it.
struct Node {
    std::uint32_t begin = 0;  // a text without its quotes
    std::uint32_t end = 0;
    std::uint32_t next = 0;
    std::uint32_t name_begin = 0;
    std::uint32_t name_end = 0;
    NodeKind kind = NodeKind::null;
    bool has_escapes = false;
    bool name_has_escapes = false;
};

class BodyJson {
public:
    using Id = std::uint32_t;
    static constexpr Id root = 0;

    /// False if `document` is not JSON by these rules. `document` must outlive the use of this object.
    [[nodiscard]] bool read(std::string_view document);

    [[nodiscard]] NodeKind kind(Id node) const { return nodes_[node].kind; }
    /// Every node that `path` leads to from `base`, in document order; more than one only with `*`.
    void find(Id base, const std::vector<std::string>& path, std::vector<Id>& found) const;
    /// The one node; nothing if there are none or several.
    [[nodiscard]] std::optional<Id> find_one(Id base, const std::vector<std::string>& path) const;
    /// Text of a text, source text of a number, `true` or `false`; nothing for null and containers and for a
    /// text that is not Unicode (lone surrogate). `storage` holds the text when it had to be unescaped.
    [[nodiscard]] std::optional<std::string_view> text_of(Id node, std::string& storage) const;

private:
    struct Reader;
    void walk(Id base, const std::vector<std::string>& path, std::size_t depth, std::vector<Id>& found) const;
    [[nodiscard]] bool is_named(const Node& node, std::string_view name) const;
    [[nodiscard]] bool has_duplicate_names(Id object) const;
    [[nodiscard]] std::string_view source(std::uint32_t begin, std::uint32_t end) const {
        return document_.substr(begin, end - begin);
    }

    std::string_view document_;
    std::vector<Node> nodes_;
};

}  // namespace tenon::webhook
