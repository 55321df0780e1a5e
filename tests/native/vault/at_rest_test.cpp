// The vault and the store together: what lies on the disk shows nothing of what was sealed.
#include <filesystem>
#include <fstream>
#include <iterator>

#include "../store/sqlite/backend.hpp"
#include "fixture.hpp"

namespace tenon::vault {
namespace {

constexpr std::string_view canary = "CANARY-6f1d2c-PLAINTEXT";

std::string bytes_below(const std::filesystem::path& folder) {
    std::string all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        std::ifstream file(entry.path(), std::ios::binary);
        all.append(std::istreambuf_iterator<char>(file), {});
    }
    return all;
}

TEST(AtRestTest, sealed_rows_leave_no_plaintext_in_any_file_and_clear_ones_would_be_seen) {
    using namespace store;
    using namespace store::contract;
    const TemporaryFolder folder;
    store::FixedClock clock;
    const auto random = make_system_random();
    auto keyring = open_sqlite_keyring(folder.path());
    auto opened = open_sqlite(folder.path(), clock);
    ASSERT_TRUE(keyring && opened);
    auto& kept = **opened;
    auto vault =
        Vault::open(**keyring, std::move(*parse_root_key(generate_root_key(*random))), clock, *random);
    ASSERT_TRUE(vault);
    asio::io_context context;
    const auto mine = *wait_for(context, kept.gate().create_organisation(organisation_row(), api_key_row()));
    ASSERT_TRUE((*vault)->ensure_key(mine.id()));

    auto form = form_row();
    auto submission = submission_row(form.id);
    auto endpoint = endpoint_row();
    auto event = event_row(endpoint.id);
    auto connection = connection_row();
    const auto seal = [&](std::string_view table, const std::string& row, std::string_view field) {
        return *(*vault)->seal(mine, {table, row, field}, canary);
    };
    submission.payload = seal("submissions", submission.id.text(), "payload");
    endpoint.secrets = seal("endpoints", endpoint.id.text(), "secrets");
    event.body = seal("events", event.id.text(), "body");
    connection.credential = seal("connections", connection.id.text(), "credential");
    const auto put = [&](auto work) { return wait_for(context, kept.write(mine, work)); };
    ASSERT_TRUE(succeeded(put([&](Unit& unit) -> Result<void> {
        TENON_CHECK(unit.forms().insert(form));
        TENON_CHECK(unit.submissions().insert(submission));
        TENON_CHECK(unit.endpoints().insert(endpoint));
        TENON_CHECK(unit.events().insert(event));
        return unit.connections().insert(connection);
    })));
    EXPECT_EQ(bytes_below(folder.path()).find(canary), std::string::npos) << "the log included";

    const auto read =
        wait_for(context, kept.read(mine, [&](Unit& unit) { return unit.submissions().get(submission.id); }));
    EXPECT_EQ((*vault)->open(mine, {"submissions", submission.id.text(), "payload"}, read->payload)->expose(),
              canary);
    EXPECT_TRUE(refused((*vault)->open(mine, {"events", event.id.text(), "body"}, read->payload),
                        Errc::decrypt_failed));

    auto clear = form_row();  // the search itself must be able to fail
    clear.name = canary;
    ASSERT_TRUE(succeeded(put([&](Unit& unit) { return unit.forms().insert(clear); })));
    EXPECT_NE(bytes_below(folder.path()).find(canary), std::string::npos);
}

}  // namespace
}  // namespace tenon::vault
