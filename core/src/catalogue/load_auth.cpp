#include "load_parts.hpp"
#include "tenon/base/text.hpp"

namespace tenon::catalogue {

Result<Pattern> load_pattern(const Place& parent) {
    TENON_TRY(const Place place, required(parent, "pattern"));
    TENON_TRY(const std::string text, text_of(place));
    auto pattern = Pattern::compile(text);
    if (!pattern) return place.wrong("pattern is not in the supported syntax");
    return pattern;
}

namespace {

Result<Field> load_field(const Place& place) {
    TENON_TRY(Pattern pattern, load_pattern(place));
    TENON_TRY(std::string name, required_text(place, "name"));
    TENON_TRY(std::string label, required_text(place, "label"));
    TENON_TRY(std::string help, optional_text(place, "help"));
    TENON_TRY(const Place secret, required(place, "secret"));
    if (!secret.value->is_boolean()) return secret.wrong("must be true or false");
    TENON_TRY(const std::int64_t max, optional_number(place, "max", 1000, 1, 20'000));
    return Field{std::move(name),
                 std::move(label),
                 std::move(help),
                 secret.value->as_boolean(),
                 std::string(place.value->text_at("pattern")),
                 std::move(pattern),
                 static_cast<std::size_t>(max)};
}

Result<Apply> load_apply(const Place& place) {
    Apply out;
    TENON_TRY(const Place kind, required(place, "kind"));
    TENON_TRY(const std::string text, text_of(kind));
    bool known = false;
    for (const ApplyKind each : {ApplyKind::none, ApplyKind::bearer, ApplyKind::basic, ApplyKind::header,
                                 ApplyKind::query, ApplyKind::standard_webhooks, ApplyKind::url}) {
        if (text != name_of(each)) continue;
        out.kind = each;
        known = true;
    }
    if (!known) return kind.wrong("no such way to apply a credential");
    if (out.kind == ApplyKind::none) return out;
    if (out.kind == ApplyKind::header || out.kind == ApplyKind::query) {
        TENON_TRY(out.name, required_text(place, "name"));
        if (out.kind == ApplyKind::header) out.name = text::lower_ascii(out.name);
    }
    if (out.kind == ApplyKind::basic) {
        TENON_TRY(out.fields, texts_of(place, "fields"));
        if (out.fields.size() != 2) return place.wrong("basic needs two fields");
        return out;
    }
    TENON_TRY(std::string field, required_text(place, "field"));
    out.fields.push_back(std::move(field));
    return out;
}

/// True for kinds whose credential comes from a token endpoint.
bool is_granted(std::string_view kind) { return kind == "oauth2" || kind == "client_credentials"; }

Result<void> check_apply(const Place& place, const Auth& auth) {
    if (auth.apply.kind == ApplyKind::url && auth.kind != "webhook_url")
        return place.wrong("a credential is the URL only with webhook_url");
    if (auth.kind == "webhook_url" && auth.apply.kind != ApplyKind::url)
        return place.wrong("webhook_url applies its credential as the URL");
    for (const std::string& name : auth.apply.fields) {
        const bool granted = is_granted(auth.kind) && (name == "access_token");
        if (!granted && auth.field(name) == nullptr) return place.wrong("no such field in this kind");
    }
    return {};
}

}  // namespace

Result<Auth> load_auth(const Place& place) {
    Auth out;
    TENON_TRY(out.kind, required_text(place, "kind"));
    TENON_TRY(const auto fields, items_of(place, "fields"));
    for (const Place& item : fields) {
        TENON_TRY(Field field, load_field(item));
        if (out.field(field.name) != nullptr) return item.wrong("a field of this name exists");
        out.fields.push_back(std::move(field));
    }
    TENON_TRY(const auto applies, items_of(place, "apply"));
    const Place apply = place.member("apply");
    if (applies.size() > 1)  // a template has one place for a credential (spec/MAPPING.md 8)
        return fail(Errc::not_supported, apply.at, "only one way to apply a credential is supported");
    if (applies.size() == 1) {
        TENON_TRY(out.apply, load_apply(applies.front()));
        TENON_CHECK(check_apply(applies.front(), out));
    }
    return out;
}

}  // namespace tenon::catalogue
