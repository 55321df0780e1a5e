#pragma once
// One line of `validate --batch`; shared by the C ABI and the native command line.

#include <string>
#include <string_view>

namespace tenon::form {

/// `{"schema","data","documents"?:{uri: schema},"format_assertion"?:false}` answers
/// `{"valid":bool,"errors":[{"instance_location","keyword_location","error"}…]}`; a bad schema answers
/// `{"error":{"code","pointer"}}`, a line that can't be read `{"error":{"code"}}`.
[[nodiscard]] std::string validate_line(std::string_view line);

}  // namespace tenon::form
