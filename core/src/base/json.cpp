#include "tenon/base/json.hpp"

#include <algorithm>
#include <cstring>

#include "sort.hpp"

namespace tenon::json {
namespace {

constexpr std::size_t few_members = 16;  // up to here comparing all names beats any index
constexpr std::size_t absent = static_cast<std::size_t>(-1);
constexpr std::size_t longest_probe = 128;
constexpr std::size_t probes_per_member = 16;

/// Not keyed, so an attacker can choose colliding names: that is what the sorted index is for.
std::size_t hash_of(std::string_view name) {
    constexpr std::uint64_t factor = 0x9E3779B97F4A7C15ULL;
    std::uint64_t hash = name.size();
    for (; name.size() >= 8; name.remove_prefix(8)) {
        std::uint64_t word = 0;
        std::memcpy(&word, name.data(), 8);
        hash = (hash ^ word) * factor;
        hash ^= hash >> 32;
    }
    std::uint64_t word = 0;
    for (const char c : name) word = word << 8 | static_cast<unsigned char>(c);
    hash = (hash ^ word) * factor;
    return static_cast<std::size_t>(hash ^ hash >> 32);
}

}  // namespace

Object::Object() = default;
Object::Object(const Object&) = default;
Object::Object(Object&&) noexcept = default;
Object& Object::operator=(const Object&) = default;
Object& Object::operator=(Object&&) noexcept = default;
Object::~Object() = default;

Object::Object(std::initializer_list<Member> members) {
    members_.reserve(members.size());
    for (const Member& member : members) set(member.name, member.value);
}

std::size_t Object::size() const { return members_.size(); }
const Member* Object::begin() const { return members_.data(); }
const Member* Object::end() const { return members_.data() + members_.size(); }
Member* Object::begin() { return members_.data(); }
Member* Object::end() { return members_.data() + members_.size(); }

std::size_t Object::position(std::string_view name) const {
    if (index_.empty()) {
        for (std::size_t i = 0; i < members_.size(); ++i)
            if (members_[i].name == name) return i;
        return absent;
    }
    if (index_.size() == members_.size()) {
        const auto at = std::lower_bound(
            index_.begin(), index_.end(), name,
            [&](std::uint32_t i, std::string_view wanted) { return members_[i].name < wanted; });
        return at != index_.end() && members_[*at].name == name ? *at : absent;
    }
    const std::size_t mask = index_.size() - 1;
    for (std::size_t slot = hash_of(name) & mask; index_[slot] != 0; slot = (slot + 1) & mask)
        if (members_[index_[slot] - 1].name == name) return index_[slot] - 1;
    return absent;
}

/// Makes the index afresh. False if two names are equal.
bool Object::build_index() {
    index_.clear();
    const std::size_t count = members_.size();
    if (count <= few_members) {
        for (std::size_t i = 1; i < count; ++i)
            for (std::size_t j = 0; j < i; ++j)
                if (members_[i].name == members_[j].name) return false;
        return true;
    }
    std::size_t capacity = 64;
    while (capacity < 3 * count) capacity *= 2;
    index_.assign(capacity, 0);
    std::size_t probes = 0;
    for (std::size_t i = 0; i < count && probes <= probes_per_member * count; ++i) {
        std::size_t slot = hash_of(members_[i].name) & (capacity - 1);
        for (; index_[slot] != 0 && probes <= probes_per_member * count; ++probes) {
            if (members_[index_[slot] - 1].name == members_[i].name) return false;
            slot = (slot + 1) & (capacity - 1);
        }
        index_[slot] = static_cast<std::uint32_t>(i + 1);
    }
    if (probes <= probes_per_member * count) return true;

    index_.resize(count);
    index_.shrink_to_fit();
    for (std::size_t i = 0; i < count; ++i) index_[i] = static_cast<std::uint32_t>(i);
    sort(index_.data(), index_.data() + count,
         [&](std::uint32_t a, std::uint32_t b) { return members_[a].name < members_[b].name; });
    return std::adjacent_find(index_.begin(), index_.end(), [&](std::uint32_t a, std::uint32_t b) {
               return members_[a].name == members_[b].name;
           }) == index_.end();
}

void Object::insert_into_index(std::size_t at) {
    if (members_.size() <= few_members) return;
    const std::string_view name = members_[at].name;
    if (index_.size() == at) {  // sorted
        const auto place = std::lower_bound(
            index_.begin(), index_.end(), name,
            [&](std::uint32_t i, std::string_view wanted) { return members_[i].name < wanted; });
        index_.insert(place, static_cast<std::uint32_t>(at));
        return;
    }
    std::size_t probes = longest_probe;
    if (index_.size() >= 2 * members_.size()) {
        const std::size_t mask = index_.size() - 1;
        std::size_t slot = hash_of(name) & mask;
        for (probes = 0; index_[slot] != 0 && probes < longest_probe; ++probes) slot = (slot + 1) & mask;
        index_[slot] = static_cast<std::uint32_t>(at + 1);
    }
    if (probes == longest_probe) (void)build_index();
}

const Member* Object::find_member(std::string_view name) const {
    const std::size_t at = position(name);
    return at == absent ? nullptr : &members_[at];
}

const Value* Object::find(std::string_view name) const {
    const std::size_t at = position(name);
    return at == absent ? nullptr : &members_[at].value;
}

Value* Object::find(std::string_view name) {
    const std::size_t at = position(name);
    return at == absent ? nullptr : &members_[at].value;
}

Value& Object::set(std::string name, Value value) {
    const std::size_t at = position(name);
    if (at == absent) return append(std::move(name), std::move(value));
    members_[at].value = std::move(value);
    return members_[at].value;
}

Value& Object::append(std::string name, Value value) {
    members_.push_back({std::move(name), std::move(value)});
    insert_into_index(members_.size() - 1);
    return members_.back().value;
}

void Object::erase(std::string_view name) {
    const std::size_t at = position(name);
    if (at == absent) return;
    members_.erase(members_.begin() + static_cast<std::ptrdiff_t>(at));
    (void)build_index();
}

const Value* Value::find(std::string_view name) const {
    const Object* object = std::get_if<Object>(&data_);
    return object == nullptr ? nullptr : object->find(name);
}

std::string_view Value::text_at(std::string_view name) const {
    const Value* value = find(name);
    return value != nullptr && value->is_text() ? std::string_view(value->as_text()) : std::string_view();
}

bool operator==(const Value& a, const Value& b) {
    if (a.kind() != b.kind()) return false;
    switch (a.kind()) {
        case Kind::null:
            return true;
        case Kind::boolean:
            return a.as_boolean() == b.as_boolean();
        case Kind::number:
            return a.as_number() == b.as_number();
        case Kind::text:
            return a.as_text() == b.as_text();
        case Kind::array:
            return a.as_array() == b.as_array();
        case Kind::object:
            break;
    }
    const Object& theirs = b.as_object();
    return a.as_object().size() == theirs.size() &&
           std::all_of(a.as_object().begin(), a.as_object().end(), [&](const Member& member) {
               const Value* other = theirs.find(member.name);
               return other != nullptr && member.value == *other;
           });
}

}  // namespace tenon::json
