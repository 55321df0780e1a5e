#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "fuzz.hpp"

// Of the sanitizers' run-time library; its header is not in every compiler's package.
extern "C" {
int __sanitizer_install_malloc_and_free_hooks(void (*on_malloc)(const volatile void*, std::size_t),
                                              void (*on_free)(const volatile void*));
std::size_t __sanitizer_get_allocated_size(const volatile void* block);
}

namespace tenon::fuzz {
namespace {

// Plain counters: the targets work on one thread. Signed, since blocks from before may be freed meanwhile.
bool counting = false;
std::ptrdiff_t held = 0;
std::ptrdiff_t peak = 0;

void on_malloc(const volatile void* block, std::size_t size) {
    (void)block;
    if (!counting) return;
    held += static_cast<std::ptrdiff_t>(size);
    if (held > peak) peak = held;
}

void on_free(const volatile void* block) {
    if (counting && block != nullptr)
        held -= static_cast<std::ptrdiff_t>(__sanitizer_get_allocated_size(block));
}

void print(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fputc('\n', stderr);
}

}  // namespace

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "requirement broken: %s\n", what);
    std::abort();
}

void require_equal(std::string_view a, std::string_view b, const char* what) {
    if (a == b) return;
    print(a);
    print(b);
    require(false, what);
}

MemoryBound::MemoryBound(std::size_t input_bytes, std::size_t base, std::size_t per_byte)
    : limit_(base + per_byte * input_bytes) {
    static const int installed = __sanitizer_install_malloc_and_free_hooks(on_malloc, on_free);
    require(installed > 0, "the sanitizer counts allocations");
    held = 0;
    peak = 0;
    counting = true;
}

MemoryBound::~MemoryBound() {
    counting = false;
    if (static_cast<std::size_t>(peak) <= limit_) return;
    std::fprintf(stderr, "%td bytes were allocated, %zu are allowed\n", peak, limit_);
    require(false, "memory stays within its multiple of the input");
}

std::string_view Parts::line() {
    const std::size_t end = rest_.find('\n');
    const std::string_view found = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    return found;
}

}  // namespace tenon::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    tenon::fuzz::run({reinterpret_cast<const char*>(data), size});
    return 0;
}
