#include "store/sqlite/rows_by_id.hpp"

namespace tenon::store::sqlite {
namespace {

constexpr auto of_form = sql("SELECT ", Table<SubmissionRow>::names,
                             " FROM submissions WHERE organisation_id = ? AND form_id = ? AND id < ?"
                             " ORDER BY id DESC LIMIT ?");

}  // namespace

Result<void> SqliteSubmissions::insert(const SubmissionRow& row) { return insert_row(scope_, row); }
Result<SubmissionRow> SqliteSubmissions::get(SubmissionId id) { return get_row<SubmissionRow>(scope_, id); }

Result<std::vector<SubmissionRow>> SqliteSubmissions::list(std::optional<FormId> form, const Page& page) {
    if (!form) return list_rows<SubmissionRow>(scope_, page);
    Query query(scope_.connection, of_form);
    query.bind(scope_.organisation, *form, upper_bound(page), row_limit(page.limit));
    return fetch_all<SubmissionRow>(query);
}

Result<void> SqliteSubmissions::set_status(SubmissionId id, std::string_view status) {
    return change_one(scope_, "UPDATE submissions SET status = ?3 WHERE organisation_id = ?1 AND id = ?2", id,
                      status);
}

}  // namespace tenon::store::sqlite
