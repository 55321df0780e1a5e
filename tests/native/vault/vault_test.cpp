#include "vault/vault.hpp"

#include <set>
#include <thread>

#include "fixture.hpp"
#include "vault/envelope.hpp"

namespace tenon::vault {
namespace {

TEST_F(VaultTest, what_was_sealed_opens_where_it_stands) {
    for (const auto& text :
         {std::string(), std::string("x"), std::string("\0\xff nul", 6), std::string(100'000, 'p')}) {
        const auto sealed = vault->seal(mine, place, text);
        ASSERT_TRUE(sealed);
        EXPECT_EQ(sealed->bytes.size(), text.size() + envelope_bytes);
        const auto opened = vault->open(mine, place, *sealed);
        ASSERT_TRUE(opened);
        EXPECT_EQ(opened->expose(), text);
    }
}

TEST_F(VaultTest, the_envelope_has_the_documented_layout) {
    const auto sealed = seal("secret").bytes;
    EXPECT_EQ(sealed.size(), 1U + 8 + 8 + 12 + 6 + 16);
    EXPECT_EQ(sealed[0], 1);
    EXPECT_EQ(sealed.substr(1, 8), keys.keys[0].root_key_id);
    EXPECT_EQ(sealed.substr(9, 8), keys.keys[0].id);
    EXPECT_EQ(sealed.find("secret"), std::string::npos);
}

TEST_F(VaultTest, one_flipped_bit_anywhere_is_refused) {
    const auto sealed = seal("forty-two");
    for (std::size_t i = 0; i < sealed.bytes.size(); ++i)
        for (int bit = 0; bit < 8; ++bit) {
            auto tampered = sealed;
            tampered.bytes[i] = static_cast<char>(tampered.bytes[i] ^ (1 << bit));
            EXPECT_TRUE(refused(vault->open(mine, place, tampered), Errc::decrypt_failed)) << i << " " << bit;
        }
    EXPECT_TRUE(vault->open(mine, place, sealed));
}

TEST_F(VaultTest, every_truncation_and_extension_is_refused) {
    const auto sealed = seal("forty-two");
    for (std::size_t size = 0; size < sealed.bytes.size(); ++size)
        EXPECT_TRUE(refused(vault->open(mine, place, {sealed.bytes.substr(0, size)}), Errc::decrypt_failed))
            << size;
    EXPECT_TRUE(refused(vault->open(mine, place, {sealed.bytes + '\0'}), Errc::decrypt_failed));
}

TEST_F(VaultTest, a_value_moved_elsewhere_is_refused) {
    const auto sealed = seal("credential");
    for (const Place& elsewhere :
         {Place{"connections", "other", "credential"}, Place{"connections", "row", "other"},
          Place{"other", "row", "credential"}, Place{"connectionsrow", "", "credential"},
          Place{"", "connections", "credential"}})
        EXPECT_TRUE(refused(vault->open(mine, elsewhere, sealed), Errc::decrypt_failed));
    EXPECT_TRUE(refused(vault->open(theirs, place, sealed), Errc::decrypt_failed));
}

TEST_F(VaultTest, a_part_of_a_place_can_not_contain_the_separator) {
    for (const Place& wrong :
         {Place{"a|b", "row", "field"}, Place{"a", "b|row", "field"}, Place{"a", "row", "|"}}) {
        EXPECT_TRUE(refused(vault->seal(mine, wrong, "x"), Errc::internal));
        EXPECT_TRUE(refused(vault->open(mine, wrong, seal("x")), Errc::decrypt_failed));
    }
}

TEST_F(VaultTest, every_seal_uses_a_new_nonce) {
    std::set<std::string> nonces, envelopes;
    for (int i = 0; i < 200; ++i) {
        const auto sealed = seal("same");
        nonces.insert(std::string(split(sealed.bytes)->nonce));
        envelopes.insert(sealed.bytes);
    }
    EXPECT_EQ(nonces.size(), 200U);
    EXPECT_EQ(envelopes.size(), 200U);
}

TEST_F(VaultTest, an_organisation_without_key_can_seal_and_open_nothing) {
    const auto stranger = store::OrganisationMint::make(organisation_id(9));
    EXPECT_TRUE(refused(vault->seal(stranger, place, "x"), Errc::decrypt_failed));
    EXPECT_TRUE(refused(vault->open(stranger, place, seal("x")), Errc::decrypt_failed));
    EXPECT_TRUE(refused(vault->keyed_hash(stranger, "subject", "x"), Errc::decrypt_failed));
}

TEST_F(VaultTest, keys_are_made_once_and_survive_a_restart) {
    const auto sealed = seal("kept");
    EXPECT_TRUE(vault->ensure_key(mine.id()));
    EXPECT_EQ(keys.keys.size(), 2U);
    auto again = open_vault(root);
    const auto opened = again->open(mine, place, sealed);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->expose(), "kept");
}

TEST_F(VaultTest, the_wrapped_key_is_not_the_key_and_is_bound_to_its_organisation) {
    ASSERT_EQ(keys.keys[0].wrapped.size(), envelope_bytes + key_bytes);
    std::swap(keys.keys[0].organisation, keys.keys[1].organisation);
    EXPECT_TRUE(
        refused(Vault::open(keys, std::move(*parse_root_key(root)), clock, *random), Errc::root_key_wrong));
}

TEST_F(VaultTest, another_root_key_is_refused_at_start) {
    const auto other = std::string(64, 'b');
    EXPECT_TRUE(
        refused(Vault::open(keys, std::move(*parse_root_key(other)), clock, *random), Errc::root_key_wrong));
    for (std::size_t i = 0; i < keys.check.size(); ++i) {
        MemoryKeys damaged = keys;
        damaged.check[i] = static_cast<char>(damaged.check[i] ^ 1);
        EXPECT_TRUE(refused(Vault::open(damaged, std::move(*parse_root_key(root)), clock, *random),
                            Errc::root_key_wrong))
            << i;
    }
}

TEST_F(VaultTest, a_failing_key_store_is_reported) {
    keys.broken = true;
    EXPECT_TRUE(
        refused(Vault::open(keys, std::move(*parse_root_key(root)), clock, *random), Errc::store_failed));
    EXPECT_TRUE(refused(vault->ensure_key(organisation_id(7)), Errc::store_failed));
    const auto stranger = store::OrganisationMint::make(organisation_id(7));
    EXPECT_TRUE(refused(vault->seal(stranger, place, "x"), Errc::decrypt_failed))
        << "no key that is not stored";
}

TEST_F(VaultTest, a_keyed_hash_tells_equality_within_one_organisation_and_label) {
    const auto hash = vault->keyed_hash(mine, "subject", "a@example.org");
    ASSERT_TRUE(hash);
    EXPECT_EQ(hash->size(), 32U);
    EXPECT_EQ(vault->keyed_hash(mine, "subject", "a@example.org"), hash);
    EXPECT_NE(vault->keyed_hash(mine, "subject", "b@example.org"), hash);
    EXPECT_NE(vault->keyed_hash(mine, "other", "a@example.org"), hash);
    EXPECT_NE(vault->keyed_hash(theirs, "subject", "a@example.org"), hash);
    EXPECT_EQ(open_vault(root)->keyed_hash(mine, "subject", "a@example.org"), hash);
}

TEST_F(VaultTest, threads_seal_open_and_make_keys_together) {
    std::vector<std::thread> threads;
    std::atomic<int> good{0};
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            const auto own =
                store::OrganisationMint::make(organisation_id(static_cast<std::uint8_t>(20 + t % 2)));
            for (int i = 0; i < 100; ++i) {
                if (!vault->ensure_key(own.id())) continue;
                const auto sealed = vault->seal(own, place, "text");
                if (!sealed) continue;
                const auto opened = vault->open(own, place, *sealed);
                if (opened && opened->expose() == "text") ++good;
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(good, 400);
    EXPECT_EQ(keys.keys.size(), 4U);
}

TEST(RootKeyTest, is_sixty_four_hexadecimal_characters) {
    const auto key = parse_root_key(std::string(62, '0') + "fF");
    ASSERT_TRUE(key);
    EXPECT_EQ(key->expose(), std::string(31, '\0') + '\xff');
    EXPECT_TRUE(parse_root_key(std::string(64, '0') + "\n"));
    for (const auto& wrong :
         {std::string(), std::string("zz"), std::string(63, '0'), std::string(65, '0'),
          std::string(63, '0') + 'g', std::string(64, '0') + "\n\n", std::string(63, '0') + "\n",
          " " + std::string(63, '0'), std::string(64, '0') + "\r\n", std::string(64, '0') + " "})
        EXPECT_TRUE(refused(parse_root_key(wrong), Errc::root_key_malformed)) << wrong;
}

TEST(RootKeyTest, a_generated_one_can_be_read_and_is_never_the_same) {
    const auto random = make_system_random();
    const auto first = generate_root_key(*random);
    EXPECT_TRUE(parse_root_key(first));
    EXPECT_NE(generate_root_key(*random), first);
}

TEST(RootKeyTest, of_another_size_opens_no_vault) {
    MemoryKeys keys;
    FixedClock clock;
    const auto random = make_system_random();
    EXPECT_TRUE(
        refused(Vault::open(keys, Secret(std::string(31, 'k')), clock, *random), Errc::root_key_malformed));
    EXPECT_TRUE(refused(Vault::open(keys, Secret(), clock, *random), Errc::root_key_malformed));
}

}  // namespace
}  // namespace tenon::vault
