#pragma once
// A value on its way through a mapping: borrowed from an input as long as nothing changed it, owned
// afterwards.

#include <tl/expected.hpp>

#include "tenon/base/json.hpp"
#include "tenon/mapping/finding.hpp"
#include "tenon/mapping/value_text.hpp"

namespace tenon::mapping {

/// Borrowed or owned; an absent value is an owned null. A cell must not outlive what it borrows from.
class Cell {
public:
    Cell() = default;
    Cell(json::Value owned) : own_(std::move(owned)) {}  // NOLINT(google-explicit-constructor)
    /// Borrows; a null pointer is absent.
    [[nodiscard]] static Cell borrow(const json::Value* value) {
        Cell cell;
        cell.borrowed_ = value;
        return cell;
    }

    [[nodiscard]] const json::Value& get() const { return borrowed_ != nullptr ? *borrowed_ : own_; }
    /// The value for keeps: moved if owned, else copied.
    [[nodiscard]] json::Value take() && {
        if (borrowed_ != nullptr) return *borrowed_;
        return std::move(own_);
    }

private:
    const json::Value* borrowed_ = nullptr;
    json::Value own_;
};

using CellOrNote = tl::expected<Cell, Note>;

/// `{kind} cannot become {type}`.
[[nodiscard]] inline tl::unexpected<Note> mismatch(const json::Value& value, std::string_view wanted) {
    return tl::make_unexpected(
        note(Errc::type_mismatch, {{"kind", kind_name(value.kind())}, {"type", wanted}}));
}
[[nodiscard]] inline tl::unexpected<Note> refuse(Errc code) { return tl::make_unexpected(note(code)); }

}  // namespace tenon::mapping
