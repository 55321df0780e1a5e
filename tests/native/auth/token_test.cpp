#include "auth/token.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace tenon::auth {
namespace {

struct Token : testing::Test {
    std::unique_ptr<Random> random = make_system_random();
    ApiKeyId id{new_uuid(UnixTime(std::chrono::milliseconds(1'700'000'000'000)), *random)};
    FreshSecret secret = make_secret(*random);
};

TEST_F(Token, a_key_is_read_back_as_its_id_and_hash) {
    const std::string text = api_key_text(id, secret.text);
    EXPECT_EQ(text.size(), 4 + 32 + 1 + 43U);
    const auto read = read_api_key(text);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->id, id);
    EXPECT_EQ(read->sha256, secret.sha256);
    EXPECT_EQ(read->sha256.size(), 32U);
}

TEST_F(Token, the_stored_hash_is_not_the_secret) {
    EXPECT_EQ(secret.text.find(secret.sha256), std::string::npos);
}

TEST_F(Token, two_secrets_differ) { EXPECT_NE(make_secret(*random).text, secret.text); }

TEST_F(Token, every_other_spelling_is_refused) {
    const std::string good = api_key_text(id, secret.text);
    EXPECT_FALSE(read_api_key(""));
    EXPECT_FALSE(read_api_key("tnk_"));
    EXPECT_FALSE(read_api_key(good.substr(0, good.size() - 1)));
    EXPECT_FALSE(read_api_key(good + "A"));
    EXPECT_FALSE(read_api_key(good + "\n"));
    EXPECT_FALSE(read_api_key("TNK_" + good.substr(4)));
    std::string upper = good;
    upper[4] = 'A';
    upper[5] = 'F';
    EXPECT_FALSE(read_api_key(upper));
    std::string joined = good;
    joined[36] = '-';
    EXPECT_FALSE(read_api_key(joined));
    std::string outside = good;
    outside[40] = '+';
    EXPECT_FALSE(read_api_key(outside));
}

TEST_F(Token, spare_bits_must_be_zero) {
    std::string text = secret.text;
    // 43 characters hold 258 bits: of the last one only the upper four count.
    text.back() = 'B';
    EXPECT_FALSE(hash_secret(text));
}

TEST_F(Token, a_session_is_no_key) {
    const std::string text = session_text(SessionId{id.value}, secret.text);
    EXPECT_TRUE(read_session(text));
    EXPECT_FALSE(read_api_key(text));
    EXPECT_FALSE(read_session("tnk_" + text));
}

}  // namespace
}  // namespace tenon::auth
