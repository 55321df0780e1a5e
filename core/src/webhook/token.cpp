#include "token.hpp"

#include "tenon/base/bytes.hpp"

namespace tenon::webhook {
namespace {

/// Cuts `text` at the first dot and decodes the head; false for an empty or malformed one.
bool take_segment(std::string_view& text, std::string& decoded) {
    const std::size_t dot = text.find('.');
    const std::string_view segment = text.substr(0, dot);
    auto bytes = bytes::from_base64url(segment);
    text = dot == std::string_view::npos ? std::string_view() : text.substr(dot + 1);
    if (segment.empty() || !bytes) return false;
    decoded = std::move(*bytes);
    return true;
}

bool read_object(BodyJson& document, std::string_view text) {
    return document.read(text) && document.kind(BodyJson::root) == NodeKind::object;
}

}  // namespace

bool Token::read(std::string_view text) {
    const std::size_t last_dot = text.rfind('.');
    if (last_dot == std::string_view::npos) return false;
    signed_part_ = text.substr(0, last_dot);
    if (!take_segment(text, header_text_) || !take_segment(text, claims_text_) ||
        text.find('.') != std::string_view::npos || !take_segment(text, signature_))
        return false;
    if (!read_object(header_, header_text_) || !read_object(claims_, claims_text_)) return false;
    for (const char* name : {"crit", "b64"})
        if (header_.find_one(BodyJson::root, {name})) return false;
    const auto algorithm = header_.find_one(BodyJson::root, {"alg"});
    if (!algorithm || header_.kind(*algorithm) != NodeKind::text) return false;
    std::string storage;
    const auto name = header_.text_of(*algorithm, storage);
    if (!name) return false;
    algorithm_ = *name;
    return true;
}

std::optional<std::vector<std::string>> Token::certificates() const {
    constexpr std::size_t most = 8;
    std::vector<BodyJson::Id> nodes;
    header_.find(BodyJson::root, {"x5c", "*"}, nodes);
    if (nodes.size() > most) return std::nullopt;
    std::vector<std::string> certificates;
    for (const BodyJson::Id node : nodes) {
        std::string storage;
        const auto text = header_.text_of(node, storage);
        auto der = text ? bytes::from_base64(*text) : std::nullopt;
        if (header_.kind(node) != NodeKind::text || !der) return std::nullopt;
        certificates.push_back(std::move(*der));
    }
    return certificates;
}

}  // namespace tenon::webhook
