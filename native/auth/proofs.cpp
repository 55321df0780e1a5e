#include "auth/proofs.hpp"

#include "auth/authenticator.hpp"
#include "tenon/crypto/hash.hpp"

namespace tenon::auth {

std::optional<Principal> Proofs::find(ApiKeyId id, std::string_view sha256, UnixTime now) const {
    const std::lock_guard lock(mutex_);
    const auto found = proofs_.find(id);
    if (found == proofs_.end() || now >= found->second.until) return std::nullopt;
    if (!crypto::equal_constant_time(found->second.sha256, sha256)) return std::nullopt;
    return found->second.principal;
}

std::uint64_t Proofs::look_up() const {
    const std::lock_guard lock(mutex_);
    return forgotten_;
}

void Proofs::keep(std::uint64_t looked_up, std::string sha256, const Principal& principal, UnixTime until) {
    const std::lock_guard lock(mutex_);
    if (looked_up != forgotten_) return;  // a revocation came between: what was read may be old
    if (proofs_.size() >= proofs_kept) proofs_.clear();
    proofs_.insert_or_assign(principal.api_key_id, Proof{std::move(sha256), principal, until});
}

void Proofs::forget(ApiKeyId id) {
    const std::lock_guard lock(mutex_);
    ++forgotten_;
    proofs_.erase(id);
}

bool Proofs::is_due(ApiKeyId id, std::string_view what, UnixTime now) {
    const std::lock_guard lock(mutex_);
    if (done_at_.size() >= proofs_kept) done_at_.clear();
    auto [place, is_new] = done_at_.try_emplace({id, std::string(what)}, now);
    if (!is_new && now - place->second < std::chrono::minutes(1) && now >= place->second) return false;
    place->second = now;
    return true;
}

}  // namespace tenon::auth
