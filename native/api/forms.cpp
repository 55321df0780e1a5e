#include "api/handlers.hpp"
#include "api/list.hpp"
#include "tenon/form/schema.hpp"

namespace tenon::api {
namespace {

json::Value show(const store::FormRow& form) {
    json::Object shown{{"id", form.id.text()}, {"name", form.name}};
    if (!form.schema.empty()) shown.append("schema", stored_json(form.schema));
    set_text(shown, "subject_pointer", form.subject_pointer);
    shown.append("version", form.version);
    set_time(shown, "created_at", form.created_at);
    set_time(shown, "updated_at", form.updated_at);
    return shown;
}

/// What the body says, checked. Made before the transaction: compiling a schema is no work for the writer.
struct FormChange {
    std::optional<std::string> name, schema, subject_pointer;

    void apply(store::FormRow& form) const {
        if (name) form.name = *name;
        if (schema) form.schema = *schema;
        if (subject_pointer) form.subject_pointer = *subject_pointer;
    }
};

/// A schema that could not be applied to a submission is refused now.
Result<FormChange> read_change(const json::Value& body) {
    if (const auto* is_public = body.find("public"); is_public != nullptr && is_public->as_boolean())
        return fail(Errc::not_supported, "/public",
                    "Public forms are not served by this version: submit with an API key.");
    FormChange change;
    if (const auto* name = body.find("name")) change.name = name->as_text();
    if (const auto* pointer = body.find("subject_pointer")) {
        if (!json::is_pointer(pointer->as_text()))
            return fail(Errc::validation_failed, "/subject_pointer", "Give a JSON Pointer such as /email.");
        change.subject_pointer = pointer->as_text();
    }
    if (const auto* schema = body.find("schema"); schema != nullptr && schema->is_null()) {
        change.schema.emplace();
    } else if (schema != nullptr) {
        auto compiled = form::Schema::compile(*schema);
        if (!compiled) {
            Error error = std::move(compiled.error());
            error.field = "/schema" + error.field;
            return tl::unexpected<Error>(std::move(error));
        }
        change.schema = write_in_order(*schema);
    }
    return change;
}

}  // namespace

asio::awaitable<Reply> create_form(Call& call) {
    store::FormRow form;
    form.created_at = form.updated_at = call.services.clock.now();
    form.id = FormId{new_uuid(form.created_at, call.services.random)};
    TENON_CO_TRY(const FormChange change, read_change(call.body));
    change.apply(form);
    auto work = [form](store::Unit& unit) { return unit.forms().insert(form); };
    TENON_CO_CHECK(co_await call.services.store.write(call.organisation(), std::move(work)));
    co_return answer_version(201, show(form), form.version);
}

asio::awaitable<Reply> list_forms(Call& call) {
    TENON_CO_TRY(const auto page, wanted_page(call));
    TENON_CO_TRY(auto rows, co_await call.services.store.read(call.organisation(), [page](store::Unit& unit) {
        return unit.forms().list(page);
    }));
    co_return answer_list(page, std::move(rows), show);
}

asio::awaitable<Reply> get_form(Call& call) {
    TENON_CO_TRY(const auto id, call.path_id<FormId>("form_id"));
    TENON_CO_TRY(const auto form,
                 co_await call.services.store.read(call.organisation(),
                                                   [id](store::Unit& unit) { return unit.forms().get(id); }));
    co_return answer_version(200, show(form), form.version);
}

asio::awaitable<Reply> change_form(Call& call) {
    TENON_CO_TRY(const auto id, call.path_id<FormId>("form_id"));
    TENON_CO_TRY(const auto wanted, wanted_version(call.request));
    TENON_CO_TRY(const FormChange change, read_change(call.body));
    const UnixTime now = call.services.clock.now();
    auto work = [id, wanted, change, now](store::Unit& unit) -> Result<store::FormRow> {
        TENON_TRY(store::FormRow row, unit.forms().get(id));
        TENON_CHECK(check_version(wanted, row.version));
        change.apply(row);
        row.updated_at = now;
        TENON_CHECK(unit.forms().update(row));
        ++row.version;
        return row;
    };
    TENON_CO_TRY(auto form, co_await call.services.store.write(call.organisation(), std::move(work)));
    co_return answer_version(200, show(form), form.version);
}

asio::awaitable<Reply> delete_form(Call& call) {
    TENON_CO_TRY(const auto id, call.path_id<FormId>("form_id"));
    TENON_CO_CHECK(co_await call.services.store.write(
        call.organisation(), [id](store::Unit& unit) { return unit.forms().erase(id); }));
    co_return no_content();
}

}  // namespace tenon::api
