#pragma once
// One delivery while it is being looked at: headers found once, JSON and form read when first asked for, and
// the values of parts. Views stay valid until the next begin(). Memory is kept between deliveries.

#include <cstdint>
#include <forward_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "body_json.hpp"
#include "fields.hpp"
#include "plan.hpp"
#include "tenon/base/json.hpp"
#include "tenon/webhook/verify.hpp"

namespace tenon::webhook {

/// A header as it arrived.
struct FoundHeader {
    std::uint32_t occurrences = 0;
    std::string_view value;  // of the first, outer blanks removed
};

/// A name: value entry of the signature text (`t=…`).
struct SignatureField {
    std::string_view name;
    std::string_view value;
};

class Token;

class Request {
public:
    Request(const Scheme::Plan& plan, const json::Object& config);

    /// Starts with another delivery, which must outlive its use.
    void begin(const Delivery& delivery);

    [[nodiscard]] const Delivery& delivery() const { return *delivery_; }
    [[nodiscard]] const FoundHeader& header(Slot slot) const { return headers_[slot]; }
    /// Values of every occurrence, for the one place that allows several.
    void all_values(Slot slot, std::vector<std::string_view>& values) const;
    /// True if a header that an ordinary delivery depends on occurs twice.
    [[nodiscard]] bool has_duplicate_header() const;
    /// Text of a name that may stand in the config; nothing if it isn't configured.
    [[nodiscard]] std::optional<std::string_view> resolve(const Name& name) const;
    /// cfg:NAME as text.
    [[nodiscard]] std::optional<std::string_view> config_text(std::string_view name);
    /// A query or form field; more than one occurrence is for the caller to refuse.
    struct Text {
        std::size_t occurrences = 0;
        std::optional<std::string_view> value;
    };
    [[nodiscard]] Text query(std::string_view name);
    [[nodiscard]] Text form(std::string_view name);

    /// The JSON document (the body or what json_root names); null pointer if it isn't JSON.
    [[nodiscard]] const BodyJson* json();
    /// Pointers are relative to this node (`each`).
    void set_base(BodyJson::Id node) { base_ = node; }
    [[nodiscard]] BodyJson::Id base() const { return base_; }

    void clear_signature_fields() { signature_fields_.clear(); }
    /// False if the name is there already.
    [[nodiscard]] bool add_signature_field(SignatureField field);

    /// The JSON document that holds the signature (`container`); false if it is none.
    [[nodiscard]] bool read_container(std::string_view document);
    [[nodiscard]] const BodyJson& container() const { return container_; }
    /// The token that `jwt:` and `jwt.header:` parts read; null pointer = none.
    void set_token(const Token* token) { token_ = token; }
    /// What a signature by RFC 9421 covers: the inputs' text as received, behind `label=`.
    void set_signature_input(std::string_view input) { signature_input_ = input; }
    [[nodiscard]] const HttpSignatureRule* http_signature_rule() const {
        return plan_.http_signature ? &*plan_.http_signature : nullptr;
    }
    [[nodiscard]] std::string_view signature_input() const { return signature_input_; }
    /// Which spelling of req.url is meant from now on (url_variants); 0 = as received.
    void set_url_variant(unsigned int variant) { url_variant_ = variant; }
    /// Every name and value of the form, decoded, in order; nothing if a name or value is not UTF-8.
    [[nodiscard]] std::optional<std::vector<NamedValue>> form_values() const;
    /// Outer blanks removed; `name` in any case. For headers that only the delivery names.
    [[nodiscard]] FoundHeader header_named(std::string_view name) const;
    /// Why a part is absent, where that is not check_failed; cleared by reading it.
    [[nodiscard]] std::optional<Errc> take_part_error() { return std::exchange(part_error_, std::nullopt); }
    void set_part_error(Errc error) { part_error_ = error; }
    [[nodiscard]] bool has_part_error() const { return part_error_.has_value(); }

    [[nodiscard]] std::optional<std::string_view> signature_field(std::string_view name) const;

    /// The part's bytes; nothing if it is absent. A `mac` part needs set_mac_key().
    [[nodiscard]] std::optional<std::string_view> value(const Part& part);
    /// Every value of a part: several where a path walks an array.
    void values(const Part& part, std::vector<std::string_view>& found);
    /// All parts in order; false if one is absent. A leading `join` sets a separator and makes absence empty.
    [[nodiscard]] bool pieces(const Message& message, std::vector<std::string_view>& out);
    /// The pieces as one text.
    [[nodiscard]] std::optional<std::string> text(const Message& message);

    void set_mac_key(std::string_view key) { mac_key_ = key; }
    /// Keeps bytes until the next begin().
    std::string_view keep(std::string bytes);

private:
    [[nodiscard]] std::optional<std::string_view> header_value(const Part& part) const;
    [[nodiscard]] std::optional<std::string_view> json_value(const Part& part);
    [[nodiscard]] std::optional<std::string_view> token_value(const Part& part);
    [[nodiscard]] std::optional<std::string_view> text_at(const BodyJson& document, const Path& path);
    [[nodiscard]] std::optional<std::string_view> derived(const Part& part);
    [[nodiscard]] std::optional<std::string_view> derived_from(const Part& part, std::string_view inner);

    const Scheme::Plan& plan_;
    const json::Object& config_;
    std::vector<std::string> header_names_;  // lower case; empty = not configured
    const Delivery* delivery_ = nullptr;
    std::vector<FoundHeader> headers_;
    std::vector<SignatureField> signature_fields_;
    enum class JsonState : std::uint8_t { unread, good, bad };
    JsonState json_state_ = JsonState::unread;
    BodyJson json_;
    BodyJson::Id base_ = BodyJson::root;
    std::string_view mac_key_;
    BodyJson container_;
    const Token* token_ = nullptr;
    std::string_view signature_input_;
    unsigned int url_variant_ = 0;
    std::optional<Errc> part_error_;
    std::forward_list<std::string> kept_;
};

}  // namespace tenon::webhook
