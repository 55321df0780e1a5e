#pragma once
// A webhook request as the frames of the C ABI spell it.

#include <string_view>

#include "tenon/base/json.hpp"
#include "tenon/base/result.hpp"
#include "tenon/webhook/scheme.hpp"
#include "tenon/webhook/verify.hpp"

namespace tenon::abi {

/// `delivery` points into `header` and, for the body, into the frame.
struct Incoming {
    json::Value header;
    webhook::Delivery delivery;
    UnixTime now;
};

/// A frame that is one JSON object. Errors: those of json::read, not_an_object.
[[nodiscard]] Result<json::Value> read_object(std::string_view frame);
/// Fills delivery and now from `incoming.header`. Error: malformed_request (field).
[[nodiscard]] Result<void> read_request(Incoming& incoming);
/// The document at `scheme`. Errors: malformed_request, and those of Scheme::compile.
[[nodiscard]] Result<webhook::Scheme> scheme_of(const json::Value& object);

}  // namespace tenon::abi
