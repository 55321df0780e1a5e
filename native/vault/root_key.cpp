#include "tenon/base/bytes.hpp"
#include "vault/aead.hpp"
#include "vault/vault.hpp"

namespace tenon::vault {

Result<Secret> parse_root_key(std::string_view text) {
    if (text.ends_with('\n')) text.remove_suffix(1);
    if (text.size() != 2 * key_bytes) return fail(Errc::root_key_malformed);
    auto key = bytes::from_hex(text, bytes::HexCase::any);
    if (!key) return fail(Errc::root_key_malformed);
    return Secret(std::move(*key));
}

std::string generate_root_key(Random& random) {
    auto key = random.bytes(key_bytes);
    auto text = bytes::to_hex(key);
    wipe(key);
    return text;
}

}  // namespace tenon::vault
