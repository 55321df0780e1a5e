#pragma once
// The only code that sees plaintext credentials and payloads. Three key levels: the root key (from the
// operator) wraps one key per organisation; that key seals values with AES-256-GCM. The place of a value is
// authenticated, so a row copied elsewhere does not open. Wrapped organisation keys live apart from the data
// (keyring).

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "store/organisation.hpp"
#include "store/rows.hpp"
#include "tenon/base/result.hpp"
#include "tenon/base/secret.hpp"

namespace tenon::vault {

namespace asio = boost::asio;

/// Where a value stands; the additional authenticated data is `organisation|table|row|field`.
struct Place {
    std::string_view table;
    std::string row;  ///< Id text.
    std::string_view field;
};

/// A wrapped organisation key as stored.
struct WrappedKey {
    OrganisationId organisation;
    std::string id;           ///< 8 bytes, random.
    std::string root_key_id;  ///< First 8 bytes of SHA-256 over a label and the root key.
    std::string wrapped;      ///< Envelope under the root key.
    UnixTime created_at{};
};

/// Where wrapped keys and the root key's check value are kept. Synchronous: read at start and when an
/// organisation is created, never on a request's path. Implemented by store/sqlite (keyring.db).
class KeyStore {
public:
    virtual ~KeyStore() = default;
    [[nodiscard]] virtual Result<std::vector<WrappedKey>> load() = 0;
    [[nodiscard]] virtual Result<void> insert(const WrappedKey& key) = 0;
    /// The check value written at the first start; empty = none yet.
    [[nodiscard]] virtual Result<std::string> check_value() = 0;
    [[nodiscard]] virtual Result<void> set_check_value(std::string_view envelope) = 0;
};

/// Reads 64 hexadecimal characters (a trailing newline is allowed). Error: root_key_malformed.
[[nodiscard]] Result<Secret> parse_root_key(std::string_view text);
/// A new root key in that form.
[[nodiscard]] std::string generate_root_key(Random& random);

/// Threads: any; seal and open take no lock but a shared one. Cost: one AES-GCM pass.
class Vault {
public:
    /// Loads and unwraps every organisation key. Errors: root_key_wrong (the check value does not open),
    /// store_failed.
    [[nodiscard]] static Result<std::unique_ptr<Vault>> open(KeyStore& keys, Secret root_key, Clock& clock,
                                                             Random& random);
    ~Vault();

    /// Makes the organisation's key if there is none. Blocking write: for the creation of an organisation
    /// only.
    [[nodiscard]] Result<void> ensure_key(OrganisationId organisation);

    /// Envelope layout: version(1)=1, root key id(8), organisation key id(8), nonce(12), ciphertext, tag(16).
    /// Error: decrypt_failed when the organisation has no key.
    [[nodiscard]] Result<store::Sealed> seal(const store::Organisation& organisation, const Place& place,
                                             std::string_view plaintext);
    /// Errors: decrypt_failed (tampered, moved, truncated, unknown version or key).
    [[nodiscard]] Result<Secret> open(const store::Organisation& organisation, const Place& place,
                                      const store::Sealed& sealed);
    /// Keyed hash of `value` under the organisation's key, for equality without plaintext. 32 bytes.
    [[nodiscard]] Result<std::string> keyed_hash(const store::Organisation& organisation,
                                                 std::string_view label, std::string_view value);

    struct State;

private:
    explicit Vault(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace tenon::vault
