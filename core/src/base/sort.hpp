#pragma once
// Sorting where the code's size counts: an instance of std::sort is 3 to 4 KB of WebAssembly, a heap sort a
// tenth of that. Natively nothing is gained, so std::sort it is. Not stable, either way.

#include <algorithm>
#include <cstddef>
#include <utility>

namespace tenon {

template <typename Element, typename Less>
void sort(Element* first, Element* last, const Less& is_less) {
#if defined(__wasm__)
    const auto count = static_cast<std::size_t>(last - first);
    std::size_t heap = count / 2;  // everything from here on is a heap of one
    for (std::size_t end = count; end > 1;) {
        if (heap > 0)
            --heap;
        else
            std::swap(first[0], first[--end]);
        std::size_t parent = heap;
        for (std::size_t child = 2 * parent + 1; child < end; child = 2 * parent + 1) {
            if (child + 1 < end && is_less(first[child], first[child + 1])) ++child;
            if (!is_less(first[parent], first[child])) break;
            std::swap(first[parent], first[child]);
            parent = child;
        }
    }
#else
    std::sort(first, last, is_less);
#endif
}

}  // namespace tenon
