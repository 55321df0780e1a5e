#include <gtest/gtest.h>

#include "tenon/base/json.hpp"

namespace tenon::json {
namespace {

std::string name_of(int i) { return "name " + std::to_string(i); }

TEST(JsonObjectTest, finds_exact_names_only) {
    const Object object{{"a", 1}, {"__proto__", 2}, {"", 3}};
    EXPECT_EQ(*object.find("a"), Value(1));
    EXPECT_EQ(*object.find("__proto__"), Value(2));
    EXPECT_EQ(*object.find(""), Value(3));
    EXPECT_EQ(object.find("A"), nullptr);
    EXPECT_EQ(object.find("constructor"), nullptr);
    EXPECT_TRUE(object.contains("a"));
    EXPECT_EQ(object.find_member("__proto__"), object.begin() + 1);
    EXPECT_EQ(object.find_member("b"), nullptr);
    EXPECT_FALSE(object.contains("b"));
}

TEST(JsonObjectTest, grows_shrinks_and_replaces_at_every_size) {
    Object object;
    for (int i = 0; i < 3000; ++i) {
        object.set(name_of(i), i);
        if (i % 100 == 0 || i < 40) {
            for (int j = 0; j <= i; ++j) ASSERT_EQ(*object.find(name_of(j)), Value(j)) << i;
            ASSERT_EQ(object.find(name_of(i + 1)), nullptr);
        }
    }
    object.set(name_of(1234), "new");
    EXPECT_EQ(object.size(), 3000U);
    EXPECT_EQ(*object.find(name_of(1234)), Value("new"));
    const Object copy = object;
    for (int i = 0; i < 3000; i += 100) object.erase(name_of(i));
    object.erase("not there");
    EXPECT_EQ(object.size(), 2970U);
    for (int i = 0; i < 3000; ++i) ASSERT_EQ(object.contains(name_of(i)), i % 100 != 0);
    for (int i = 0; i < 3000; ++i) ASSERT_TRUE(copy.contains(name_of(i)));
    Object small;
    for (int i = 0; i < 18; ++i) small.append(name_of(i), i);
    while (!small.empty()) {
        const std::string first = small.begin()->name;
        EXPECT_TRUE(small.contains(first));
        small.erase(first);
        EXPECT_FALSE(small.contains(first));
    }
}

TEST(JsonObjectTest, finds_ten_thousand_members_fast_and_a_moved_object_keeps_its_index) {
    Object object;
    for (int i = 0; i < 10'000; ++i) object.append(name_of(i), i);
    const Object moved = std::move(object);
    for (int round = 0; round < 20; ++round)
        for (int i = 0; i < 10'000; ++i) ASSERT_NE(moved.find(name_of(i)), nullptr);
}

/// Names of eight bytes whose hash has the same low bits: the step function of the hash, turned round.
std::vector<std::string> colliding_names(std::size_t count) {
    std::vector<std::string> names;
    constexpr std::uint64_t factor = 0x9E3779B97F4A7C15ULL;
    const auto mix = [](std::uint64_t hash, std::uint64_t word) {
        hash = (hash ^ word) * factor;
        return hash ^ hash >> 32;
    };
    for (std::uint64_t seed = 0; names.size() < count; ++seed) {
        std::string name = "0000000";
        std::uint64_t rest = seed;
        for (char& c : name) {
            c = static_cast<char>('0' + rest % 64);
            rest /= 64;
        }
        std::uint64_t word = 0;
        for (const char c : name) word = word << 8 | static_cast<unsigned char>(c);
        if ((mix(name.size(), word) & 0x7FFU) == 0) names.push_back(name);
    }
    return names;
}

TEST(JsonObjectTest, chosen_collisions_change_neither_the_answers_nor_the_order_of_time) {
    const std::vector<std::string> names = colliding_names(500);
    std::string document = "{";
    for (const std::string& name : names) {
        write_text_to(document, name);
        document += ":1,";
    }
    const Result<Value> read_back = read(document + "\"x\":1}");
    ASSERT_TRUE(read_back);
    Object grown;
    for (const std::string& name : names) grown.set(name, 1);
    for (const std::string& name : names) {
        EXPECT_TRUE(read_back->as_object().contains(name));
        EXPECT_TRUE(grown.contains(name));
    }
    EXPECT_FALSE(read_back->as_object().contains("y"));
    EXPECT_FALSE(grown.contains("y"));
    write_text_to(document, names[0]);
    EXPECT_EQ(read(document + ":1}").error().code, Errc::duplicate_key);
}

TEST(JsonValueTest, compares_by_content) {
    EXPECT_EQ(*read(R"({"a":1.0,"b":[true,null]})"), *read(R"({"b":[true,null],"a":1})"));
    EXPECT_FALSE(*read(R"({"a":1})") == *read(R"({"a":1,"b":1})"));
    EXPECT_FALSE(*read(R"({"a":1})") == *read(R"({"b":1})"));
    EXPECT_FALSE(*read("[1,2]") == *read("[2,1]"));
    EXPECT_FALSE(Value(1) == Value(true));
    EXPECT_FALSE(Value("1") == Value(1));
    EXPECT_FALSE(Value() == Value(false));
}

TEST(JsonValueTest, looks_into_members_without_asking_for_the_kind_first) {
    const Value value = *read(R"({"t":"x","n":1})");
    EXPECT_EQ(value.text_at("t"), "x");
    EXPECT_EQ(value.text_at("n"), "");
    EXPECT_EQ(value.text_at("absent"), "");
    EXPECT_EQ(Value(1).find("t"), nullptr);
    EXPECT_EQ(Value(1).text_at("t"), "");
}

TEST(JsonValueDeathTest, asking_for_another_kind_ends_the_program) {
    EXPECT_DEATH((void)Value(1).as_text(), "");
}

TEST(JsonPointerTest, resolves_the_examples_of_rfc_6901) {
    const Value root = *read(
        R"({"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8})");
    EXPECT_EQ(*resolve(root, ""), root);
    EXPECT_EQ(write(*resolve(root, "/foo")), R"(["bar","baz"])");
    EXPECT_EQ(*resolve(root, "/foo/0"), Value("bar"));
    const char* pointers[] = {"/", "/a~1b", "/c%d", "/e^f", "/g|h", "/i\\j", "/k\"l", "/ ", "/m~0n"};
    for (int i = 0; i < 9; ++i) EXPECT_EQ(*resolve(root, pointers[i]), Value(i));
}

TEST(JsonPointerTest, finds_nothing_where_nothing_is) {
    const Value root = *read(R"({"a":[1,2],"t":"x","~1":5})");
    for (const char* pointer : {"/b", "/a/2", "/a/-", "/a/01", "/a/", "/a/1e0", "/a/+1", "/a/4294967296",
                                "/a/18446744073709551616", "/t/0", "/a/0/0", "//", "/~01/x"})
        EXPECT_EQ(resolve(root, pointer), nullptr) << pointer;
    EXPECT_EQ(*resolve(root, "/~01"), Value(5));
}

TEST(JsonPointerTest, knows_valid_pointers_and_their_tokens) {
    for (const char* good : {"", "/", "/a", "/~0~1", "//"}) EXPECT_TRUE(is_pointer(good)) << good;
    for (const char* bad : {"a", "~", "/~", "/~2", "/a~", "#/a"}) EXPECT_FALSE(is_pointer(bad)) << bad;
    EXPECT_EQ(pointer_tokens("/a~1b//~01/"), (std::vector<std::string>{"a/b", "", "~1", ""}));
    EXPECT_TRUE(pointer_tokens("").empty());
    EXPECT_EQ(escape_token("a/b~c"), "a~1b~0c");
}

}  // namespace
}  // namespace tenon::json
