#include "vault/aead.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <climits>

#include "tenon/base/secret.hpp"

namespace tenon::vault {
namespace {

struct FreeCipher {
    void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
};
struct FreeContext {
    void operator()(EVP_CIPHER_CTX* context) const {
        EVP_CIPHER_CTX_free(context);
    }  // wipes the key schedule
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
bool fits(std::string_view text) { return text.size() <= INT_MAX; }

}  // namespace

// The contexts that nobody uses keep a key schedule, as the vault keeps the keys themselves.
struct Aead::Parts {
    std::unique_ptr<EVP_CIPHER, FreeCipher> cipher{EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr)};
    std::mutex mutex;
    std::vector<Context> idle;

    Context take() {
        const std::lock_guard lock(mutex);
        if (idle.empty()) return Context(EVP_CIPHER_CTX_new());
        auto context = std::move(idle.back());
        idle.pop_back();
        return context;
    }
    void give_back(Context context) {
        const std::lock_guard lock(mutex);
        idle.push_back(std::move(context));
    }
};

Aead::Aead() : parts_(std::make_unique<Parts>()) {}
Aead::~Aead() = default;

bool Aead::seal(std::string_view key, std::string_view nonce, std::string_view associated,
                std::string_view plaintext, std::string& out) const {
    if (key.size() != key_bytes || nonce.size() != nonce_bytes || !fits(associated) || !fits(plaintext))
        return false;
    auto context = parts_->take();
    const std::size_t start = out.size();
    out.resize(start + plaintext.size() + tag_bytes);
    auto* to = bytes_of(out) + start;
    int written = 0;
    const bool sealed =
        context && parts_->cipher &&
        EVP_EncryptInit_ex2(context.get(), parts_->cipher.get(), bytes_of(key), bytes_of(nonce), nullptr) ==
            1 &&
        EVP_EncryptUpdate(context.get(), nullptr, &written, bytes_of(associated),
                          static_cast<int>(associated.size())) == 1 &&
        EVP_EncryptUpdate(context.get(), to, &written, bytes_of(plaintext),
                          static_cast<int>(plaintext.size())) == 1 &&
        EVP_EncryptFinal_ex(context.get(), to + plaintext.size(), &written) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, tag_bytes, to + plaintext.size()) == 1;
    if (!sealed) {
        out.resize(start);
        return false;
    }
    parts_->give_back(std::move(context));
    return true;
}

std::optional<std::string> Aead::open(std::string_view key, std::string_view nonce,
                                      std::string_view associated, std::string_view sealed) const {
    if (key.size() != key_bytes || nonce.size() != nonce_bytes || sealed.size() < tag_bytes ||
        !fits(associated) || !fits(sealed))
        return std::nullopt;
    const std::size_t size = sealed.size() - tag_bytes;
    std::string tag(sealed.substr(size));
    std::string plaintext;
    plaintext.reserve(size < 32 ? 32 : size);  // on the heap, so that moving it leaves no copy behind
    plaintext.resize(size);
    auto context = parts_->take();
    int written = 0;
    const bool opened =
        context && parts_->cipher &&
        EVP_DecryptInit_ex2(context.get(), parts_->cipher.get(), bytes_of(key), bytes_of(nonce), nullptr) ==
            1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, tag_bytes, tag.data()) == 1 &&
        EVP_DecryptUpdate(context.get(), nullptr, &written, bytes_of(associated),
                          static_cast<int>(associated.size())) == 1 &&
        EVP_DecryptUpdate(context.get(), bytes_of(plaintext), &written, bytes_of(sealed),
                          static_cast<int>(size)) == 1 &&
        EVP_DecryptFinal_ex(context.get(), bytes_of(plaintext) + size, &written) == 1;
    if (!opened) {  // what was decrypted before the tag was checked is nobody's to see
        wipe(plaintext);
        return std::nullopt;
    }
    parts_->give_back(std::move(context));
    return plaintext;
}

std::string hmac_sha256(std::string_view key, std::string_view message) {
    std::string digest(32, '\0');
    unsigned int size = 0;
    if (!fits(key) || HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(message),
                           message.size(), bytes_of(digest), &size) == nullptr)
        return {};
    return digest;
}

std::string sha256(std::string_view message) {
    std::string digest(32, '\0');
    if (EVP_Digest(message.data(), message.size(), bytes_of(digest), nullptr, EVP_sha256(), nullptr) != 1)
        return {};
    return digest;
}

}  // namespace tenon::vault
