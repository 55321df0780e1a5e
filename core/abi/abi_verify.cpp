// The operations of the verify module.
#include "incoming.hpp"
#include "session.hpp"
#include "tenon/webhook/batch.hpp"

namespace tenon::abi {
namespace {

using webhook::error_line;

constexpr std::size_t most_verifiers = 4096;

std::uint32_t little_endian(std::string_view bytes) {
    std::uint32_t value = 0;
    for (std::size_t i = 4; i-- > 0;) value = (value << 8) | static_cast<unsigned char>(bytes[i]);
    return value;
}

Result<Incoming> read_frame(std::string_view frame) {
    if (frame.size() < 4) return fail(Errc::malformed_request);
    const std::size_t size = little_endian(frame);
    frame.remove_prefix(4);
    if (size > frame.size()) return fail(Errc::malformed_request);
    Incoming incoming;
    TENON_TRY(incoming.header, read_object(frame.substr(0, size)));
    incoming.delivery.body = frame.substr(size);
    TENON_CHECK(read_request(incoming));
    return incoming;
}

webhook::Verifier* verifier_of(Session& session, const json::Value& header) {
    const json::Value* handle = header.find("verifier");
    const auto number =
        handle != nullptr && handle->is_number() ? handle->as_number().to_int64() : std::nullopt;
    if (!number || *number < 1 || *number > static_cast<std::int64_t>(session.verifiers.size()))
        return nullptr;
    return session.verifiers[static_cast<std::size_t>(*number - 1)].get();
}

Result<webhook::Verdict> verify_once(const Incoming& incoming) {
    TENON_TRY(webhook::Trust trust, webhook::read_trust(incoming.header));
    const auto scheme = scheme_of(incoming.header);
    if (scheme) return webhook::verify(*scheme, std::move(trust), incoming.delivery, incoming.now);
    if (scheme.error().code == Errc::malformed_request) return tl::unexpected<Error>(scheme.error());
    webhook::Verdict verdict;
    verdict.reason = Errc::scheme_unknown;
    return verdict;
}

Result<std::size_t> open(Session& session, std::string_view frame) {
    TENON_TRY(const json::Value request, read_object(frame));
    TENON_TRY(webhook::Trust trust, webhook::read_trust(request));
    const json::Value* fetching = request.find("fetch_keys");
    if (fetching != nullptr && fetching->is_boolean() && fetching->as_boolean())
        trust.fetching = webhook::Fetching::allowed;
    TENON_TRY(const webhook::Scheme scheme, scheme_of(request));
    TENON_TRY(webhook::Verifier verifier, webhook::Verifier::create(scheme, std::move(trust)));
    auto owned = std::make_unique<webhook::Verifier>(std::move(verifier));
    for (std::size_t i = 0; i < session.verifiers.size(); ++i) {
        if (session.verifiers[i] != nullptr) continue;
        session.verifiers[i] = std::move(owned);
        return i + 1;
    }
    if (session.verifiers.size() == most_verifiers) return fail(Errc::unavailable);
    session.verifiers.push_back(std::move(owned));
    return session.verifiers.size();
}

}  // namespace

std::string verify(Session& session, std::string_view frame) {
    const auto incoming = read_frame(frame);
    if (!incoming) return error_line(incoming.error());
    if (webhook::Verifier* verifier = verifier_of(session, incoming->header)) {
        const json::Value* fetched = incoming->header.find("keys");
        const bool has_keys = fetched != nullptr && fetched->is_object();
        return json::write(webhook::verdict_document(
            verifier->verify(incoming->delivery, incoming->now, has_keys ? &fetched->as_object() : nullptr)));
    }
    if (incoming->header.find("verifier") != nullptr)
        return error_line({Errc::malformed_request, "/verifier", {}});
    const auto verdict = verify_once(*incoming);
    return verdict ? json::write(webhook::verdict_document(*verdict)) : error_line(verdict.error());
}

std::string open_verifier(Session& session, std::string_view frame) {
    const auto handle = open(session, frame);
    if (!handle) return error_line(handle.error());
    return json::write(json::Object{{"verifier", static_cast<std::int64_t>(*handle)}});
}

std::string close_verifier(Session& session, std::string_view frame) {
    const auto request = read_object(frame);
    if (!request) return error_line(request.error());
    const webhook::Verifier* wanted = verifier_of(session, *request);
    if (wanted == nullptr) return error_line({Errc::malformed_request, "/verifier", {}});
    for (auto& verifier : session.verifiers)
        if (verifier.get() == wanted) verifier.reset();
    return "{}";
}

std::string open_schemes(Session& session, std::string_view frame) {
    auto request = read_object(frame);
    if (!request) return error_line(request.error());
    json::Value* schemes = request->as_object().find("schemes");
    if (schemes == nullptr || !schemes->is_object())
        return error_line({Errc::malformed_request, "/schemes", {}});
    session.schemes.clear();
    for (json::Member& scheme : schemes->as_object())
        session.schemes.push_back({scheme.name, std::move(scheme.value), std::nullopt});
    return "{}";
}

std::string verify_line(Session& session, std::string_view frame) {
    return webhook::verify_line(frame, [&session](std::string_view id) -> Result<webhook::Scheme> {
        for (KnownScheme& known : session.schemes) {
            if (known.id != id) continue;
            if (!known.compiled) known.compiled = webhook::Scheme::compile(known.document);
            return *known.compiled;
        }
        return fail(Errc::scheme_unknown);
    });
}

}  // namespace tenon::abi
