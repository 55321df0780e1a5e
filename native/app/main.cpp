// tenon: the server and its command line. Faults end here: anything thrown that nobody expected is one line
// on standard error and exit code 3.

#include <cstdio>
#include <exception>

#include "app/arguments.hpp"
#include "app/wire.hpp"
#include "cli/files.hpp"

namespace {

using tenon::app::ServeFlags;

int serve(ServeFlags flags) {
    using namespace tenon;
    auto options = app::check_flags(std::move(flags));
    if (!options)
        return cli::complain(
            options.error().code == Errc::not_supported ? cli::environment_failed : cli::bad_input,
            options.error());
    auto foundation = app::lay_foundation(*options);
    if (!foundation) return cli::complain(cli::environment_failed, foundation.error());
    {
        boost::asio::io_context starting(1);
        if (auto made = app::bootstrap(*options, *foundation, starting); !made)
            return cli::complain(cli::environment_failed, made.error());
    }
    auto program = app::Program::create(*options, *foundation);
    if (!program) return cli::complain(cli::environment_failed, program.error());
    (*program)->run();
    return cli::done;
}

}  // namespace

int main(int count, char** values) {
    try {
        return tenon::app::run_command({values + 1, values + count}, serve);
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "tenon: %s\n", fault.what());
        return tenon::cli::environment_failed;
    }
}
