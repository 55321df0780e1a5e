#pragma once
// The fields of an X.509 certificate (RFC 5280 4.1) as views into its DER.

#include <optional>
#include <string_view>

namespace tenon::crypto {

struct CertificateFields {
    std::string_view signed_part;      ///< The whole tbsCertificate.
    std::string_view inner_algorithm;  ///< As named inside the signed part, with its header.
    std::string_view issuer, subject;  ///< With their headers.
    std::string_view validity;         ///< Contents.
    std::string_view key;              ///< SubjectPublicKeyInfo with its header.
    std::string_view extensions;       ///< Contents of the list; empty = none.
    std::string_view algorithm;        ///< As named outside, with its header.
    std::string_view signature;
};

/// Nothing unless the whole input is one certificate. `der` must outlive the views.
[[nodiscard]] std::optional<CertificateFields> read_certificate(std::string_view der);

}  // namespace tenon::crypto
