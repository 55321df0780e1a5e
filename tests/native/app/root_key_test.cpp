#include "app/root_key.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace tenon::app {
namespace {

namespace fs = std::filesystem;

struct RootKeys : testing::Test {
    RootKeys() { flags.data = (folder / "data").string(); }
    ~RootKeys() override { fs::remove_all(folder); }

    std::string write(const std::string& name, const std::string& content, mode_t mode = 0600) {
        fs::create_directories(folder);
        const std::string path = (folder / name).string();
        std::ofstream(path) << content;
        ::chmod(path.c_str(), mode);
        return path;
    }
    Errc error() { return read_root_key(flags, *random).error().code; }

    std::unique_ptr<Random> random = make_system_random();
    fs::path folder = fs::temp_directory_path() / ("tenon-key-" + std::to_string(::getpid()));
    const std::string text = std::string(64, 'a');
    ServeFlags flags;
};

TEST_F(RootKeys, an_empty_folder_gets_a_private_file_once) {
    const auto made = read_root_key(flags, *random).value();
    EXPECT_EQ(made.made_at, flags.data + "/root.key");
    EXPECT_EQ(fs::status(made.made_at).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(fs::status(flags.data).permissions(), fs::perms::owner_all);
    const auto again = read_root_key(flags, *random).value();
    EXPECT_EQ(again.key.expose(), made.key.expose());
    EXPECT_TRUE(again.made_at.empty());
}

TEST_F(RootKeys, a_folder_with_data_but_no_key_is_not_given_a_new_one) {
    fs::create_directories(flags.data);
    std::ofstream(flags.data + "/tenon.db") << "x";
    EXPECT_EQ(error(), Errc::unavailable);
    EXPECT_FALSE(fs::exists(flags.data + "/root.key"));
}

TEST_F(RootKeys, a_file_must_be_private) {
    flags.root_key_file = write("key", text);
    EXPECT_TRUE(read_root_key(flags, *random));
    for (const mode_t mode : {0644U, 0640U, 0604U, 0700U, 0400U}) {
        ::chmod(flags.root_key_file.c_str(), mode);
        EXPECT_EQ(error(), Errc::unavailable) << mode;
    }
}

TEST_F(RootKeys, what_is_no_key_is_refused) {
    for (const std::string& wrong : {std::string(), text.substr(1), text + "a", std::string(64, 'g')}) {
        flags.root_key_file = write("key", wrong);
        EXPECT_EQ(error(), Errc::root_key_malformed) << wrong.size();
    }
    flags.root_key_file = (folder / "none").string();
    EXPECT_EQ(error(), Errc::unavailable);
}

TEST_F(RootKeys, variables_and_commands_are_sources_too) {
    flags.root_key_env = "TENON_TEST_ROOT_KEY";
    ::unsetenv("TENON_TEST_ROOT_KEY");
    EXPECT_EQ(error(), Errc::unavailable);
    ::setenv("TENON_TEST_ROOT_KEY", text.c_str(), 1);
    EXPECT_TRUE(read_root_key(flags, *random));
    flags.root_key_env.clear();
    flags.root_key_command = "printf " + text;
    EXPECT_TRUE(read_root_key(flags, *random));
    flags.root_key_command = "printf " + text + "; false";
    EXPECT_EQ(error(), Errc::unavailable);
}

}  // namespace
}  // namespace tenon::app
