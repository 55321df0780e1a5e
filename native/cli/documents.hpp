#pragma once
// The catalogue and the webhook schemes as the programs use them: what is built in, and a folder that an
// operator adds.

#include <set>
#include <string>
#include <string_view>

#include "ingest/receive.hpp"
#include "tenon/base/result.hpp"
#include "tenon/catalogue/load.hpp"

namespace tenon::cli {

/// The built-in providers and those of `folder` (empty = none; files `<id>.json`). Errors: provider_invalid
/// (field = file and pointer), already_exists for an id or alias that is built in, unavailable.
[[nodiscard]] Result<catalogue::Catalogue> load_catalogue(const std::string& folder);

/// Every built-in scheme that this version can interpret.
[[nodiscard]] ingest::Schemes load_schemes();
/// One of them. Errors: scheme_unknown, not_supported.
[[nodiscard]] Result<webhook::Scheme> load_scheme(std::string_view id);
/// Ids of the schemes whose provider asks before it sends.
[[nodiscard]] std::set<std::string, std::less<>> handshake_schemes();

/// Findings of every `<id>.json` of `folder`, or of the built-in documents when it is empty:
/// `{"files":[{"file","findings":[{"pointer","message"}]}],"valid":bool}`. Error: unavailable.
[[nodiscard]] Result<json::Value> lint_providers(const std::string& folder);

}  // namespace tenon::cli
