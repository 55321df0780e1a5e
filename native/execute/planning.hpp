#pragma once
// From a stored execution to the request that will be sent, and the documents recorded about it. No I/O.

#include <optional>
#include <string>

#include "net/http_client.hpp"
#include "store/rows.hpp"
#include "tenon/catalogue/load.hpp"
#include "tenon/execution/reply_class.hpp"
#include "tenon/mapping/preview.hpp"

namespace tenon::execute {

/// What a stored execution refers to in the catalogue. Pointers live as long as the catalogue.
struct Subject {
    const catalogue::Provider* provider = nullptr;
    const catalogue::Action* action = nullptr;
    const catalogue::Auth* auth = nullptr;
};

/// Errors: unknown_action, not_connected (no connection where the action needs one, or it is not active).
[[nodiscard]] Result<Subject> subject_of(const catalogue::Catalogue& catalogue,
                                         const store::ExecutionRow& execution,
                                         const std::optional<store::ConnectionRow>& connection);

/// The opened inputs of one plan, as JSON text.
struct PlanInput {
    std::string config;
    std::string payload;
    std::string meta;
    std::string facts;  ///< Of the connection; empty = none.
};

/// One request with its document as the preview shows it.
struct Plan {
    mapping::PlannedRequest request;
    std::string document;  ///< Canonical `request` of the preview.
};

/// The preview itself; its first error becomes the Error (field = pointer).
[[nodiscard]] Result<Plan> plan(const catalogue::Catalogue& catalogue, const Subject& subject,
                                const PlanInput& input);

/// {status, headers, body | body_base64}; bodies beyond `kept_reply_bytes` are cut and marked.
inline constexpr std::size_t kept_reply_bytes = 65'536;
[[nodiscard]] std::string reply_document(const net::InboundReply& reply);

}  // namespace tenon::execute
