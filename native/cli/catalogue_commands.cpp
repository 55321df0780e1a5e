#include "cli/commands.hpp"
#include "cli/documents.hpp"
#include "cli/files.hpp"

namespace tenon::cli {

int run_providers(const std::string& id, const std::string& folder) {
    const auto catalogue = load_catalogue(folder);
    if (!catalogue) return complain(bad_input, catalogue.error());
    if (!id.empty()) {
        const auto* provider = catalogue->provider(id);
        if (provider == nullptr) return complain(answer_is_no, "no provider has this id: " + id);
        print(json::write(provider->document));
        return done;
    }
    json::Array list;
    for (const auto& provider : catalogue->providers()) {
        json::Array actions;
        for (const auto& action : provider.actions) actions.emplace_back(action.id);
        list.emplace_back(
            json::Object{{"id", provider.id}, {"name", provider.name}, {"actions", std::move(actions)}});
    }
    print(json::write(json::Object{{"providers", std::move(list)}}));
    return done;
}

int run_lint(const std::string& folder) {
    const auto found = lint_providers(folder);
    if (!found) return complain(bad_input, found.error());
    print(json::write(*found));
    return found->find("valid")->as_boolean() ? done : answer_is_no;
}

}  // namespace tenon::cli
