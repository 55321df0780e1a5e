// Deliveries to every shipped scheme. First line the scheme, second the secret, third `METHOD URL`, then
// headers up to an empty line, then the body. What we sign ourselves is genuine.
#include <map>

#include "fuzz.hpp"
#include "tenon/catalogue/embedded.hpp"
#include "tenon/webhook/batch.hpp"
#include "tenon/webhook/scheme.hpp"
#include "tenon/webhook/verify.hpp"

namespace tenon::fuzz {
namespace {

using webhook::Delivery;

constexpr UnixTime now{std::chrono::seconds(1'700'000'000)};

const std::map<std::string, webhook::Scheme, std::less<>>& schemes() {
    static const auto all = [] {
        std::map<std::string, webhook::Scheme, std::less<>> made;
        for (const catalogue::EmbeddedFile& file : catalogue::embedded_schemes())
            if (const auto document = json::read(file.text))
                if (auto scheme = webhook::Scheme::compile(*document))
                    made.emplace(file.name, std::move(*scheme));
        require(!made.empty(), "schemes are embedded");
        return made;
    }();
    return all;
}

webhook::Trust trust_of(std::string_view secret) {
    webhook::Trust trust;
    trust.secrets.emplace_back(std::string(secret));
    trust.config.set("url", "https://hooks.example.com/in/hook");
    return trust;
}

Delivery delivery_of(Parts& parts) {
    Delivery delivery;
    const std::string_view request = parts.line();
    delivery.method = request.substr(0, request.find(' '));
    if (delivery.method.size() < request.size()) delivery.url = request.substr(delivery.method.size() + 1);
    while (!parts.empty()) {
        const std::string_view header = parts.line();
        if (header.empty()) break;
        const std::size_t colon = header.find(':');
        delivery.headers.emplace_back(header.substr(0, colon),
                                      colon == std::string_view::npos ? "" : header.substr(colon + 1));
    }
    delivery.body = parts.rest();
    return delivery;
}

void require_consistent(const webhook::Verdict& verdict) {
    if (verdict.valid) require(!verdict.reason && !verdict.need_key, "a genuine delivery has no reason");
    if (!verdict.valid) require(verdict.reason || verdict.need_key || verdict.response, "a refusal says why");
    const std::string text = json::write(webhook::verdict_document(verdict));
    const auto again = json::read(text, limits::json_depth, json::ZeroCharacter::accepted);
    require(again && json::write(*again) == text, "a verdict is canonical JSON");
}

/// What we sign can be refused for what it lacks, never for its signature.
void require_own_signature(const webhook::Scheme& scheme, std::string_view secret, const Delivery& given) {
    const webhook::Trust trust = trust_of(secret);
    Delivery plain{"POST", "https://hooks.example.com/in/hook", {}, given.body};
    const auto headers = webhook::sign(scheme, trust, plain, now);
    if (!headers) return;
    for (const auto& [name, value] : *headers) plain.headers.emplace_back(name, value);
    const webhook::Verdict verdict = webhook::verify(scheme, trust_of(secret), plain, now);
    require(verdict.reason != Errc::signature_mismatch, "what we sign has the right signature");
}

}  // namespace

void run(std::string_view input) {
    Parts parts(input);
    const auto found = schemes().find(parts.line());
    if (found == schemes().end()) return;
    const std::string_view secret = parts.line();
    const Delivery delivery = delivery_of(parts);
    webhook::Verdict verdict;
    {
        const MemoryBound bound(input.size(), 128 * kilobytes, 256);
        verdict = webhook::verify(found->second, trust_of(secret), delivery, now);
    }
    require_consistent(verdict);
    if (verdict.valid) {
        const auto wrong = webhook::verify(found->second, trust_of(std::string(secret) + "x"), delivery, now);
        if (wrong.valid && !wrong.response) require_equal(found->first, "", "another secret does not verify");
    }
    require_own_signature(found->second, secret, delivery);
}

}  // namespace tenon::fuzz
