#pragma once
// Everything that only schemes with public keys need, and two rare things of operators' own keys: RSA-OAEP
// and text that is not ASCII. Defined once per program: public_keys.cpp with what it calls, or in the
// smallest module no_public_keys.cpp, where such schemes are not_supported when they are compiled.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan.hpp"
#include "request.hpp"
#include "tenon/base/time.hpp"
#include "tenon/crypto/public_key.hpp"

namespace tenon::webhook {

[[nodiscard]] bool has_public_keys();

/// A key from its decoded text, of a type that is not `secret`.
[[nodiscard]] std::optional<crypto::PublicKey> read_public_key(KeyType type, std::string_view text);
/// The JWK, or of a JWK set the one with this `kid`. Errors: key_unknown (a set without it),
/// secret_malformed.
[[nodiscard]] Result<crypto::PublicKey> read_jwk(const json::Value& given, std::string_view kid);
/// r and s of a DER signature; other algorithms' bytes as they are. Nothing for a shape that no signature
/// has.
[[nodiscard]] std::optional<std::string> public_signature(Algorithm algorithm, const std::string& bytes);
[[nodiscard]] bool is_signed(const crypto::PublicKey& key, const Method& method, std::string_view message,
                             std::string_view signature);
/// By the name of an algorithm in a token (RFC 7518 3.1, RFC 8037 3.1).
[[nodiscard]] bool is_token_signed(const crypto::PublicKey& key, std::string_view algorithm,
                                   std::string_view message, std::string_view signature);

/// The certificate of a pinned root in PEM as DER.
[[nodiscard]] std::optional<std::string> read_root(std::string_view pem);
/// The key of a chain under `root`.
[[nodiscard]] std::optional<crypto::PublicKey> key_of_chain(const std::vector<std::string>& chain,
                                                            std::string_view root, const JwtRule& rule,
                                                            UnixTime now);

/// Canonicalisers of schemes with public keys: aws_sns, php_form, rfc9421.
[[nodiscard]] std::optional<std::string> public_canonical(Request& request, const Part& part);
/// RFC 9421: `text` is a dictionary of one signature, whose inputs become fields of the request. Nothing if
/// it is malformed.
[[nodiscard]] std::optional<std::string> read_labelled_signature(Request& request, const Part& inputs,
                                                                 std::string_view text);
/// RFC 9530: every digest in the dictionary that is known has to be the body's, and one has to be known.
[[nodiscard]] bool is_content_digest(std::string_view dictionary, std::string_view body);

/// A secret in compatibility decomposition (NFKD); nothing unless that is printable ASCII.
[[nodiscard]] std::optional<std::string> ascii_decomposition(std::string_view text);

/// An operator's private key, behind a name that the smallest module need not know.
struct PrivateKey {
    virtual ~PrivateKey() = default;
    [[nodiscard]] virtual std::optional<std::string> unwrap(std::string_view wrapped) const = 0;
};
/// Null if the text is no usable key.
[[nodiscard]] std::unique_ptr<PrivateKey> read_private_key(std::string_view pem);

}  // namespace tenon::webhook
