#pragma once
// Creates everything that runs and connects it: reading wire.cpp shows the program. Nothing else in the
// project creates another module's parts.

#include <memory>

#include "app/foundation.hpp"
#include "app/options.hpp"

namespace tenon::app {

class Program {
public:
    /// Binds the listeners and puts everything together; nothing is served yet. Errors: unavailable (address,
    /// page, certificate), malformed_request (public URL).
    [[nodiscard]] static Result<std::unique_ptr<Program>> create(const ServeOptions& options,
                                                                 Foundation& foundation);
    ~Program();

    /// Serves until SIGTERM or SIGINT, then drains: accepts nothing more, lets running requests and
    /// executions end, closes the store. Blocks.
    void run();

    struct Parts;

private:
    explicit Program(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace tenon::app
