#include "uri.hpp"

#include <gtest/gtest.h>

namespace tenon::form {
namespace {

std::string resolved(std::string_view base, std::string_view reference) {
    const Uri uri = resolve_uri(split_uri(base), split_uri(reference));
    return uri.without_fragment() + (uri.fragment ? "#" + *uri.fragment : "");
}

TEST(UriTest, resolves_the_examples_of_rfc_3986) {
    const char* rows[][2] = {{"g:h", "g:h"},
                             {"g", "http://a/b/c/g"},
                             {"./g", "http://a/b/c/g"},
                             {"g/", "http://a/b/c/g/"},
                             {"/g", "http://a/g"},
                             {"//g", "http://g"},
                             {"?y", "http://a/b/c/d;p?y"},
                             {"g?y", "http://a/b/c/g?y"},
                             {"#s", "http://a/b/c/d;p?q#s"},
                             {"g#s", "http://a/b/c/g#s"},
                             {";x", "http://a/b/c/;x"},
                             {"", "http://a/b/c/d;p?q"},
                             {".", "http://a/b/c/"},
                             {"./", "http://a/b/c/"},
                             {"..", "http://a/b/"},
                             {"../g", "http://a/b/g"},
                             {"../..", "http://a/"},
                             {"../../g", "http://a/g"},
                             {"../../../g", "http://a/g"},
                             {"/./g", "http://a/g"},
                             {"/../g", "http://a/g"},
                             {"g.", "http://a/b/c/g."},
                             {"..g", "http://a/b/c/..g"},
                             {"./../g", "http://a/b/g"},
                             {"g/./h", "http://a/b/c/g/h"},
                             {"g/../h", "http://a/b/c/h"},
                             {"g?y/../x", "http://a/b/c/g?y/../x"}};
    for (const auto& row : rows) EXPECT_EQ(resolved("http://a/b/c/d;p?q", row[0]), row[1]) << row[0];
}

TEST(UriTest, resolves_without_a_base_and_against_names) {
    EXPECT_EQ(resolved("", "a/b#c"), "a/b#c");
    EXPECT_EQ(resolved("", "#c"), "#c");
    EXPECT_EQ(resolved("urn:x:y", "#c"), "urn:x:y#c");
    EXPECT_EQ(resolved("http://a", "b"), "http://a/b");
}

TEST(UriTest, decodes_escapes) {
    EXPECT_EQ(percent_decode("a%25b%2Fc"), "a%b/c");
    EXPECT_EQ(percent_decode("%C3%A9"), "é");
    for (const char* bad : {"%", "%4", "%zz", "%ff", "a%"})
        EXPECT_EQ(percent_decode(bad), std::nullopt) << bad;
}

}  // namespace
}  // namespace tenon::form
