#include "auth/proofs.hpp"

#include <gtest/gtest.h>

#include "auth/authenticator.hpp"
#include "store/organisation_mint.hpp"

namespace tenon::auth {
namespace {

UnixTime at(std::int64_t seconds) { return UnixTime(std::chrono::seconds(seconds)); }

Principal principal(std::uint8_t number) {
    Uuid id;
    id.bytes[15] = number;
    return Principal{
        store::OrganisationMint::make(OrganisationId{id}), ApiKeyId{id}, {}, Means::api_key, {"*"}, {}};
}

TEST(Proofs, a_proof_is_believed_until_its_time) {
    Proofs proofs;
    const Principal one = principal(1);
    proofs.keep(proofs.look_up(), "hash", one, at(30));
    EXPECT_TRUE(proofs.find(one.api_key_id, "hash", at(29)));
    EXPECT_FALSE(proofs.find(one.api_key_id, "hash", at(30)));
    EXPECT_FALSE(proofs.find(one.api_key_id, "other", at(29)));
    EXPECT_FALSE(proofs.find(principal(2).api_key_id, "hash", at(29)));
}

TEST(Proofs, a_forgotten_key_is_not_believed) {
    Proofs proofs;
    const Principal one = principal(1);
    proofs.keep(proofs.look_up(), "hash", one, at(30));
    proofs.forget(one.api_key_id);
    EXPECT_FALSE(proofs.find(one.api_key_id, "hash", at(1)));
}

TEST(Proofs, a_look_up_that_began_before_a_revocation_is_not_kept) {
    Proofs proofs;
    const Principal one = principal(1);
    const auto looked_up = proofs.look_up();
    proofs.forget(one.api_key_id);
    proofs.keep(looked_up, "hash", one, at(30));
    EXPECT_FALSE(proofs.find(one.api_key_id, "hash", at(1)));
}

TEST(Proofs, the_number_kept_is_bounded) {
    Proofs proofs;
    Principal each = principal(0);
    for (std::size_t i = 0; i <= proofs_kept; ++i) {
        each.api_key_id.value.bytes[0] = static_cast<std::uint8_t>(i);
        each.api_key_id.value.bytes[1] = static_cast<std::uint8_t>(i >> 8);
        proofs.keep(proofs.look_up(), "hash", each, at(30));
    }
    EXPECT_TRUE(proofs.find(each.api_key_id, "hash", at(1)));
    each.api_key_id.value.bytes[0] = each.api_key_id.value.bytes[1] = 0;
    EXPECT_FALSE(proofs.find(each.api_key_id, "hash", at(1)));
}

TEST(Proofs, something_is_due_once_a_minute) {
    Proofs proofs;
    const ApiKeyId id = principal(1).api_key_id;
    EXPECT_TRUE(proofs.is_due(id, "touch", at(0)));
    EXPECT_FALSE(proofs.is_due(id, "touch", at(59)));
    EXPECT_TRUE(proofs.is_due(id, "other", at(59)));
    EXPECT_TRUE(proofs.is_due(id, "touch", at(60)));
}

}  // namespace
}  // namespace tenon::auth
