#pragma once
// A JSON Web Token in its compact form (RFC 7515 7.1), taken apart.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "body_json.hpp"

namespace tenon::webhook {

class Token {
public:
    /// Three segments that are not empty, in canonical base64url without padding; header and claims are JSON
    /// objects without duplicate names; the header has a text `alg` and neither `crit` nor `b64`. Not copied:
    /// `text` must outlive the use of this object.
    [[nodiscard]] bool read(std::string_view text);
    Token() = default;
    Token(const Token&) = delete;
    Token& operator=(const Token&) = delete;

    [[nodiscard]] const BodyJson& header() const { return header_; }
    [[nodiscard]] const BodyJson& claims() const { return claims_; }
    [[nodiscard]] const std::string& algorithm() const { return algorithm_; }
    [[nodiscard]] std::string_view signed_part() const { return signed_part_; }
    [[nodiscard]] const std::string& signature() const { return signature_; }
    /// The certificates of `x5c` as DER, of which there are any number; nothing unless they are base64.
    [[nodiscard]] std::optional<std::vector<std::string>> certificates() const;

private:
    std::string header_text_, claims_text_;  // what the documents point to
    BodyJson header_, claims_;
    std::string algorithm_;
    std::string_view signed_part_;
    std::string signature_;
};

}  // namespace tenon::webhook
