#include "store/sqlite/rows_by_id.hpp"

namespace tenon::store::sqlite {

Result<void> SqliteForms::insert(const FormRow& row) { return insert_row(scope_, row); }
Result<FormRow> SqliteForms::get(FormId id) { return get_row<FormRow>(scope_, id); }
Result<std::vector<FormRow>> SqliteForms::list(const Page& page) { return list_rows<FormRow>(scope_, page); }

Result<void> SqliteForms::update(const FormRow& row) {
    return update_version(
        scope_,
        "UPDATE forms SET name = ?3, schema = ?4, subject_pointer = ?5, version = version + 1,"
        " updated_at = ?8 WHERE organisation_id = ?1 AND id = ?2 AND version = ?6",
        row);
}

Result<void> SqliteForms::erase(FormId id) {
    auto erased = change_one(scope_,
                             "DELETE FROM forms WHERE organisation_id = ?1 AND id = ?2 AND NOT EXISTS"
                             " (SELECT 1 FROM submissions WHERE organisation_id = ?1 AND form_id = ?2)",
                             id);
    if (erased || erased.error().code != Errc::not_found) return erased;
    TENON_CHECK(get(id));
    return fail(Errc::conflict, {}, "the form has submissions");
}

}  // namespace tenon::store::sqlite
