// A server killed in the middle of its work: what it acknowledged is there, and nothing is there by half.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>
#include <thread>

#include "backend.hpp"

namespace tenon::store {
namespace {

using namespace contract;

constexpr int rounds = 6;
constexpr int writers = 8;

FormRow form_number(std::uint8_t round, std::uint32_t number) {
    auto form = form_row();
    form.id.value.bytes = {};
    form.id.value.bytes[0] = round;
    for (std::size_t i = 0; i < 4; ++i)
        form.id.value.bytes[i + 1] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
    return form;
}

/// Writes a form and a change in each closure, and each id into the pipe once it is acknowledged.
asio::awaitable<void> write_for_ever(Store& store, Organisation mine, std::uint8_t round, std::uint32_t& next,
                                     int pipe) {
    for (;;) {
        const auto form = form_number(round, ++next);
        // Named: g++ 12 destroys a closure twice that is made inside a co_await and captures more than bits.
        auto insert = [form](Unit& unit) -> Result<void> {
            TENON_CHECK(unit.forms().insert(form));
            return unit.records().add_change("form", form.id.text(), "made", start);
        };
        auto done = co_await store.write(mine, std::move(insert));
        if (!done) ::_exit(3);
        const auto& bytes = form.id.value.bytes;
        if (::write(pipe, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) ::_exit(4);
    }
}

[[noreturn]] void be_the_server(const std::filesystem::path& data, OrganisationId id, ApiKeyId key,
                                std::uint8_t round, int pipe) {
    const FixedClock clock;
    auto store = open_sqlite(data, clock);
    if (!store) ::_exit(2);
    asio::io_context context;
    const auto found = wait_for(context, (*store)->gate().find_api_key(key));
    if (!found || found->organisation.id() != id) ::_exit(5);
    std::uint32_t next = 0;
    for (int i = 0; i < writers; ++i)
        asio::co_spawn(context, write_for_ever(**store, found->organisation, round, next, pipe),
                       [](const std::exception_ptr&) { ::_exit(6); });
    context.restart();
    context.run();
    ::_exit(7);
}

std::vector<FormId> read_ids(int pipe) {
    std::vector<FormId> ids;
    FormId id;
    while (::read(pipe, id.value.bytes.data(), id.value.bytes.size()) ==
           static_cast<ssize_t>(id.value.bytes.size()))
        ids.push_back(id);
    return ids;
}

TEST(CrashTest, everything_acknowledged_survives_a_kill_and_nothing_is_half_there) {
    const TemporaryFolder folder;
    const FixedClock clock;
    const auto data = folder.path() / "data";
    const auto organisation = organisation_row();
    const auto key = api_key_row();
    asio::io_context context;
    {
        auto store = open_sqlite(data, clock);
        ASSERT_TRUE(succeeded(store));
        ASSERT_TRUE(wait_for(context, (*store)->gate().create_organisation(organisation, key)));
    }
    std::mt19937 random(20240101);
    std::size_t acknowledged = 0;
    for (std::uint8_t round = 1; round <= rounds; ++round) {
        int ends[2];
        ASSERT_EQ(::pipe(ends), 0);
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) be_the_server(data, organisation.id, key.id, round, ends[1]);
        ::close(ends[1]);
        std::vector<FormId> ids;
        std::thread reader([&] { ids = read_ids(ends[0]); });
        std::this_thread::sleep_for(std::chrono::milliseconds(150 + random() % 350));
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        reader.join();
        ::close(ends[0]);
        ASSERT_TRUE(WIFSIGNALED(status)) << "the server ended by itself: " << WEXITSTATUS(status);
        acknowledged += ids.size();

        auto store = open_sqlite(data, clock);
        ASSERT_TRUE(succeeded(store));
        const auto mine = wait_for(context, (*store)->gate().find_api_key(key.id))->organisation;
        const auto missing = wait_for(context, (*store)->read(mine, [&](Unit& unit) -> Result<int> {
            int count = 0;
            for (const auto id : ids) count += unit.forms().get(id) ? 0 : 1;
            return count;
        }));
        EXPECT_EQ(missing, 0);
        const auto halves = wait_for(context, (*store)->read(mine, [](Unit& unit) -> Result<std::int64_t> {
            TENON_TRY(const auto forms, unit.forms().list({{}, 1'000'000}));
            TENON_TRY(const auto changes, unit.records().last_change());
            return changes - static_cast<std::int64_t>(forms.size());
        }));
        EXPECT_EQ(halves, 0) << "a form without its change, or the other way round";
    }
    EXPECT_GT(acknowledged, 20U) << "the test did hardly any work";
}

}  // namespace
}  // namespace tenon::store
