// The crypto port on BearSSL, for both WebAssembly builds: constant time, no memory of its own, and what is
// not called is not linked.
#include "tenon/crypto/hash.hpp"

#include <bearssl_hash.h>
#include <bearssl_hmac.h>

#include <array>

#include "tenon/base/secret.hpp"

namespace tenon::crypto {
namespace {

const br_hash_class* class_of(Hash hash) {
    switch (hash) {
        case Hash::sha1:
            return &br_sha1_vtable;
        case Hash::sha256:
            return &br_sha256_vtable;
        case Hash::sha384:
            return &br_sha384_vtable;
        case Hash::sha512:
            return &br_sha512_vtable;
    }
    __builtin_trap();
}

}  // namespace

std::string digest(Hash hash, std::string_view bytes) {
    const br_hash_class* algorithm = class_of(hash);
    br_hash_compat_context context;
    algorithm->init(&context.vtable);
    algorithm->update(&context.vtable, bytes.data(), bytes.size());
    std::string out(size_of(hash), '\0');
    algorithm->out(&context.vtable, out.data());
    return out;
}

struct Hmac::State {
    br_hmac_key_context key;
    br_hmac_context running;
    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { wipe(&key, sizeof key); }
};

Hmac::Hmac(Hash hash, std::string_view key) : state_(std::make_unique<State>()) {
    br_hmac_key_init(&state_->key, class_of(hash), key.data(), key.size());
    begin();
}
Hmac::Hmac(Hmac&&) noexcept = default;
Hmac& Hmac::operator=(Hmac&&) noexcept = default;
Hmac::~Hmac() = default;

void Hmac::begin() { br_hmac_init(&state_->running, &state_->key, 0); }

void Hmac::update(std::string_view bytes) { br_hmac_update(&state_->running, bytes.data(), bytes.size()); }

std::string Hmac::finish() {
    std::array<char, 64> out{};
    const std::size_t size = br_hmac_out(&state_->running, out.data());
    return std::string(out.data(), size);
}

}  // namespace tenon::crypto
