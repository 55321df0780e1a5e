// A Secret is no field of a log line.
#include "base/log.hpp"

void note(tenon::Log& log, const std::string& id) { log.info("connected", {{"connection_id", id}}); }

#ifdef MISUSE
void leak(const tenon::Secret& secret) {
    const tenon::LogField field("credential", secret);
    (void)field;
}
#endif
