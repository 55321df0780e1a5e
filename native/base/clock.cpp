#include "base/clock.hpp"

namespace tenon {
namespace {

class SystemClock final : public Clock {
public:
    UnixTime now() const override {
        return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
};

}  // namespace

std::unique_ptr<Clock> make_system_clock() { return std::make_unique<SystemClock>(); }

}  // namespace tenon
