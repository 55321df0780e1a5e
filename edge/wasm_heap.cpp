// The heap of the WASI modules: one free list for each power of two, on top of memory that only grows. A
// tenth of the C library's allocator in size and faster, because a module's life is many calls of one shape:
// what a call frees, the next one takes again. Blocks are never split or joined, so the memory used is at
// most twice the peak of each size.
#include <cstddef>
#include <cstdint>
#include <cstring>

extern "C" unsigned char __heap_base;  // set by the linker: the first byte behind data and stack

namespace {

constexpr std::size_t page = 65536;
constexpr std::size_t smallest = 16;
constexpr unsigned classes = 28;  // up to 2 GiB

/// In front of every block; a free block's `next` overlaps what the caller may use.
struct Block {
    std::uint32_t size_class;
    std::uint32_t unused;  // keeps what follows 8-aligned
    Block* next;
};
constexpr std::size_t header = offsetof(Block, next);

Block* free_blocks[classes];
std::uintptr_t top = 0;  // first byte never handed out
std::uintptr_t end = 0;  // of the memory that there is

std::size_t size_of_class(unsigned size_class) { return smallest << size_class; }

/// The smallest class that holds `size` bytes and the header; `classes` if there is none.
unsigned class_for(std::size_t size) {
    unsigned size_class = 0;
    while (size_class < classes && size_of_class(size_class) - header < size) ++size_class;
    return size_class;
}

Block* fresh(unsigned size_class) {
    const std::size_t size = size_of_class(size_class);
    if (end == 0) {
        top = (reinterpret_cast<std::uintptr_t>(&__heap_base) + smallest - 1) / smallest * smallest;
        end = __builtin_wasm_memory_size(0) * page;
    }
    if (end - top < size) {
        const std::size_t pages = (size - (end - top) + page - 1) / page;
        if (__builtin_wasm_memory_grow(0, pages) == static_cast<std::size_t>(-1)) return nullptr;
        end += pages * page;
    }
    auto* block = reinterpret_cast<Block*>(top);
    top += size;
    block->size_class = size_class;
    return block;
}

}  // namespace

extern "C" {

void* malloc(std::size_t size) {
    const unsigned size_class = class_for(size);
    if (size_class == classes) return nullptr;
    Block* block = free_blocks[size_class];
    if (block != nullptr)
        free_blocks[size_class] = block->next;
    else
        block = fresh(size_class);
    return block == nullptr ? nullptr : &block->next;
}

void free(void* bytes) {
    if (bytes == nullptr) return;
    auto* block = reinterpret_cast<Block*>(static_cast<unsigned char*>(bytes) - header);
    block->next = free_blocks[block->size_class];
    free_blocks[block->size_class] = block;
}

void* calloc(std::size_t count, std::size_t size) {
    if (size != 0 && count > SIZE_MAX / size) return nullptr;
    void* bytes = malloc(count * size);
    if (bytes != nullptr) std::memset(bytes, 0, count * size);
    return bytes;
}

void* realloc(void* bytes, std::size_t size) {
    if (bytes == nullptr) return malloc(size);
    const auto* block = reinterpret_cast<Block*>(static_cast<unsigned char*>(bytes) - header);
    const std::size_t room = size_of_class(block->size_class) - header;
    if (size <= room) return bytes;
    void* moved = malloc(size);
    if (moved == nullptr) return nullptr;
    std::memcpy(moved, bytes, room);
    free(bytes);
    return moved;
}

}  // extern "C"
