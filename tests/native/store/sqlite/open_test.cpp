// Opening: who may, what is made, and what refuses to start.
#include <fcntl.h>
#include <sys/stat.h>

#include "backend.hpp"
#include "store/sqlite/connection.hpp"
#include "store/sqlite/data_folder.hpp"
#include "store/sqlite/migrate.hpp"

namespace tenon::store {
namespace {

using namespace contract;
using sqlite::Access;
using sqlite::Connection;
using sqlite::Migration;

unsigned mode_of(const std::filesystem::path& path) {
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777U : 0U;
}

class OpenTest : public testing::Test {
protected:
    Result<std::unique_ptr<Store>> open() { return open_sqlite(data, clock); }
    Connection connect() { return std::move(*Connection::open(data / "tenon.db", Access::write, 64)); }
    TemporaryFolder folder;
    std::filesystem::path data = folder.path() / "a" / "data";
    FixedClock clock;
    asio::io_context context;
};

TEST_F(OpenTest, makes_a_private_folder_with_private_files) {
    ::umask(0);
    auto store = open();
    ASSERT_TRUE(succeeded(store));
    ASSERT_TRUE(open_sqlite_keyring(data));
    ASSERT_TRUE(wait_for(context, (*store)->gate().create_organisation(organisation_row(), api_key_row())));
    EXPECT_EQ(mode_of(data), 0700U);
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(data)) {
        EXPECT_EQ(mode_of(entry.path()), 0600U) << entry.path();
        ++files;
    }
    EXPECT_GE(files, 4) << "database, log, keyring, lock";
}

TEST_F(OpenTest, takes_the_rights_of_others_away_from_an_existing_file) {
    std::filesystem::create_directories(data);
    {
        const auto file = std::filesystem::path(data / "tenon.db");
        ASSERT_GE(::open(file.c_str(), O_CREAT | O_WRONLY, 0644), 0);
    }
    ASSERT_TRUE(succeeded(open()));
    EXPECT_EQ(mode_of(data / "tenon.db"), 0600U);
}

TEST_F(OpenTest, takes_the_leases_of_the_process_before_it_back) {
    const auto claim = [&](Store& store, std::string owner) {
        return wait_for(context, store.gate().claim_jobs(std::move(owner), start, 1min, 5));
    };
    const auto row = job_row();
    {
        auto store = open();
        ASSERT_TRUE(succeeded(store));
        auto made =
            wait_for(context, (*store)->gate().create_organisation(organisation_row(), api_key_row()));
        ASSERT_TRUE(succeeded(made));
        auto insert = [row](Unit& unit) { return unit.jobs().insert(row); };
        ASSERT_TRUE(succeeded(wait_for(context, (*store)->write(*made, std::move(insert)))));
        ASSERT_EQ(claim(**store, "first")->size(), 1U);
        ASSERT_TRUE(claim(**store, "second")->empty());
    }
    auto store = open();
    ASSERT_TRUE(succeeded(store));
    const auto again = claim(**store, "second");
    ASSERT_EQ(again->size(), 1U);
    EXPECT_EQ(again->front().job.epoch, 2);
}

TEST_F(OpenTest, refuses_a_folder_that_another_server_uses) {
    {
        auto first = open();
        ASSERT_TRUE(succeeded(first));
        EXPECT_TRUE(failed_with(open(), Errc::unavailable));
    }
    EXPECT_TRUE(succeeded(open())) << "free again";
}

TEST_F(OpenTest, refuses_a_place_that_is_no_folder) {
    data = "/dev/null/data";
    EXPECT_TRUE(failed_with(open(), Errc::store_failed));
    EXPECT_FALSE(open_sqlite_keyring(data));
}

TEST_F(OpenTest, refuses_a_file_that_is_no_database) {
    std::filesystem::create_directories(data);
    std::FILE* file = std::fopen((data / "tenon.db").c_str(), "w");
    ASSERT_NE(file, nullptr);
    for (int i = 0; i < 1000; ++i) std::fputs("this is not a database. ", file);
    std::fclose(file);
    EXPECT_TRUE(failed_with(open(), Errc::store_failed));
}

TEST_F(OpenTest, a_closed_database_is_one_file_without_a_log) {
    auto store = open();
    ASSERT_TRUE(wait_for(context, (*store)->gate().create_organisation(organisation_row(), api_key_row())));
    EXPECT_GT(std::filesystem::file_size(data / "tenon.db-wal"), 0U);
    wait_for(context, (*store)->close());
    EXPECT_FALSE(std::filesystem::exists(data / "tenon.db-wal"));
}

TEST_F(OpenTest, the_log_does_not_grow_without_bound_under_steady_writes) {
    SqliteOptions options;
    options.checkpoint_pages = 16;
    auto store = open_sqlite(data, clock, options);
    ASSERT_TRUE(succeeded(store));
    const auto mine =
        *wait_for(context, (*store)->gate().create_organisation(organisation_row(), api_key_row()));
    for (int i = 0; i < 300; ++i)
        ASSERT_TRUE(succeeded(wait_for(
            context, (*store)->write(mine, [](Unit& unit) { return unit.forms().insert(form_row()); }))));
    EXPECT_LT(std::filesystem::file_size(data / "tenon.db-wal"), 300U * 4096)
        << "about 1,500 pages were written";
}

TEST_F(OpenTest, a_full_queue_is_busy_and_the_queued_closures_still_run) {
    SqliteOptions options;
    options.queue = 8;
    auto store = open_sqlite(data, clock, options);
    ASSERT_TRUE(succeeded(store));
    const auto mine =
        *wait_for(context, (*store)->gate().create_organisation(organisation_row(), api_key_row()));
    int stored = 0;
    int busy = 0;
    auto writing = [](Store& to, Organisation organisation, int& good,
                      int& refused) -> asio::awaitable<void> {
        auto done = co_await to.write(organisation, [](Unit& unit) {
            std::this_thread::sleep_for(5ms);
            return unit.forms().insert(form_row());
        });
        if (done) ++good;
        if (!done && done.error().code == Errc::store_busy) ++refused;
    };
    for (int i = 0; i < 40; ++i)
        asio::co_spawn(context, writing(**store, mine, stored, busy), [](const std::exception_ptr&) {});
    context.restart();
    context.run();
    EXPECT_EQ(stored + busy, 40);
    EXPECT_GT(busy, 0);
    EXPECT_GE(stored, 8);
    const auto forms =
        wait_for(context, (*store)->read(mine, [](Unit& unit) { return unit.forms().list({{}, 100}); }));
    EXPECT_EQ(forms->size(), static_cast<std::size_t>(stored));
}

class MigrateTest : public OpenTest {
protected:
    MigrateTest() {
        EXPECT_TRUE(sqlite::make_private_folder(data));
        EXPECT_TRUE(sqlite::make_private_file(data / "tenon.db"));
    }
    const Migration first{1, "0001_first", "11", "CREATE TABLE one (x INTEGER) STRICT;"};
    const Migration second{2, "0002_second", "22",
                           "CREATE TABLE two (x INTEGER) STRICT; INSERT INTO two VALUES (7);"};
};

TEST_F(MigrateTest, applies_what_is_missing_once_and_in_order) {
    auto connection = connect();
    ASSERT_TRUE(succeeded(sqlite::migrate(connection, {first}, start)));
    ASSERT_TRUE(succeeded(sqlite::migrate(connection, {first, second}, start)));
    ASSERT_TRUE(succeeded(sqlite::migrate(connection, {first, second}, start)));
    EXPECT_EQ(connection.ask("SELECT count(*) FROM two"), "1");
    EXPECT_EQ(
        connection.ask("SELECT group_concat(version || name || sha256 || applied_at) FROM schema_migrations"),
        "10001_first111700000000000,20002_second221700000000000");
}

TEST_F(MigrateTest, refuses_a_migration_that_was_changed_after_it_was_applied) {
    auto connection = connect();
    ASSERT_TRUE(succeeded(sqlite::migrate(connection, {first}, start)));
    auto changed = first;
    changed.sha256 = "99";
    EXPECT_TRUE(failed_with(sqlite::migrate(connection, {changed, second}, start), Errc::store_failed));
    EXPECT_EQ(connection.ask("SELECT count(*) FROM schema_migrations"), "1") << "nothing else was applied";
}

TEST_F(MigrateTest, refuses_a_database_of_a_newer_version) {
    auto connection = connect();
    ASSERT_TRUE(succeeded(sqlite::migrate(connection, {first, second}, start)));
    EXPECT_TRUE(failed_with(sqlite::migrate(connection, {first}, start), Errc::store_failed));
}

TEST_F(MigrateTest, a_failing_migration_leaves_nothing_of_itself) {
    auto connection = connect();
    const Migration broken{2, "0002_broken", "bb",
                           "CREATE TABLE half (x INTEGER); CREATE TABLE half (x INTEGER);"};
    EXPECT_TRUE(failed_with(sqlite::migrate(connection, {first, broken}, start), Errc::store_failed));
    EXPECT_EQ(connection.ask("SELECT group_concat(name) FROM sqlite_schema WHERE name IN ('one', 'half')"),
              "one");
    EXPECT_TRUE(succeeded(sqlite::migrate(connection, {first, second}, start)));
}

TEST_F(MigrateTest, the_store_refuses_a_newer_or_changed_database) {
    ASSERT_TRUE(succeeded(open()));
    auto connection = connect();
    ASSERT_TRUE(connection.execute("UPDATE schema_migrations SET sha256 = 'x'"));
    EXPECT_TRUE(failed_with(open(), Errc::store_failed));
}

TEST_F(MigrateTest, every_table_has_the_organisation_first_in_its_primary_key) {
    ASSERT_TRUE(succeeded(open()));
    auto connection = connect();
    EXPECT_EQ(connection.ask(
                  "SELECT group_concat(t.name) FROM pragma_table_list t JOIN pragma_table_info(t.name) c"
                  " WHERE t.schema = 'main' AND t.type = 'table' AND c.pk = 1"
                  " AND t.name NOT LIKE 'sqlite_%' AND t.name NOT IN ('organisations', 'schema_migrations')"
                  " AND c.name <> 'organisation_id'"),
              "");
    EXPECT_EQ(connection.ask("SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND strict = 0"
                             " AND name NOT LIKE 'sqlite_%'"),
              "0");
}

class KeyringTest : public OpenTest {};

TEST_F(KeyringTest, keeps_keys_and_the_check_value) {
    vault::WrappedKey key{
        {}, std::string("\0key id\xff", 8), "rootrkey", std::string("\1\0wrapped", 9), start};
    key.organisation.value.bytes.fill(7);
    {
        auto keyring = open_sqlite_keyring(data);
        ASSERT_TRUE(keyring);
        EXPECT_EQ((*keyring)->check_value(), "");
        EXPECT_TRUE((*keyring)->load()->empty());
        ASSERT_TRUE(succeeded((*keyring)->insert(key)));
        EXPECT_TRUE(failed_with((*keyring)->insert(key), Errc::already_exists));
        ASSERT_TRUE(succeeded((*keyring)->set_check_value("first")));
        ASSERT_TRUE(succeeded((*keyring)->set_check_value(std::string("\0check", 6))));
    }
    auto keyring = open_sqlite_keyring(data);
    EXPECT_EQ((*keyring)->check_value(), std::string("\0check", 6));
    const auto keys = (*keyring)->load();
    ASSERT_EQ(keys->size(), 1U);
    EXPECT_TRUE(same(keys->front(), key));
}

}  // namespace
}  // namespace tenon::store
