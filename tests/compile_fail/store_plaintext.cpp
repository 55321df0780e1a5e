// A column of envelopes takes no plain text.
#include <string>
#include <utility>

#include "store/rows.hpp"

void keep(tenon::store::SubmissionRow& row, tenon::store::Sealed sealed) { row.payload = std::move(sealed); }

#ifdef MISUSE
void leak(tenon::store::SubmissionRow& row, const std::string& plaintext) { row.payload = plaintext; }
#endif
