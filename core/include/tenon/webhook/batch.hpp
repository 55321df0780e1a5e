#pragma once
// The command line's `verify --batch`, one line at a time, so that the native and both WebAssembly programs
// answer the same bytes.

#include <functional>
#include <string>
#include <string_view>

#include "tenon/base/json.hpp"
#include "tenon/base/result.hpp"
#include "tenon/webhook/verify.hpp"

namespace tenon::webhook {

/// The compiled scheme with this id; an error makes the verdict `scheme_unknown`.
using SchemeLookup = std::function<Result<Scheme>(std::string_view id)>;

/// `{"valid","reason"?,"id"?,"timestamp"?,"response"?,"need_key"?}`; `reason` only when invalid.
[[nodiscard]] json::Object verdict_document(const Verdict& verdict);

/// `line`:
/// `{"case"?,"scheme","secret"|"secrets","keys"?,"config"?,"method","url","headers":{name:value|[values]},
/// "body_base64","now_unix"}`; `scheme` is an id or a scheme document, `scheme_document` wins over it.
/// Answers the canonical verdict with `case`, or `{"error":{"code"}}` for a line that can't be read.
[[nodiscard]] std::string verify_line(std::string_view line, const SchemeLookup& find);

/// `secret` or `secrets`, `config` and `keys` of an object. Errors: malformed_request (field).
[[nodiscard]] Result<Trust> read_trust(const json::Value& object);

/// `{"error":{"code"[,"pointer"]}}`; the pointer only where the error names one.
[[nodiscard]] std::string error_line(const Error& error);

}  // namespace tenon::webhook
