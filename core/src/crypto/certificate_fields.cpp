#include "certificate_fields.hpp"

#include "der.hpp"

namespace tenon::crypto {

std::optional<CertificateFields> read_certificate(std::string_view der) {
    constexpr unsigned char first_optional =
        0x81;  // issuerUniqueID and subjectUniqueID, implicit bit strings
    CertificateFields fields;
    Der outer(der);
    Der certificate(outer.take(tag::sequence));
    fields.signed_part = certificate.take_whole(tag::sequence);
    fields.algorithm = certificate.take_whole(tag::sequence);
    fields.signature = certificate.take_bits();
    Der whole(fields.signed_part);
    Der part(whole.take(tag::sequence));
    if (part.next_tag() == tag::context_0) (void)part.take(tag::context_0);  // version
    (void)part.take(tag::integer);                                           // serial number
    fields.inner_algorithm = part.take_whole(tag::sequence);
    fields.issuer = part.take_whole(tag::sequence);
    fields.validity = part.take(tag::sequence);
    fields.subject = part.take_whole(tag::sequence);
    fields.key = part.take_whole(tag::sequence);
    for (unsigned char unique = first_optional; unique < first_optional + 2; ++unique)
        if (part.next_tag() == unique) (void)part.take(unique);
    if (part.next_tag() == tag::context_3) {
        Der wrapped(part.take(tag::context_3));
        fields.extensions = wrapped.take(tag::sequence);
        if (!wrapped.at_end()) return std::nullopt;
    }
    if (!outer.at_end() || !certificate.at_end() || !part.at_end()) return std::nullopt;
    return fields;
}

}  // namespace tenon::crypto
