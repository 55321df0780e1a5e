// The smallest module: schemes that need any of this are refused when they are compiled, so nothing here
// decides about a delivery.
#include "public_keys.hpp"

namespace tenon::webhook {

bool has_public_keys() { return false; }

std::optional<crypto::PublicKey> read_public_key(KeyType, std::string_view) { return std::nullopt; }
Result<crypto::PublicKey> read_jwk(const json::Value&, std::string_view) {
    return fail(Errc::secret_malformed);
}
std::optional<std::string> public_signature(Algorithm, const std::string&) { return std::nullopt; }
bool is_signed(const crypto::PublicKey&, const Method&, std::string_view, std::string_view) { return false; }
bool is_token_signed(const crypto::PublicKey&, std::string_view, std::string_view, std::string_view) {
    return false;
}

std::optional<std::string> read_root(std::string_view) { return std::nullopt; }
std::optional<crypto::PublicKey> key_of_chain(const std::vector<std::string>&, std::string_view,
                                              const JwtRule&, UnixTime) {
    return std::nullopt;
}

std::optional<std::string> public_canonical(Request&, const Part&) { return std::nullopt; }
std::optional<std::string> read_labelled_signature(Request&, const Part&, std::string_view) {
    return std::nullopt;
}
bool is_content_digest(std::string_view, std::string_view) { return false; }

std::optional<std::string> ascii_decomposition(std::string_view) { return std::nullopt; }
std::unique_ptr<PrivateKey> read_private_key(std::string_view) { return nullptr; }

}  // namespace tenon::webhook
