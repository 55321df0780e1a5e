#pragma once
// What validation remembers on its way: where it is, and what has been looked at.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tenon/base/json.hpp"

namespace tenon::form {

/// A JSON Pointer that grows with the calls: text is made of it only for a failure.
struct Path {
    const Path* parent = nullptr;
    std::string_view name;
    std::size_t index = 0;
    bool is_index = false;

    [[nodiscard]] Path at(std::string_view member) const { return {this, member, 0, false}; }
    [[nodiscard]] Path at(std::size_t item) const { return {this, {}, item, true}; }

    [[nodiscard]] std::string last() const {
        return is_index ? json::Value(index).as_number().plain() : std::string(name);
    }
    /// Not recursive: the chain is as long as the evaluation is deep, and a WebAssembly stack is small.
    [[nodiscard]] std::string pointer() const {
        std::vector<const Path*> steps;
        for (const Path* step = this; step->parent != nullptr; step = step->parent) steps.push_back(step);
        std::string out;
        for (std::size_t i = steps.size(); i-- > 0;) out += "/" + json::escape_token(steps[i]->last());
        return out;
    }
};

/// The members or items of one value that some schema has looked at (for unevaluated…).
class Evaluated {
public:
    void add(std::size_t index, std::size_t count) {
        seen_.resize(count);
        seen_[index] = true;
    }
    void add(const Evaluated& other) {
        if (seen_.size() < other.seen_.size()) seen_.resize(other.seen_.size());
        for (std::size_t i = 0; i < other.seen_.size(); ++i)
            if (other.seen_[i]) seen_[i] = true;
    }
    [[nodiscard]] bool contains(std::size_t index) const { return index < seen_.size() && seen_[index]; }

private:
    std::vector<bool> seen_;
};

}  // namespace tenon::form
