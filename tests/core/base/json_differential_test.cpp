// nlohmann/json as oracle: random documents and random damage to them must be judged and read alike.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>

#include "exact_copy.hpp"
#include "tenon/base/json.hpp"

namespace tenon::json {
namespace {

using tenon::testing::ExactCopy;
using Oracle = nlohmann::json;

class Generator {
public:
    explicit Generator(std::uint32_t seed) : random_(seed) {}

    std::size_t below(std::size_t limit) { return random_() % limit; }

    std::string text() {
        static const char* const pieces[] = {"a",       "B",    "\\n",  "\\u00e9", "é",   "\\ud83d\\ude00",
                                             "😀",      " ",    "\\\"", "\\\\",    "\\/", "0123456789",
                                             "\\u001f", "\x7F", "€"};
        std::string out = "\"";
        for (std::size_t i = below(6); i > 0; --i) out += pieces[below(std::size(pieces))];
        return out + "\"";
    }

    std::string number() {
        static const char* const pieces[] = {"0",    "-1",  "12.5", "1e3", "-0.001", "1234567890123",
                                             "2E-3", "0.1", "1e20"};
        return pieces[below(std::size(pieces))];
    }

    std::string value(int depth) {
        switch (below(depth > 4 ? 5 : 8)) {
            case 0:
                return "null";
            case 1:
                return "true";
            case 2:
                return "false";
            case 3:
                return number();
            case 4:
                return text();
            case 5:
                return list(depth, '[', ']');
            default:
                return list(depth, '{', '}');
        }
    }

    std::string damaged(std::string document) {
        for (std::size_t i = 1 + below(2); i > 0 && !document.empty(); --i) {
            const std::size_t at = below(document.size());
            switch (below(3)) {
                case 0:
                    document.erase(at, 1);
                    break;
                case 1:
                    document[at] = static_cast<char>(random_());
                    break;
                default:
                    document.insert(at, 1, "\"{}[]:,\\u0eE+-. \n"[below(17)]);
                    break;
            }
        }
        return document;
    }

private:
    std::string list(int depth, char open, char close) {
        std::string out(1, open);
        const std::size_t count = below(5);
        for (std::size_t i = 0; i < count; ++i) {
            if (i > 0) out += below(2) != 0 ? "," : " ,\n";
            if (open == '{')
                out += "\"" + std::to_string(i) + text().substr(1) + (below(2) != 0 ? ":" : " : ");
            out += value(depth + 1);
        }
        return out + close;
    }

    std::mt19937 random_;
};

/// nlohmann does not look for equal names, for U+0000 or for a byte order mark; what only we refuse is not
/// compared.
bool is_ours_alone(Errc code) {
    return code == Errc::duplicate_key || code == Errc::invalid_unicode ||
           code == Errc::number_out_of_range || code == Errc::too_deep;
}

TEST(JsonDifferentialTest, random_documents_read_and_write_alike) {
    Generator generate(1);
    for (int i = 0; i < 20'000; ++i) {
        const ExactCopy document(generate.value(0));
        const Oracle expected = Oracle::parse(document.view(), nullptr, false);
        const Result<Value> value = read(document.view());
        ASSERT_TRUE(value) << document.view();
        EXPECT_EQ(Oracle::parse(write(*value)), expected) << document.view();
    }
}

TEST(JsonDifferentialTest, damaged_documents_are_judged_alike) {
    Generator generate(2);
    int refused = 0;
    for (int i = 0; i < 60'000; ++i) {
        const ExactCopy document(generate.damaged(generate.value(0)));
        const Result<Value> value = read(document.view());
        if (!value && is_ours_alone(value.error().code)) continue;
        if (document.view().substr(0, 3) == "\xEF\xBB\xBF") continue;
        if (document.view().find('\0') != std::string_view::npos) continue;  // the end to nlohmann
        const bool accepted = Oracle::accept(document.view());
        EXPECT_EQ(value.has_value(), accepted) << document.view();
        refused += accepted ? 0 : 1;
    }
    EXPECT_GT(refused, 10'000);
}

}  // namespace
}  // namespace tenon::json
