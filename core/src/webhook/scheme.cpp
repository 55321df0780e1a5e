// A whole scheme document: the order of its members does not matter, what it can't do is refused here.
#include "tenon/webhook/scheme.hpp"

#include "compile.hpp"
#include "tenon/base/text.hpp"

namespace tenon::webhook {
namespace {

void compile_algorithm(Compiler& compiler, const Item& document) {
    const Item item = document.member("algorithm");
    if (!item) return compiler.invalid(document);
    Scheme::Plan& plan = compiler.plan;
    if (item.value->is_text()) {
        plan.method = compiler.method(item, item.value->as_text());
    } else if (item.value->is_object() && item.value->as_object().size() == 1) {
        const json::Member& choice = *item.value->as_object().begin();
        const Item values = item.member(choice.name);
        plan.method_from = compiler.part_of_text(values, choice.name);
        if (!values || !values.value->is_object()) return compiler.invalid(item);
        for (const json::Member& value : values.value->as_object())
            plan.methods.emplace_back(
                value.name, compiler.method(values.member(value.name), compiler.text(values, value.name)));
        if (plan.methods.empty()) return compiler.invalid(item);
        plan.method = plan.methods[0].second;  // all of one family, which decides what a key is
        for (const auto& [value, method] : plan.methods)
            if (method.algorithm != plan.method.algorithm) compiler.unsupported(values);
    } else {
        return compiler.unsupported(item);
    }
    plan.encoding = compiler.encoding(document.member("encoding"), compiler.text(document, "encoding"));
}

void compile_messages(Compiler& compiler, const Item& document) {
    if (compiler.plan.method.algorithm == Algorithm::jwt) return;  // the token says what is signed
    const Item any = document.member("message_any");
    for (std::size_t i = 0; i < any.size(); ++i) {
        const Item list = any.element(i);
        compiler.plan.messages.push_back(compiler.message(list));
    }
    if (!compiler.plan.messages.empty()) return;
    const Item one = document.member("message");
    if (!one || any) return compiler.invalid(document);
    compiler.plan.messages.push_back(compiler.message(one));
}

bool mentions(const Message& message, const Part& wanted) {
    for (const Part& part : message) {
        const bool is_same = part.kind == wanted.kind && part.text == wanted.text &&
                             part.slots == wanted.slots && part.path == wanted.path;
        if (is_same || mentions(part.of, wanted)) return true;
    }
    return false;
}

/// A time inside the body is looked at after the MAC, unless it is a part of its own in what is signed.
void place_timestamp(Scheme::Plan& plan) {
    if (!plan.timestamp) return;
    const Part& from = plan.timestamp->from;
    if (from.kind != PartKind::json && from.kind != PartKind::form) return;
    bool is_signed_part = false;
    for (const Message& message : plan.messages) is_signed_part = is_signed_part || mentions(message, from);
    plan.timestamp->before_mac = is_signed_part;
}

void compile_content_type(Compiler& compiler, const Item& when) {
    ContentTypeRule rule;
    rule.media_type = compiler.text(when, "content_type");
    rule.negated = rule.media_type.empty();
    if (rule.negated) rule.media_type = compiler.text(when, "content_type_not");
    if (rule.media_type.empty()) return compiler.unsupported(when);
    rule.media_type = text::lower_ascii(rule.media_type);
    rule.slot = compiler.slot("content-type");
    compiler.plan.content_type = std::move(rule);
}

void compile_conditions(Compiler& compiler, const Item& document) {
    if (const Item require = document.member("require")) compiler.requirements(require);
    if (const Item when = document.member("when")) compile_content_type(compiler, when);
    compiler.plan.checks = compiler.checks(document.member("check"));
    if (const Item json_root = document.member("json_root")) {
        compiler.plan.json_root = compiler.part(json_root);
        if (compiler.plan.json_root->kind == PartKind::json) compiler.invalid(json_root);
    }
    if (const Item each = document.member("each")) {
        constexpr std::string_view json = "json:";
        const std::string_view text = compiler.text(document, "each");
        if (text.substr(0, json.size()) != json) return compiler.unsupported(each);
        compiler.plan.each = compiler.path(each, text.substr(json.size()));
    }
}

void compile_document(Compiler& compiler, const Item& document) {
    compiler.plan.id = compiler.text(document, "id");
    compile_algorithm(compiler, document);
    const Item signature = document.member("signature");
    if (!signature) return compiler.invalid(document);
    compiler.signature(signature, compiler.plan.signature);
    compile_messages(compiler, document);
    if (const Item key = document.member("key")) compiler.key(key);
    const bool is_jwt = compiler.plan.method.algorithm == Algorithm::jwt;
    if (const Item jwt = document.member("jwt")) compiler.jwt(jwt);
    if (is_jwt != compiler.plan.jwt.has_value()) compiler.invalid(document);
    if (const Item rule = document.member("rfc9421")) compiler.http_signature(rule);
    if (const Item variants = document.member("url_variants")) {
        if (compiler.text(document, "url_variants") != "port") compiler.unsupported(variants);
        compiler.plan.any_port = true;
    }
    if (const Item timestamp = document.member("timestamp")) compiler.timestamp(timestamp);
    place_timestamp(compiler.plan);
    compile_conditions(compiler, document);
    if (const Item event_id = document.member("event_id"))
        compiler.plan.event_id = compiler.message(event_id);
    compiler.plan.event_id_is_signed = compiler.flag(document, "event_id_signed");
    if (const Item challenge = document.member("challenge")) compiler.challenge(challenge);
}

/// A secret is for MACs and tokens under one, a public key for everything else.
void check_key_type(Compiler& compiler, const Item& document) {
    const Scheme::Plan& plan = compiler.plan;
    const Algorithm algorithm = plan.method.algorithm;
    const bool wants_public =
        algorithm == Algorithm::rsa || algorithm == Algorithm::ecdsa || algorithm == Algorithm::ed25519;
    const bool is_public = plan.key.type != KeyType::secret && plan.key.type != KeyType::oaep_private;
    if (algorithm != Algorithm::jwt && wants_public != is_public) compiler.invalid(document.member("key"));
}

}  // namespace

Result<Scheme> Scheme::compile(const json::Value& document) {
    if (!document.is_object()) return fail(Errc::scheme_invalid);
    if (document.text_at("kind") == "none") return fail(Errc::scheme_unknown);
    Compiler compiler;
    const Item root{&document, nullptr, {}};
    compile_document(compiler, root);
    check_key_type(compiler, root);
    if (compiler.error) return tl::unexpected<Error>(std::move(*compiler.error));
    return Scheme(std::make_shared<const Plan>(std::move(compiler.plan)));
}

const std::string& Scheme::id() const { return plan_->id; }

}  // namespace tenon::webhook
