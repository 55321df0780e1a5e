// Signing test deliveries: only in the full module.
#include "incoming.hpp"
#include "session.hpp"
#include "tenon/base/bytes.hpp"
#include "tenon/webhook/batch.hpp"

namespace tenon::abi {
namespace {

using SignedHeaders = std::vector<std::pair<std::string, std::string>>;

Result<SignedHeaders> sign_request(std::string_view frame) {
    Incoming incoming;
    TENON_TRY(incoming.header, read_object(frame));
    TENON_CHECK(read_request(incoming));
    const auto body = bytes::from_base64(incoming.header.text_at("body_base64"));
    if (!body) return fail(Errc::malformed_request, "/body_base64");
    incoming.delivery.body = *body;
    TENON_TRY(const webhook::Trust trust, webhook::read_trust(incoming.header));
    TENON_TRY(const webhook::Scheme scheme, scheme_of(incoming.header));
    return webhook::sign(scheme, trust, incoming.delivery, incoming.now);
}

}  // namespace

std::string sign(Session& session, std::string_view frame) {
    (void)session;
    const auto headers = sign_request(frame);
    if (!headers) return webhook::error_line(headers.error());
    json::Array list;
    for (const auto& [name, value] : *headers) list.push_back(json::Array{name, value});
    return json::write(json::Object{{"headers", std::move(list)}});
}

}  // namespace tenon::abi
