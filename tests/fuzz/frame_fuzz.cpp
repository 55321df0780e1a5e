// The C ABI: first byte an operation, rest its frame. What JavaScript can send, an edge function's caller can
// send.
#include <cstring>
#include <memory>

#include "fuzz.hpp"
#include "tenon.h"
#include "tenon/base/json.hpp"

namespace tenon::fuzz {
namespace {

constexpr std::uint32_t operations[] = {
    TENON_VERIFY,       TENON_OPEN_VERIFIER, TENON_CLOSE_VERIFIER, TENON_SIGN,          TENON_VERIFY_LINE,
    TENON_OPEN_SCHEMES, TENON_PREVIEW_LINE,  TENON_CHECK_CONFIG,   TENON_VALIDATE_LINE, TENON_RENDER_LINE};

}  // namespace

void run(std::string_view input) {
    if (input.empty()) return;
    const auto op = operations[static_cast<unsigned char>(input[0]) % std::size(operations)];
    const std::string_view frame = input.substr(1);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(frame.data());
    require(tenon_call(op, bytes, frame.size()) == 0, "the module has the operation");
    const std::string reply(reinterpret_cast<const char*>(tenon_reply()), tenon_reply_size());
    const auto document = json::read(reply, 512, json::ZeroCharacter::accepted);
    require(document && document->is_object(), "a reply is a JSON object");
    require_equal(json::write(*document), reply, "a reply is canonical");
    if (const json::Value* verifier = document->find("verifier")) {
        const std::string close = "{\"verifier\":" + json::write(*verifier) + "}";
        (void)tenon_call(TENON_CLOSE_VERIFIER, reinterpret_cast<const std::uint8_t*>(close.data()),
                         close.size());
    }
}

}  // namespace tenon::fuzz
