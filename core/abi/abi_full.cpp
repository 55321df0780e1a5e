// The operations that only the full module has: the page's preview and what the command lines need besides.
#include "full_state.hpp"
#include "incoming.hpp"
#include "tenon/mapping/batch.hpp"
#include "tenon/webhook/batch.hpp"
#include "validate_line.hpp"

namespace tenon::abi {
namespace {

using webhook::error_line;

Result<catalogue::Catalogue> read_catalogue(std::string_view frame) {
    TENON_TRY(json::Value request, read_object(frame));
    json::Value* documents = request.as_object().find("providers");
    if (documents == nullptr || !documents->is_array()) return fail(Errc::malformed_request, "/providers");
    std::vector<catalogue::Provider> providers;
    for (json::Value& document : documents->as_array()) {
        TENON_TRY(catalogue::Provider provider, catalogue::load(std::move(document)));
        providers.push_back(std::move(provider));
    }
    return catalogue::Catalogue::create(std::move(providers));
}

}  // namespace

std::string open_catalogue(Session& session, std::string_view frame) {
    auto catalogue = read_catalogue(frame);
    if (!catalogue) return error_line(catalogue.error());
    session.full = std::make_unique<FullState>(FullState{std::move(*catalogue)});
    return "{}";
}

std::string preview_line(Session& session, std::string_view frame) {
    if (session.full == nullptr) return mapping::preview_line(frame);
    const catalogue::Catalogue& catalogue = session.full->catalogue;
    return mapping::preview_line(frame, [&catalogue](std::string_view provider, std::string_view action) {
        return catalogue.action_template(provider, action);
    });
}

std::string check_config(Session& session, std::string_view frame) {
    (void)session;
    return mapping::check_config_line(frame);
}

std::string render_line(Session& session, std::string_view frame) {
    (void)session;
    return mapping::render_line(frame);
}

std::string validate_line(Session& session, std::string_view frame) {
    (void)session;
    return form::validate_line(frame);
}

}  // namespace tenon::abi
