#include "app/foundation.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>
#include <cstdio>
#include <optional>

#include "app/root_key.hpp"
#include "auth/token.hpp"
#include "cli/documents.hpp"
#include "store/sqlite/open_sqlite.hpp"

namespace tenon::app {
namespace {

namespace asio = boost::asio;

template <typename T>
asio::awaitable<void> run_into(asio::awaitable<T> work, std::optional<T>& result) {
    result.emplace(co_await std::move(work));
}

/// Runs one awaitable to its end on a context that nobody else runs.
template <typename T>
T run_now(asio::io_context& context, asio::awaitable<T> work) {
    std::optional<T> result;
    auto ended = asio::co_spawn(context, run_into(std::move(work), result), asio::use_future);
    context.restart();
    context.run();
    ended.get();  // what it threw
    return std::move(*result);
}

/// The file must be new: a first key is never written over another.
Result<void> write_private(const std::string& path, std::string_view text) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return fail(Errc::unavailable, path, "The bootstrap file can't be made, or exists already.");
    const bool is_written =
        ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
        ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!is_written) return fail(Errc::unavailable, path, "The bootstrap file can't be written.");
    return {};
}

}  // namespace

Result<Foundation> lay_foundation(const ServeOptions& options) {
    Foundation made;
    made.log = make_stderr_log(options.log_level);
    made.clock = make_system_clock();
    made.random = make_system_random();
    made.metrics = std::make_unique<Metrics>();
    TENON_TRY(made.catalogue, cli::load_catalogue(options.flags.providers));
    made.schemes = cli::load_schemes();
    TENON_TRY(RootKey root, read_root_key(options.flags, *made.random));
    if (!root.made_at.empty())
        made.log->warning("root_key_made", {{"file", root.made_at},
                                            {"advice", "keep a copy of it apart from backups of the data"}});
    TENON_TRY(made.store, store::open_sqlite(options.flags.data, *made.clock));
    TENON_TRY(made.keyring, store::open_sqlite_keyring(options.flags.data));
    TENON_TRY(made.vault, vault::Vault::open(*made.keyring, std::move(root.key), *made.clock, *made.random));
    return made;
}

Result<void> bootstrap(const ServeOptions& options, Foundation& foundation, asio::io_context& context) {
    auto& gate = foundation.store->gate();
    TENON_TRY(const bool is_empty, run_now(context, gate.is_empty()));
    if (!is_empty) return {};
    const bool is_printed = options.listen.is_loopback() && options.flags.bootstrap_file.empty();
    if (!is_printed && options.flags.bootstrap_file.empty())
        return fail(Errc::unavailable, "--bootstrap-file",
                    "The first start beyond loopback writes the first API key into a file: name it.");
    const UnixTime now = foundation.clock->now();
    auth::FreshSecret secret = auth::make_secret(*foundation.random);
    const store::OrganisationRow organisation{OrganisationId{new_uuid(now, *foundation.random)}, "default",
                                              now};
    store::ApiKeyRow key;
    key.id = ApiKeyId{new_uuid(now, *foundation.random)};
    key.name = "bootstrap";
    key.secret_sha256 = secret.sha256;
    key.scopes = {"*"};
    key.created_at = now;
    std::string line = json::write(json::Object{{"event", "bootstrap"},
                                                {"organisation_id", organisation.id.text()},
                                                {"api_key", auth::api_key_text(key.id, secret.text)}});
    line.push_back('\n');
    // Keys first: an organisation without its key could store nothing. The file before the commit: a key that
    // nobody has seen would lock everybody out.
    TENON_CHECK(foundation.vault->ensure_key(organisation.id));
    if (!is_printed) TENON_CHECK(write_private(options.flags.bootstrap_file, line));
    TENON_CHECK(run_now(context, gate.create_organisation(organisation, key)));
    if (is_printed) {
        std::fwrite(line.data(), 1, line.size(), stdout);
        std::fflush(stdout);
    }
    wipe(line);
    wipe(secret.text);
    return {};
}

}  // namespace tenon::app
