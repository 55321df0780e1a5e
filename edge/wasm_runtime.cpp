// Linked into every WASI module: keeps its import list empty and its size small. What the C++ runtime would
// do by printing and exiting through the host becomes a trap. Clock and randomness are deliberately not
// answered here: core code that asks for them leaves an import behind, and check_modules.mjs fails.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <version>

namespace {

void* take(std::size_t size) {
    void* bytes = std::malloc(size == 0 ? 1 : size);
    if (bytes == nullptr) __builtin_trap();
    return bytes;
}

constexpr std::int32_t not_supported = 52;  // errno of WASI: the call doesn't exist here

}  // namespace

void* operator new(std::size_t size) { return take(size); }
void* operator new[](std::size_t size) { return take(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return std::malloc(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return std::malloc(size); }
void operator delete(void* bytes) noexcept { std::free(bytes); }
void operator delete[](void* bytes) noexcept { std::free(bytes); }
void operator delete(void* bytes, std::size_t) noexcept { std::free(bytes); }
void operator delete[](void* bytes, std::size_t) noexcept { std::free(bytes); }
void operator delete(void* bytes, const std::nothrow_t&) noexcept { std::free(bytes); }
void operator delete[](void* bytes, const std::nothrow_t&) noexcept { std::free(bytes); }

_LIBCPP_BEGIN_NAMESPACE_STD
[[noreturn]] void __libcpp_verbose_abort(const char*, ...) { __builtin_trap(); }
_LIBCPP_END_NAMESPACE_STD

extern "C" {

[[noreturn]] void abort_message(const char*, ...) { __builtin_trap(); }
[[noreturn]] void __cxa_pure_virtual() { __builtin_trap(); }
[[noreturn]] void __cxa_deleted_virtual() { __builtin_trap(); }
[[noreturn]] void __assert_fail(const char*, const char*, int, const char*) { __builtin_trap(); }

// Destructors of globals never run in a reactor.
int __cxa_atexit(void (*)(void*), void*, void*) { return 0; }

// Debian's compiler-rt for wasm32 was built with a stack protector.
std::uintptr_t __stack_chk_guard = 0x7e4e0eb3;
[[noreturn]] void __stack_chk_fail() { __builtin_trap(); }

// The calls that the C library could still make: answered here instead of imported.
std::int32_t __imported_wasi_snapshot_preview1_fd_close(std::int32_t) { return not_supported; }
std::int32_t __imported_wasi_snapshot_preview1_fd_seek(std::int32_t, std::int64_t, std::int32_t,
                                                       std::int32_t) {
    return not_supported;
}
std::int32_t __imported_wasi_snapshot_preview1_fd_write(std::int32_t, std::int32_t, std::int32_t,
                                                        std::int32_t) {
    return not_supported;
}
std::int32_t __imported_wasi_snapshot_preview1_fd_read(std::int32_t, std::int32_t, std::int32_t,
                                                       std::int32_t) {
    return not_supported;
}
std::int32_t __imported_wasi_snapshot_preview1_fd_fdstat_get(std::int32_t, std::int32_t) {
    return not_supported;
}
std::int32_t __imported_wasi_snapshot_preview1_environ_get(std::int32_t, std::int32_t) {
    return not_supported;
}
std::int32_t __imported_wasi_snapshot_preview1_environ_sizes_get(std::int32_t, std::int32_t) {
    return not_supported;
}
[[noreturn]] void __imported_wasi_snapshot_preview1_proc_exit(std::int32_t) { __builtin_trap(); }

}  // extern "C"
