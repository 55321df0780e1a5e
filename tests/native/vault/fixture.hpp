#pragma once
// A key store in memory, and randomness that can be counted.

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "store/organisation_mint.hpp"
#include "vault/vault.hpp"

namespace tenon::vault {

class MemoryKeys final : public KeyStore {
public:
    Result<std::vector<WrappedKey>> load() override {
        if (broken) return fail(Errc::store_failed);
        return keys;
    }
    Result<void> insert(const WrappedKey& key) override {
        if (broken) return fail(Errc::store_failed);
        keys.push_back(key);
        return {};
    }
    Result<std::string> check_value() override {
        if (broken) return fail(Errc::store_failed);
        return check;
    }
    Result<void> set_check_value(std::string_view envelope) override {
        check = envelope;
        return {};
    }

    std::vector<WrappedKey> keys;
    std::string check;
    bool broken = false;
};

class FixedClock final : public Clock {
public:
    [[nodiscard]] UnixTime now() const override { return UnixTime(std::chrono::seconds(1'700'000'000)); }
};

inline OrganisationId organisation_id(std::uint8_t number) {
    OrganisationId id;
    id.value.bytes.fill(number);
    return id;
}

class VaultTest : public testing::Test {
protected:
    VaultTest() { EXPECT_TRUE(vault->ensure_key(mine.id()) && vault->ensure_key(theirs.id())); }

    std::unique_ptr<Vault> open_vault(const std::string& hex) {
        auto opened = Vault::open(keys, std::move(*parse_root_key(hex)), clock, *random);
        EXPECT_TRUE(opened) << (opened ? "" : id_of(opened.error().code));
        return opened ? std::move(*opened) : nullptr;
    }
    store::Sealed seal(std::string_view text) { return *vault->seal(mine, place, text); }

    const std::string root = std::string(62, 'a') + "0F";
    MemoryKeys keys;
    FixedClock clock;
    std::unique_ptr<Random> random = make_system_random();
    std::unique_ptr<Vault> vault = open_vault(root);
    store::Organisation mine = store::OrganisationMint::make(organisation_id(1));
    store::Organisation theirs = store::OrganisationMint::make(organisation_id(2));
    Place place{"connections", "row", "credential"};
};

template <typename T>
testing::AssertionResult refused(const Result<T>& result, Errc code) {
    if (result) return testing::AssertionFailure() << "it succeeded";
    if (result.error().code == code) return testing::AssertionSuccess();
    return testing::AssertionFailure() << id_of(result.error().code) << " " << result.error().detail;
}

}  // namespace tenon::vault
