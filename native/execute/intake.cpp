#include "execute/intake.hpp"

#include "fanout/rows.hpp"
#include "tenon/mapping/preview.hpp"

namespace tenon::execute {

namespace {

/// A mapping of nothing: its preview reads the submission, checks every limit and applies the form's schema,
/// and that is all it does. So the submission is judged by the same code that the page and the edge run.
constexpr std::string_view reads_only = R"({"action":"none","field_mappings":{},"provider":"none"})";

/// Findings of the submission alone; empty = good. Pointers lose their `/submission` prefix: the body is the
/// root.
json::Array findings(const std::string& body, const std::string& schema) {
    mapping::PreviewInput input{reads_only, body, {}, {}, {}, {}};
    if (!schema.empty()) input.schema = schema;
    const auto preview = mapping::preview(input);
    json::Array found;
    for (const auto& error : preview.document.find("errors")->as_array()) {
        json::Object entry = error.as_object();
        constexpr std::string_view prefix = "/submission";
        const std::string_view pointer = error.text_at("pointer");
        if (pointer.substr(0, prefix.size()) == prefix)
            entry.set("pointer", std::string(pointer.substr(prefix.size())));
        found.emplace_back(std::move(entry));
    }
    return found;
}

/// One error for the status line: what could not be read at all keeps its own code, the rest is
/// validation_failed.
Error headline(const json::Array& found) {
    const auto code = errc_from_id(found.front().text_at("code")).value_or(Errc::internal);
    if (status_of(code) != 422)
        return {code, {}, "Correct the body and submit it again; nothing was stored."};
    return {Errc::validation_failed,
            {},
            "The submission does not satisfy the form; see errors. Nothing was stored."};
}

struct FormWithIntegrations {
    store::FormRow form;
    std::vector<store::IntegrationRow> integrations;
};

/// Everything one submission adds, sealed and ready for the transaction.
struct Batch {
    store::SubmissionRow submission;
    std::vector<store::ExecutionRow> executions;
};

Result<void> insert(store::Unit& unit, const Batch& batch, Random& random) {
    TENON_CHECK(unit.submissions().insert(batch.submission));
    TENON_CHECK(unit.records().add_change("submission", batch.submission.id.text(), batch.submission.status,
                                          batch.submission.created_at));
    return fanout::insert(unit, batch.executions, random);
}

}  // namespace

Intake::Intake(store::Store& store, vault::Vault& vault, Clock& clock, Random& random, Wake wake)
    : store_(store), vault_(vault), clock_(clock), random_(random), wake_(std::move(wake)) {}

asio::awaitable<tl::expected<Accepted, Refusal>> Intake::accept(store::Organisation organisation, FormId form,
                                                                std::string body, std::string language,
                                                                std::string page_url) {
    const auto refuse = [](Error error) { return tl::unexpected<Refusal>(Refusal{std::move(error), {}}); };
    auto loaded =
        co_await store_.read(organisation, [form](store::Unit& unit) -> Result<FormWithIntegrations> {
            FormWithIntegrations both;
            TENON_TRY(both.form, unit.forms().get(form));
            TENON_TRY(both.integrations, unit.integrations().active_of_form(form));
            return both;
        });
    if (!loaded) co_return refuse(std::move(loaded.error()));

    if (auto found = findings(body, loaded->form.schema); !found.empty()) {
        auto error = headline(found);
        co_return tl::unexpected<Refusal>(Refusal{std::move(error), std::move(found)});
    }
    const auto now = clock_.now();
    Batch batch;
    batch.submission.id = SubmissionId{new_uuid(now, random_)};
    batch.submission.form_id = form;
    batch.submission.created_at = now;
    const auto parsed = json::read(body);  // can't fail: the preview has read it
    if (!parsed) co_return refuse(parsed.error());
    auto executions =
        fanout::fan_out(loaded->integrations, &*parsed, {batch.submission.id, {}}, now, random_);
    if (!executions) co_return refuse(std::move(executions.error()));
    batch.executions = std::move(*executions);
    batch.submission.status = batch.executions.empty() ? "succeeded" : "accepted";

    const auto row = batch.submission.id.text();
    auto payload = vault_.seal(organisation, {"submissions", row, "payload"}, body);
    if (!payload) co_return refuse(std::move(payload.error()));
    batch.submission.payload = std::move(*payload);
    const auto meta = json::write(fanout::meta_of(batch.submission, loaded->form, language, page_url));
    auto sealed_meta = vault_.seal(organisation, {"submissions", row, "meta"}, meta);
    if (!sealed_meta) co_return refuse(std::move(sealed_meta.error()));
    batch.submission.meta = std::move(*sealed_meta);

    Accepted accepted{batch.submission.id, {}, batch.submission.status};
    for (const auto& execution : batch.executions) accepted.executions.push_back(execution.id);
    auto work = [this, batch = std::move(batch)](store::Unit& unit) { return insert(unit, batch, random_); };
    auto written = co_await store_.write(organisation, std::move(work));
    if (!written) co_return refuse(std::move(written.error()));
    if (!accepted.executions.empty()) wake_();
    co_return accepted;
}

asio::awaitable<Result<store::ExecutionRow>> Intake::replay(store::Organisation organisation,
                                                            ExecutionId id) {
    auto again =
        co_await store_.write(organisation, [this, id](store::Unit& unit) -> Result<store::ExecutionRow> {
            TENON_TRY(const auto old, unit.executions().get(id));
            if (!fanout::has_ended(old.status))
                return fail(Errc::conflict, {},
                            "The execution has not ended; wait for it or cancel it first.");
            auto fresh = fanout::replay_of(old, clock_.now(), random_);
            TENON_CHECK(unit.executions().insert(fresh));
            TENON_CHECK(unit.jobs().insert(fanout::job_for(fresh, fresh.created_at, random_)));
            TENON_CHECK(
                unit.records().add_change("execution", fresh.id.text(), fresh.status, fresh.created_at));
            if (fresh.submission_id)
                TENON_CHECK(unit.submissions().set_status(*fresh.submission_id, "running"));
            return fresh;
        });
    if (again) wake_();
    co_return again;
}

asio::awaitable<Result<store::ExecutionRow>> Intake::cancel(store::Organisation organisation,
                                                            ExecutionId id) {
    co_return co_await store_.write(
        organisation, [this, id](store::Unit& unit) -> Result<store::ExecutionRow> {
            TENON_TRY(auto row, unit.executions().get(id));
            if (row.status != "waiting") {
                if (row.status != "pending" && row.status != "retrying")
                    return fail(
                        Errc::conflict, {},
                        "Only an execution that waits can be cancelled; this one is " + row.status + ".");
                auto withdrawn = unit.jobs().withdraw(fanout::execution_job, id.text());
                if (!withdrawn) return fail(Errc::conflict, {}, "The execution has just started.");
            }
            row.status = "cancelled";
            row.error_code = id_of(Errc::cancelled);
            row.error_message = "Cancelled before it was sent; nothing was changed at the provider.";
            row.finished_at = clock_.now();
            row.next_attempt_at.reset();
            TENON_CHECK(unit.executions().update(row));
            TENON_CHECK(unit.records().add_change("execution", id.text(), row.status, *row.finished_at));
            TENON_CHECK(fanout::advance(unit, row, *row.finished_at, random_));
            return row;
        });
}

}  // namespace tenon::execute
