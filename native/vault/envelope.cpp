#include "vault/envelope.hpp"

namespace tenon::vault {

std::optional<Envelope> split(std::string_view bytes) {
    if (bytes.size() < envelope_bytes || bytes.front() != envelope_version) return std::nullopt;
    return Envelope{bytes.substr(1, key_id_bytes), bytes.substr(1 + key_id_bytes, key_id_bytes),
                    bytes.substr(1 + 2 * key_id_bytes, nonce_bytes), bytes.substr(envelope_head_bytes)};
}

std::string head_of(std::string_view root_key_id, std::string_view organisation_key_id,
                    std::string_view nonce, std::size_t plaintext_bytes) {
    std::string head;
    head.reserve(envelope_bytes + plaintext_bytes);
    head += envelope_version;
    head += root_key_id;
    head += organisation_key_id;
    head += nonce;
    return head;
}

}  // namespace tenon::vault
