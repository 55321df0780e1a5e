// Public-key operations on OpenSSL 3. Keys are made for each call: that costs a few per cent of a
// verification, and nothing has to be kept in step with what core knows of a key.
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <memory>
#include <vector>

#include "tenon/crypto/backend.hpp"

namespace tenon::crypto::backend {
namespace {

struct Free {
    void operator()(BIGNUM* number) const { BN_clear_free(number); }
    void operator()(OSSL_PARAM_BLD* builder) const { OSSL_PARAM_BLD_free(builder); }
    void operator()(OSSL_PARAM* parameters) const { OSSL_PARAM_free(parameters); }
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(ECDSA_SIG* signature) const { ECDSA_SIG_free(signature); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

/// Key material on its way to OpenSSL; numbers live as long as this.
class Material {
public:
    Material() : builder_(OSSL_PARAM_BLD_new()) {}

    Material& number(const char* name, std::string_view big_endian) {
        Owned<BIGNUM> number(BN_bin2bn(bytes(big_endian), static_cast<int>(big_endian.size()), nullptr));
        is_good_ = is_good_ && number && OSSL_PARAM_BLD_push_BN(builder_.get(), name, number.get()) == 1;
        numbers_.push_back(std::move(number));
        return *this;
    }
    Material& text(const char* name, const char* value) {
        is_good_ = is_good_ && OSSL_PARAM_BLD_push_utf8_string(builder_.get(), name, value, 0) == 1;
        return *this;
    }
    Material& octets(const char* name, std::string_view value) {
        is_good_ = is_good_ &&
                   OSSL_PARAM_BLD_push_octet_string(builder_.get(), name, value.data(), value.size()) == 1;
        return *this;
    }
    /// Null if OpenSSL does not take it.
    Owned<EVP_PKEY> key(const char* type, int selection) {
        Owned<OSSL_PARAM> parameters(is_good_ ? OSSL_PARAM_BLD_to_param(builder_.get()) : nullptr);
        Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
        EVP_PKEY* key = nullptr;
        if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
            EVP_PKEY_fromdata(context.get(), &key, selection, parameters.get()) != 1)
            ERR_clear_error();
        return Owned<EVP_PKEY>(key);
    }

private:
    Owned<OSSL_PARAM_BLD> builder_;
    std::vector<Owned<BIGNUM>> numbers_;
    bool is_good_ = true;
};

Owned<EVP_PKEY> rsa_key(const PublicKey& key) {
    return Material()
        .number(OSSL_PKEY_PARAM_RSA_N, key.number)
        .number(OSSL_PKEY_PARAM_RSA_E, key.exponent)
        .key("RSA", EVP_PKEY_PUBLIC_KEY);
}

Owned<EVP_PKEY> curve_key(const PublicKey& key) {
    const std::string point = '\4' + key.number;
    return Material()
        .text(OSSL_PKEY_PARAM_GROUP_NAME, key.kind == KeyKind::p384 ? "P-384" : "P-256")
        .octets(OSSL_PKEY_PARAM_PUB_KEY, point)
        .key("EC", EVP_PKEY_PUBLIC_KEY);
}

/// OpenSSL takes ECDSA signatures in DER only.
std::string der_of(std::string_view signature) {
    const std::size_t half = signature.size() / 2;
    const auto number = [](std::string_view text) {
        return BN_bin2bn(bytes(text), static_cast<int>(text.size()), nullptr);
    };
    Owned<ECDSA_SIG> pair(ECDSA_SIG_new());
    if (!pair ||
        ECDSA_SIG_set0(pair.get(), number(signature.substr(0, half)), number(signature.substr(half))) != 1)
        return {};
    unsigned char* encoded = nullptr;
    const int size = i2d_ECDSA_SIG(pair.get(), &encoded);
    std::string out;
    if (size > 0) out.assign(reinterpret_cast<const char*>(encoded), static_cast<std::size_t>(size));
    OPENSSL_free(encoded);
    return out;
}

/// What OpenSSL says besides yes stays out of its error queue: the next caller would find it there.
bool answer(int openssl_answer) {
    if (openssl_answer == 1) return true;
    ERR_clear_error();
    return false;
}

}  // namespace

std::optional<std::string> rsa_public(const PublicKey& key, std::string_view block) {
    const auto public_key = rsa_key(key);
    Owned<EVP_PKEY_CTX> context(public_key ? EVP_PKEY_CTX_new(public_key.get(), nullptr) : nullptr);
    std::string result(key.number.size(), '\0');
    std::size_t size = result.size();
    if (!context || !answer(EVP_PKEY_encrypt_init(context.get())) ||
        !answer(EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_NO_PADDING)) ||
        !answer(EVP_PKEY_encrypt(context.get(), reinterpret_cast<unsigned char*>(result.data()), &size,
                                 bytes(block), block.size())) ||
        size != result.size())
        return std::nullopt;
    return result;
}

bool is_on_curve(const PublicKey& key) { return curve_key(key) != nullptr; }

bool ecdsa_matches(const PublicKey& key, std::string_view digest, std::string_view signature) {
    const auto public_key = curve_key(key);
    Owned<EVP_PKEY_CTX> context(public_key ? EVP_PKEY_CTX_new(public_key.get(), nullptr) : nullptr);
    const std::string der = der_of(signature);
    return context && answer(EVP_PKEY_verify_init(context.get())) &&
           answer(EVP_PKEY_verify(context.get(), bytes(der), der.size(), bytes(digest), digest.size()));
}

bool ed25519_matches(std::string_view key, std::string_view message, std::string_view signature) {
    Owned<EVP_PKEY> public_key(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes(key), key.size()));
    Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    return public_key && context &&
           answer(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, public_key.get())) &&
           answer(EVP_DigestVerify(context.get(), bytes(signature), signature.size(), bytes(message),
                                   message.size()));
}

std::optional<std::string> rsa_oaep_sha1(const RsaPrivateKey& key, std::string_view wrapped) {
    const auto private_key = Material()
                                 .number(OSSL_PKEY_PARAM_RSA_N, key.open.number)
                                 .number(OSSL_PKEY_PARAM_RSA_E, key.open.exponent)
                                 .number(OSSL_PKEY_PARAM_RSA_D, key.exponent.expose())
                                 .number(OSSL_PKEY_PARAM_RSA_FACTOR1, key.prime1.expose())
                                 .number(OSSL_PKEY_PARAM_RSA_FACTOR2, key.prime2.expose())
                                 .number(OSSL_PKEY_PARAM_RSA_EXPONENT1, key.exponent1.expose())
                                 .number(OSSL_PKEY_PARAM_RSA_EXPONENT2, key.exponent2.expose())
                                 .number(OSSL_PKEY_PARAM_RSA_COEFFICIENT1, key.coefficient.expose())
                                 .key("RSA", EVP_PKEY_KEYPAIR);
    Owned<EVP_PKEY_CTX> context(private_key ? EVP_PKEY_CTX_new(private_key.get(), nullptr) : nullptr);
    std::string out(key.open.number.size(), '\0');
    std::size_t size = out.size();
    if (!context || !answer(EVP_PKEY_decrypt_init(context.get())) ||
        !answer(EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_OAEP_PADDING)) ||
        !answer(EVP_PKEY_decrypt(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size,
                                 bytes(wrapped), wrapped.size()))) {
        wipe(out);
        return std::nullopt;
    }
    out.resize(size);
    return out;
}

}  // namespace tenon::crypto::backend
