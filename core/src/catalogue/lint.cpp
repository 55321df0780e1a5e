#include <algorithm>

#include "bounded_host.hpp"
#include "lint_template.hpp"
#include "tenon/catalogue/load.hpp"
#include "tenon/catalogue/validate.hpp"

namespace tenon::catalogue {

namespace {

using Names = std::vector<std::string>;

bool contains(const Names& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// The texts `member` of every item of the list `list`.
Names names_in(const json::Value& document, std::string_view list, std::string_view member) {
    Names out;
    const json::Value* items = document.find(list);
    if (items == nullptr || !items->is_array()) return out;
    for (const json::Value& item : items->as_array()) out.emplace_back(item.text_at(member));
    return out;
}

class Lint {
public:
    explicit Lint(const Provider& provider) : provider_(provider) {}

    std::vector<Finding> run() {
        names();
        hosts();
        lint_template(provider_, json::Value(provider_.defaults), "/defaults", findings_);
        for (std::size_t i = 0; i < provider_.actions.size(); ++i)
            action(provider_.actions[i], "/actions/" + std::to_string(i));
        requests_elsewhere();
        references();
        std::sort(findings_.begin(), findings_.end(), [](const Finding& a, const Finding& b) {
            return a.pointer != b.pointer ? a.pointer < b.pointer : a.message < b.message;
        });
        return std::move(findings_);
    }

private:
    void add(std::string at, std::string message) {
        findings_.push_back({std::move(at), std::move(message)});
    }

    void names() {
        if (contains(provider_.aliases, provider_.id)) add("/aliases", "the id is no alias");
    }

    void hosts() {
        for (std::size_t i = 0; i < provider_.auth.size(); ++i) {
            const Auth& auth = provider_.auth[i];
            if (auth.apply.kind != ApplyKind::url) continue;
            for (const std::string& name : auth.apply.fields)
                if (const Field* field = auth.field(name);
                    field != nullptr && !is_bounded_url(field->pattern_text))
                    add("/auth/" + std::to_string(i),
                        "the pattern must keep the URL on the provider's hosts");
        }
    }

    /// A variable in a host must be bounded by its pattern.
    void base_of(const json::Value& request, const std::string& at) {
        std::string_view base = request.text_at("base");
        if (base.empty() && request.find("url") == nullptr) {
            const json::Value* fallback = provider_.defaults.find("base");
            if (fallback != nullptr && fallback->is_text()) base = fallback->as_text();
        }
        for (const Variable& variable : provider_.variables)
            if (base.find("{/connection/" + variable.name + "}") != std::string_view::npos &&
                !is_bounded_host(variable.pattern_text))
                add(at + "/base", "the pattern of " + variable.name + " must end in a literal domain");
    }

    void request(const json::Value& request, const std::string& at) {
        lint_template(provider_, request, at, findings_);
        base_of(request, at);
    }

    void action(const Action& action, const std::string& at) {
        const bool has_steps = provider_.document.find("actions")->as_array()[index_of(action)].find("steps");
        for (std::size_t i = 0; i < action.steps.size(); ++i) {
            const std::string here =
                has_steps ? at + "/steps/" + std::to_string(i) + "/request" : at + "/request";
            request(action.steps[i].request, here);
            destination(action, action.steps[i], here);
        }
        kept_facts(action, at);
        scopes(action, at);
        outputs(action, at);
        examples(action, at);
    }

    std::size_t index_of(const Action& action) const {
        return static_cast<std::size_t>(&action - provider_.actions.data());
    }

    /// Where a credential may go: to a fixed base, to a URL that is the credential, or signed to a typed URL.
    void destination(const Action& action, const Step& step, const std::string& at) {
        const bool typed = step.request.find("url") != nullptr;
        const bool fixed = step.request.find("path") != nullptr;
        for (const Auth& auth : provider_.auth) {
            if (!action.allows(auth.kind)) continue;
            const ApplyKind kind = auth.apply.kind;
            if (typed && kind != ApplyKind::none && kind != ApplyKind::standard_webhooks)
                add(at + "/url", "a stored credential never goes to a URL from the config");
            if (kind == ApplyKind::url && (typed || fixed || step.request.find("base") != nullptr))
                add(at, "with a URL as credential the request has no base, path or url");
            if (kind != ApplyKind::url && !typed && !fixed) add(at, "has no path");
        }
    }

    void kept_facts(const Action& action, const std::string& at) {
        const json::Value* properties = action.config.find("properties");
        for (const Step* step : action.reading_steps())
            if (properties == nullptr || properties->find(step->keep_as) == nullptr)
                add(at + "/steps", step->keep_as + " is not declared in config");
    }

    void scopes(const Action& action, const std::string& at) {
        const json::Value* auths = provider_.document.find("auth");
        for (const json::Value& auth : auths->as_array()) {
            const json::Value* offered = auth.find("scopes");
            if (offered == nullptr || !action.allows(auth.text_at("kind"))) continue;
            Names askable;
            for (const std::string_view part : {"default", "optional"})
                if (const json::Value* list = offered->find(part); list != nullptr && list->is_array())
                    for (const json::Value& scope : list->as_array())
                        if (scope.is_text()) askable.push_back(scope.as_text());
            for (const std::string& scope : action.scopes)
                if (!contains(askable, scope)) add(at + "/scopes", scope + " can't be asked for");
        }
    }

    void outputs(const Action& action, const std::string& at) {
        for (const json::Value& auth : provider_.document.find("auth")->as_array()) {
            const json::Value* secrets = json::resolve(auth, "/reply/secrets");
            if (secrets == nullptr || !secrets->is_object()) continue;
            for (const Output& output : action.outputs)
                for (const json::Member& secret : secrets->as_object())
                    if (secret.value.is_text() && secret.value.as_text() == output.from)
                        add(at + "/outputs/" + json::escape_token(output.name), "is a secret");
        }
    }

    void examples(const Action& action, const std::string& at) {
        const json::Value& document = provider_.document.find("actions")->as_array()[index_of(action)];
        const json::Value* examples = document.find("examples");
        if (examples == nullptr || !examples->is_array()) return;
        for (std::size_t i = 0; i < examples->as_array().size(); ++i) {
            const json::Value* target_config = examples->as_array()[i].find("target_config");
            if (target_config == nullptr) continue;
            const std::string here = at + "/examples/" + std::to_string(i) + "/target_config";
            for (const form::Failure& failure : check_target_config(action, *target_config))
                add(here + failure.instance_location, failure.error);
        }
    }

    void requests_elsewhere() {
        for (const std::string_view list : {"targets", "streams"})
            if (const json::Value* items = provider_.document.find(list);
                items != nullptr && items->is_array())
                for (std::size_t i = 0; i < items->as_array().size(); ++i)
                    if (const json::Value* found = items->as_array()[i].find("request"))
                        request(*found, "/" + std::string(list) + "/" + std::to_string(i) + "/request");
        if (const json::Value* health = provider_.document.find("health")) request(*health, "/health");
        if (const json::Value* account = json::resolve(provider_.document, "/account/request"))
            request(*account, "/account/request");
    }

    void references() {
        const json::Value& document = provider_.document;
        const Names kinds = names_in(document, "targets", "kind");
        const Names streams = names_in(document, "streams", "id");
        Names pages;
        if (const json::Value* styles = document.find("pages"); styles != nullptr && styles->is_object())
            for (const json::Member& style : styles->as_object()) pages.push_back(style.name);
        for (const std::string_view list : {"targets", "streams"}) {
            refer(names_in(document, list, "pages"), pages, list, "pages");
            refer(names_in(document, list, "needs"), kinds, list, "needs");
        }
        refer(names_in(document, "actions", "columns"), kinds, "actions", "columns");
        limits(kinds, streams);
        const json::Value* fetch = json::resolve(document, "/webhook/fetch");
        if (fetch != nullptr && fetch->is_text() && !contains(streams, fetch->as_text()))
            add("/webhook/fetch", "no such stream");
    }

    void refer(const Names& used, const Names& known, std::string_view list, std::string_view member) {
        for (std::size_t i = 0; i < used.size(); ++i)
            if (!used[i].empty() && !contains(known, used[i]))
                add("/" + std::string(list) + "/" + std::to_string(i) + "/" + std::string(member),
                    used[i] + " is not declared");
    }

    void limits(const Names& kinds, const Names& streams) {
        const json::Value* limits = provider_.document.find("limits");
        if (limits == nullptr || !limits->is_array()) return;
        for (std::size_t i = 0; i < limits->as_array().size(); ++i) {
            const json::Value* of = limits->as_array()[i].find("of");
            if (of == nullptr || !of->is_array()) continue;
            for (const json::Value& name : of->as_array())
                if (name.is_text() && !contains(kinds, name.as_text()) &&
                    !contains(streams, name.as_text()) && provider_.action(name.as_text()) == nullptr)
                    add("/limits/" + std::to_string(i) + "/of", name.as_text() + " is not declared");
        }
    }

    const Provider& provider_;
    std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> lint_meaning(const Provider& provider) { return Lint(provider).run(); }

std::vector<Finding> lint(const json::Value& document, const form::Schema& schema,
                          std::string_view file_stem) {
    std::vector<Finding> out;
    for (form::Failure& failure : schema.validate(document))
        out.push_back({std::move(failure.instance_location), failure.keyword + ": " + failure.error});
    if (!out.empty()) return out;
    const Result<Provider> provider = load(document);
    if (!provider) return {{provider.error().field, provider.error().detail}};
    out = lint_meaning(*provider);
    if (!file_stem.empty() && file_stem != provider->id)
        out.insert(out.begin(), Finding{"/id", "must be the file's name"});
    return out;
}

}  // namespace tenon::catalogue
