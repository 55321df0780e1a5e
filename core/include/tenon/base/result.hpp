#pragma once
// The one way a function of this project fails: it returns a Result.
// tl::expected is used because std::expected does not exist in all four compilers (docs/decisions/0002).

#include <tl/expected.hpp>
#include <utility>

#include "tenon/base/error.hpp"

namespace tenon {

/// Either a value or an Error. Every function that returns one is [[nodiscard]].
template <typename T>
using Result = tl::expected<T, Error>;

/// The failing half of a Result: `return fail(Errc::not_found, "/form_id");`
/// `field`: JSON Pointer or member name the error is about; `detail`: a sentence for people, which never
/// contains a credential, a token or a body.
[[nodiscard]] inline tl::unexpected<Error> fail(Errc code, std::string field = {}, std::string detail = {}) {
    return tl::unexpected<Error>(Error{code, std::move(field), std::move(detail)});
}

}  // namespace tenon

#define TENON_JOIN_(a, b) a##b
#define TENON_JOIN(a, b) TENON_JOIN_(a, b)

/// `TENON_TRY(auto x, expression)`: passes an error on to the caller, else declares `x` from the value.
#define TENON_TRY(declaration, expression) \
    TENON_TRY_AS_(TENON_JOIN(tried_, __LINE__), declaration, expression)
#define TENON_TRY_AS_(name, declaration, expression)                      \
    auto name = (expression);                                             \
    if (!name) [[unlikely]]                                               \
        return ::tl::unexpected<::tenon::Error>(std::move(name.error())); \
    declaration = std::move(*name)

/// The same for a Result<void>, or where the value is not wanted.
#define TENON_CHECK(expression)                                                   \
    do {                                                                          \
        if (auto checked_ = (expression); !checked_) [[unlikely]]                 \
            return ::tl::unexpected<::tenon::Error>(std::move(checked_.error())); \
    } while (false)

/// TENON_TRY and TENON_CHECK for coroutines (`co_return` instead of `return`).
#define TENON_CO_TRY(declaration, expression) \
    TENON_CO_TRY_AS_(TENON_JOIN(tried_, __LINE__), declaration, expression)
#define TENON_CO_TRY_AS_(name, declaration, expression)                      \
    auto name = (expression);                                                \
    if (!name) [[unlikely]]                                                  \
        co_return ::tl::unexpected<::tenon::Error>(std::move(name.error())); \
    declaration = std::move(*name)
#define TENON_CO_CHECK(expression)                                                      \
    do {                                                                                \
        if (auto co_checked_ = (expression); !co_checked_) [[unlikely]]                 \
            co_return ::tl::unexpected<::tenon::Error>(std::move(co_checked_.error())); \
    } while (false)
