#pragma once
// Errors as RFC 9457 problem documents.

#include <string_view>

#include "http/message.hpp"
#include "tenon/base/error.hpp"
#include "tenon/base/json.hpp"

namespace tenon::http {

/// `{type:"/problems/<code>",title,status,code,detail,request_id,errors?}` as application/problem+json, with
/// the status of the error table. `detail` is the title where the error has none. `errors`: rows
/// `{pointer,code,message}`; without any, an error with a field gets one row made of itself.
[[nodiscard]] Response problem(const Error& error, std::string_view request_id, json::Array errors = {});

/// One row of `errors`. `field`: a JSON Pointer, or a member's name, which becomes one.
[[nodiscard]] json::Value problem_row(const Error& error);

}  // namespace tenon::http
