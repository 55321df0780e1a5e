// Scheme documents: whatever compiles can be configured and judges a request; nothing unsigned is genuine.
#include "fuzz.hpp"
#include "tenon/base/json.hpp"
#include "tenon/webhook/scheme.hpp"
#include "tenon/webhook/verify.hpp"

namespace tenon::fuzz {
namespace {

using webhook::Delivery;

webhook::Trust trust() {
    webhook::Trust trust;
    trust.secrets.emplace_back(std::string("whsec_c2VjcmV0IG9mIHRoaXMgdGVzdA=="));
    trust.config.set("url", "https://example.com/hook");
    return trust;
}

void require_refused(const webhook::Scheme& scheme, const Delivery& delivery) {
    const webhook::Verdict verdict =
        webhook::verify(scheme, trust(), delivery, UnixTime(std::chrono::seconds(1'700'000'000)));
    require(!verdict.valid, "a request without any header is not genuine");
    require(verdict.reason.has_value() || verdict.need_key.has_value(), "a refusal has a reason");
}

}  // namespace

void run(std::string_view input) {
    const auto document = json::read(input);
    if (!document) return;
    Result<webhook::Scheme> scheme = fail(Errc::scheme_invalid);
    {
        const MemoryBound bound(input.size(), 4096 * kilobytes, 256);
        scheme = webhook::Scheme::compile(*document);
    }
    if (!scheme) {
        require(scheme.error().field.empty() || json::is_pointer(scheme.error().field),
                "an error has a pointer");
        return;
    }
    require_refused(*scheme,
                    Delivery{"POST", "https://example.com/hook?a=1&challenge=x", {}, "{\"id\":\"1\"}"});
    require_refused(*scheme, Delivery{"GET", "", {}, ""});
}

}  // namespace tenon::fuzz
