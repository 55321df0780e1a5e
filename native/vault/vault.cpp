#include "vault/vault.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <utility>

#include "tenon/base/bytes.hpp"
#include "vault/aead.hpp"
#include "vault/envelope.hpp"

namespace tenon::vault {
namespace {

constexpr char separator = '|';
constexpr std::string_view root_key_label = "tenon root key id|";
constexpr std::string_view check_text = "tenon root key check";
constexpr std::string_view check_place = "|root|check|value";  // no organisation's: an id is never empty

struct OrganisationKey {
    std::string id, root_key_id;
    Secret key;
};

/// Nothing if a part contains the separator, with which two places could have one text.
std::optional<std::string> text_of(OrganisationId organisation, const Place& place) {
    std::string text = organisation.text();
    for (const std::string_view part : {place.table, std::string_view(place.row), place.field}) {
        if (part.find(separator) != part.npos) return std::nullopt;
        text += separator;
        text += part;
    }
    return text;
}

}  // namespace

/// Invariants: (1) an organisation that is in `keys` has at least one key, the oldest first; (2) keys are
/// added, never changed or removed, so a pointer to one stays valid.
struct Vault::State {
    State(KeyStore& kept, Secret root, Clock& time, Random& source)
        : store(kept), root_key(std::move(root)), clock(time), random(source) {}

    KeyStore& store;
    Secret root_key;
    std::string root_key_id;
    Clock& clock;
    Random& random;
    Aead aead;
    std::mutex making;  // one new key at a time; held while it is written
    std::shared_mutex mutex;
    std::map<OrganisationId, std::vector<std::unique_ptr<OrganisationKey>>> keys;

    [[nodiscard]] Result<std::string> seal_under(const Secret& key, std::string_view key_id,
                                                 std::string_view associated, std::string_view plaintext);
    [[nodiscard]] Result<void> check_root_key();
    [[nodiscard]] Result<void> add(const WrappedKey& wrapped);
    [[nodiscard]] const OrganisationKey* find(OrganisationId organisation, std::string_view key_id = {});
};

Result<std::string> Vault::State::seal_under(const Secret& key, std::string_view key_id,
                                             std::string_view associated, std::string_view plaintext) {
    // Random nonces: safe for 2^32 values under one key (NIST SP 800-38D 8.3).
    const auto nonce = random.bytes(nonce_bytes);
    auto envelope = head_of(root_key_id, key_id, nonce, plaintext.size());
    if (!aead.seal(key.expose(), nonce, associated, plaintext, envelope)) return fail(Errc::crypto_failed);
    return envelope;
}

Result<void> Vault::State::check_root_key() {
    const std::string no_key(key_id_bytes, '\0');
    TENON_TRY(const auto stored, store.check_value());
    if (stored.empty()) {
        TENON_TRY(const auto made, seal_under(root_key, no_key, check_place, check_text));
        return store.set_check_value(made);
    }
    const auto envelope = split(stored);
    if (!envelope || envelope->root_key_id != root_key_id || envelope->organisation_key_id != no_key)
        return fail(Errc::root_key_wrong);
    const auto opened = aead.open(root_key.expose(), envelope->nonce, check_place, envelope->sealed);
    if (!opened || *opened != check_text) return fail(Errc::root_key_wrong);
    return {};
}

Result<void> Vault::State::add(const WrappedKey& wrapped) {
    const auto envelope = split(wrapped.wrapped);
    const auto place = text_of(wrapped.organisation, {"keys", bytes::to_hex(wrapped.id), "key"});
    if (!envelope || !place || envelope->root_key_id != root_key_id ||
        envelope->organisation_key_id != wrapped.id)
        return fail(Errc::root_key_wrong);
    auto opened = aead.open(root_key.expose(), envelope->nonce, *place, envelope->sealed);
    if (!opened || opened->size() != key_bytes) return fail(Errc::root_key_wrong);
    auto key = std::make_unique<OrganisationKey>();
    key->id = wrapped.id;
    key->root_key_id = root_key_id;
    key->key = Secret(std::move(*opened));
    const std::unique_lock lock(mutex);
    keys[wrapped.organisation].push_back(std::move(key));
    return {};
}

/// The key with this id; without an id the newest. Null pointer if there is none.
const OrganisationKey* Vault::State::find(OrganisationId organisation, std::string_view key_id) {
    const std::shared_lock lock(mutex);
    const auto found = keys.find(organisation);
    if (found == keys.end()) return nullptr;
    if (key_id.empty()) return found->second.back().get();
    for (const auto& key : found->second)
        if (key->id == key_id) return key.get();
    return nullptr;
}

Vault::Vault(std::unique_ptr<State> state) : state_(std::move(state)) {}
Vault::~Vault() = default;

Result<std::unique_ptr<Vault>> Vault::open(KeyStore& keys, Secret root_key, Clock& clock, Random& random) {
    if (root_key.expose().size() != key_bytes) return fail(Errc::root_key_malformed);
    auto state = std::make_unique<State>(keys, std::move(root_key), clock, random);
    std::string labelled(root_key_label);
    labelled += state->root_key.expose();
    state->root_key_id = sha256(labelled).substr(0, key_id_bytes);
    wipe(labelled);
    if (state->root_key_id.size() != key_id_bytes) return fail(Errc::crypto_failed);
    TENON_CHECK(state->check_root_key());
    TENON_TRY(auto wrapped, keys.load());
    std::stable_sort(wrapped.begin(), wrapped.end(),
                     [](const WrappedKey& a, const WrappedKey& b) { return a.created_at < b.created_at; });
    for (const auto& key : wrapped) TENON_CHECK(state->add(key));
    return std::unique_ptr<Vault>(new Vault(std::move(state)));
}

Result<void> Vault::ensure_key(OrganisationId organisation) {
    const std::lock_guard lock(state_->making);
    if (state_->find(organisation) != nullptr) return {};
    const Secret key(state_->random.bytes(key_bytes));
    WrappedKey wrapped{
        organisation, state_->random.bytes(key_id_bytes), state_->root_key_id, {}, state_->clock.now()};
    const auto place = text_of(organisation, {"keys", bytes::to_hex(wrapped.id), "key"});
    TENON_TRY(wrapped.wrapped, state_->seal_under(state_->root_key, wrapped.id, *place, key.expose()));
    TENON_CHECK(state_->store.insert(wrapped));
    return state_->add(wrapped);
}

Result<store::Sealed> Vault::seal(const store::Organisation& organisation, const Place& place,
                                  std::string_view plaintext) {
    const auto associated = text_of(organisation.id(), place);
    if (!associated) return fail(Errc::internal, {}, "a place contains the separator");
    const auto* key = state_->find(organisation.id());
    if (key == nullptr) return fail(Errc::decrypt_failed, {}, "the organisation has no key");
    TENON_TRY(auto envelope, state_->seal_under(key->key, key->id, *associated, plaintext));
    return store::Sealed{std::move(envelope)};
}

Result<Secret> Vault::open(const store::Organisation& organisation, const Place& place,
                           const store::Sealed& sealed) {
    const auto associated = text_of(organisation.id(), place);
    const auto envelope = split(sealed.bytes);
    if (!associated || !envelope) return fail(Errc::decrypt_failed);
    const auto* key = state_->find(organisation.id(), envelope->organisation_key_id);
    if (key == nullptr || envelope->root_key_id != key->root_key_id) return fail(Errc::decrypt_failed);
    auto opened = state_->aead.open(key->key.expose(), envelope->nonce, *associated, envelope->sealed);
    if (!opened) return fail(Errc::decrypt_failed);
    return Secret(std::move(*opened));
}

Result<std::string> Vault::keyed_hash(const store::Organisation& organisation, std::string_view label,
                                      std::string_view value) {
    // Always the oldest key: equal values must stay equal when the organisation gets a new one.
    const OrganisationKey* key = nullptr;
    {
        const std::shared_lock lock(state_->mutex);
        if (auto found = state_->keys.find(organisation.id()); found != state_->keys.end())
            key = found->second.front().get();
    }
    if (key == nullptr) return fail(Errc::decrypt_failed, {}, "the organisation has no key");
    std::string purpose = "tenon keyed hash|";
    purpose += label;
    const Secret derived(
        hmac_sha256(key->key.expose(), purpose));  // so the sealing key hashes nothing itself
    auto digest = hmac_sha256(derived.expose(), value);
    if (derived.empty() || digest.empty()) return fail(Errc::crypto_failed);
    return digest;
}

}  // namespace tenon::vault
