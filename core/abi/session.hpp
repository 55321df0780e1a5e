#pragma once
// What lives behind the C ABI: the last reply, the prepared verifiers, and the table of operations that this
// module has. A module is made by linking one table; what the table doesn't name is not linked.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tenon/base/json.hpp"
#include "tenon/base/result.hpp"
#include "tenon/webhook/scheme.hpp"
#include "tenon/webhook/verify.hpp"

namespace tenon::abi {

/// State of operations that only the full module has.
struct FullState;

/// A scheme document by id, compiled when a line first names it.
struct KnownScheme {
    std::string id;
    json::Value document;
    std::optional<Result<webhook::Scheme>> compiled;
};

struct Session {
    Session();
    ~Session();

    std::string reply;
    std::vector<std::unique_ptr<webhook::Verifier>> verifiers;  ///< Handle = index + 1; a closed one is null.
    std::vector<KnownScheme> schemes;
    std::unique_ptr<FullState> full;  ///< Made when first needed.
};

/// `frame` is not kept. Answers the reply; never fails.
using Operation = std::string (*)(Session& session, std::string_view frame);

struct OperationRow {
    std::uint32_t op = 0;
    Operation run = nullptr;
};

/// Defined once per module (verify_table.cpp or full_table.cpp).
[[nodiscard]] std::span<const OperationRow> operations();

std::string verify(Session& session, std::string_view frame);
std::string open_verifier(Session& session, std::string_view frame);
std::string close_verifier(Session& session, std::string_view frame);
std::string sign(Session& session, std::string_view frame);
std::string verify_line(Session& session, std::string_view frame);
std::string open_schemes(Session& session, std::string_view frame);

std::string open_catalogue(Session& session, std::string_view frame);
std::string preview_line(Session& session, std::string_view frame);
std::string check_config(Session& session, std::string_view frame);
std::string validate_line(Session& session, std::string_view frame);
std::string render_line(Session& session, std::string_view frame);

}  // namespace tenon::abi
