#include "ingest/dedupe.hpp"

namespace tenon::ingest {

DedupeKeys dedupe_keys(const DedupeRule& rule, const webhook::Verdict& verdict, std::string_view body_sha256,
                       bool body_is_empty) {
    const auto key = [](std::string_view kind, std::string_view id, std::string_view digest) {
        std::string made(kind);
        made += id;
        made += '\n';  // ids of header values hold no line feed, and a signed id has no digest behind it
        return made += digest;
    };
    if (rule.by == DedupeBy::none) return {};
    if (rule.by == DedupeBy::event_id && !verdict.id.empty()) {
        if (verdict.id_is_signed) return {key("id:", verdict.id, ""), {}};
        return {key("id:", verdict.id, body_sha256),
                body_is_empty ? std::string() : key("body:", "", body_sha256)};
    }
    if (body_is_empty) return {};
    return {key("body:", "", body_sha256), {}};
}

}  // namespace tenon::ingest
