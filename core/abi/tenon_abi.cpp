#include <cstdlib>

#include "session.hpp"
#include "tenon.h"

#if defined(__wasm__)
#define TENON_EXPORT(name) __attribute__((export_name(#name), visibility("default"), used))
#else
#define TENON_EXPORT(name)
#endif

namespace {

// The one piece of state: a C ABI without a context argument has to keep it somewhere. Never destroyed: a
// WebAssembly instance ends without running destructors.
tenon::abi::Session& session() {
    static auto* const instance = new tenon::abi::Session();
    return *instance;
}

constexpr std::uint32_t abi_version = 1;

}  // namespace

extern "C" {

TENON_EXPORT(tenon_abi_version) uint32_t tenon_abi_version(void) { return abi_version; }

TENON_EXPORT(tenon_alloc) uint8_t* tenon_alloc(size_t size) {
    return static_cast<uint8_t*>(std::malloc(size == 0 ? 1 : size));
}

TENON_EXPORT(tenon_free) void tenon_free(uint8_t* bytes, size_t size) {
    (void)size;
    std::free(bytes);
}

TENON_EXPORT(tenon_call) int32_t tenon_call(uint32_t op, const uint8_t* frame, size_t size) {
    for (const tenon::abi::OperationRow& row : tenon::abi::operations()) {
        if (row.op != op) continue;
        const std::string_view bytes(reinterpret_cast<const char*>(frame), size);
        session().reply = row.run(session(), bytes);
        return 0;
    }
    session().reply.clear();
    return 1;
}

TENON_EXPORT(tenon_reply) const uint8_t* tenon_reply(void) {
    return reinterpret_cast<const uint8_t*>(session().reply.data());
}

TENON_EXPORT(tenon_reply_size) size_t tenon_reply_size(void) { return session().reply.size(); }

}  // extern "C"
