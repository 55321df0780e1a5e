#pragma once
// Compiling a scheme document, split by what is compiled. The first fault is kept in the Compiler and
// everything goes on with empty values: functions stay small that way, which the verify module's size is made
// of.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "plan.hpp"
#include "tenon/base/json.hpp"

namespace tenon::webhook {

/// A value of the document and where it is; without a value the member is absent or null. Refers to its
/// parent, which must outlive it.
struct Item {
    const json::Value* value = nullptr;
    const Item* parent = nullptr;
    std::string_view token;  ///< Name in the parent; empty for an element of a list and for the root.

    explicit operator bool() const { return value != nullptr; }
    [[nodiscard]] Item member(std::string_view name) const;
    [[nodiscard]] Item element(std::size_t index) const;
    /// Elements of an array; 0 for anything else.
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] std::string pointer() const;
};

/// The plan that is being made, and the first fault.
struct Compiler {
    Scheme::Plan plan;
    bool for_verify = true;      // who reads the headers named from now on
    bool for_challenge = false;  // `mac` parts are allowed
    std::optional<Error> error;

    /// scheme_invalid: malformed.
    void invalid(const Item& item);
    /// not_supported: of the language, but not interpreted by this version.
    void unsupported(const Item& item);
    void refuse_members(const Item& object, std::initializer_list<std::string_view> names);

    // Members of an object; an absent one is empty, false or nothing.
    [[nodiscard]] std::string_view text(const Item& object, std::string_view name);
    [[nodiscard]] bool flag(const Item& object, std::string_view name);
    [[nodiscard]] std::optional<std::int64_t> number(const Item& object, std::string_view name);
    [[nodiscard]] std::optional<Pattern> pattern(const Item& item);

    [[nodiscard]] Path path(const Item& item, std::string_view pointer);
    [[nodiscard]] Slot slot(std::string_view name);
    [[nodiscard]] crypto::Hash hash(const Item& item, std::string_view name);
    [[nodiscard]] Encoding encoding(const Item& item, std::string_view name);

    [[nodiscard]] Part part(const Item& item);
    [[nodiscard]] Part part_of_text(const Item& item, std::string_view text);
    /// A list of parts; a single part counts as a list of one.
    [[nodiscard]] Message message(const Item& item);

    void signature(const Item& item, SignatureRule& rule);
    void key(const Item& item);
    void timestamp(const Item& item);
    void requirements(const Item& item);
    [[nodiscard]] std::vector<EqualCheck> checks(const Item& item);
    void jwt(const Item& item);
    void http_signature(const Item& item);
    [[nodiscard]] std::vector<std::string> texts(const Item& item);
    [[nodiscard]] Method method(const Item& item, std::string_view name);
    void challenge(const Item& item);

private:
    void fault(Errc code, const Item& item);
    void signature_place(const Item& item, SignatureRule& rule);
    void numbered_headers(const Item& item, std::vector<Slot>& slots);
    void key_members(const Item& item, KeyRule& rule);
    [[nodiscard]] Part header_part(const Item& item, std::string_view names);
    [[nodiscard]] Part optional_part(const Item& item, std::string_view text);
    [[nodiscard]] Part function_part(const Item& item, std::string_view text);
    [[nodiscard]] Part object_part(const Item& item);
    [[nodiscard]] Part canonical_part(const Item& item, std::string_view name);
    [[nodiscard]] Part header_values_part(const Item& item);
    void key_type(const Item& item, KeyRule& rule);
    void claims(const Item& item, JwtRule& rule);
    [[nodiscard]] std::optional<DigestClaim> digest_claim(const Item& item);
    [[nodiscard]] int status(const Item& object, std::string_view name, int otherwise);
    [[nodiscard]] ResponseRule response(const Item& item);
    void limits(const Item& item, ChallengeRule& rule);
};

/// `cfg:NAME` or the name itself.
[[nodiscard]] Name name_of(std::string_view text);

}  // namespace tenon::webhook
