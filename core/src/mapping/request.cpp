#include "tenon/mapping/request.hpp"

#include <algorithm>

#include "request_url.hpp"
#include "tenon/base/limits.hpp"
#include "tenon/base/text.hpp"

namespace tenon::mapping {
namespace {

using json::Value;

tl::unexpected<Finding> refuse(const Place& place, Errc code) {
    return tl::make_unexpected(finding(place.pointer(), code));
}

bool is_one_of(std::string_view text, std::span<const std::string_view> known) {
    return std::find(known.begin(), known.end(), text) != known.end();
}

bool is_header_name(std::string_view name) {
    constexpr std::string_view marks = "!#$%&'*+.^_`|~-";
    return !name.empty() && std::all_of(name.begin(), name.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || marks.find(c) != marks.npos;
    });
}

bool is_printable(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

/// Builds one request, part by part, in the order in which the specification checks them.
class Builder {
public:
    Builder(const Value& action, Evaluator& evaluator) : action_(action), evaluator_(evaluator) {}

    tl::expected<BuiltRequest, Finding> run() {
        using Part = tl::expected<void, Finding> (Builder::*)();
        constexpr Part parts[] = {&Builder::read_auth,      &Builder::read_encoding, &Builder::read_method,
                                  &Builder::build_target,   &Builder::build_headers, &Builder::build_body,
                                  &Builder::add_credentials};
        if (!action_.is_object()) return refuse(at_, Errc::action_invalid);
        for (const Part part : parts)
            if (auto done = (this->*part)(); !done) return tl::make_unexpected(std::move(done.error()));
        std::sort(built_.planned.headers.begin(), built_.planned.headers.end());
        return std::move(built_);
    }

private:
    using Done = tl::expected<void, Finding>;

    Done read_auth() {
        constexpr std::string_view kinds[] = {
            "none", "bearer", "basic", "header", "query", "standard_webhooks", "url"};
        const Place place = at_.member("auth");
        if (const Value* auth = action_.find("auth")) {
            if (!is_one_of(auth->text_at("kind"), kinds)) return refuse(place, Errc::action_invalid);
            auth_.kind = auth->text_at("kind");
            auth_.name = auth->text_at("name");
        }
        const bool needs_name = auth_.kind == "header" || auth_.kind == "query";
        if (needs_name && auth_.name.empty()) return refuse(place, Errc::action_invalid);
        if (auth_.kind == "header" && !is_header_name(text::lower_ascii(auth_.name)))
            return refuse(place, Errc::action_invalid);
        const bool may_go_anywhere = auth_.kind == "none" || auth_.kind == "standard_webhooks";
        if (action_.find("url") != nullptr && !may_go_anywhere) return refuse(place, Errc::action_invalid);
        built_.planned.auth_kind = auth_.kind;
        built_.planned.auth_name = auth_.name;
        return {};
    }

    Done read_encoding() {
        constexpr std::string_view known[] = {"json", "form"};
        const Value* encoding = action_.find("encoding");
        if (encoding == nullptr) return {};
        if (!encoding->is_text() || !is_one_of(encoding->as_text(), known))
            return refuse(at_.member("encoding"), Errc::action_invalid);
        encoding_ = encoding->as_text();
        return {};
    }

    Done read_method() {
        constexpr std::string_view methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
        if (!is_one_of(action_.text_at("method"), methods))
            return refuse(at_.member("method"), Errc::action_invalid);
        const Value* escape = action_.find("message_escape");
        if (escape != nullptr && !(escape->is_text() && escape_from(escape->as_text())))
            return refuse(at_.member("message_escape"), Errc::action_invalid);
        built_.planned.method = action_.text_at("method");
        return {};
    }

    Done build_target() {
        auto url = build_url(action_, auth_, evaluator_);
        if (!url) return tl::make_unexpected(std::move(url.error()));
        built_.planned.url = std::move(*url);
        return {};
    }

    Done build_headers() {
        const Value* pattern = action_.find("headers");
        if (pattern == nullptr) return {};
        const Place place = at_.member("headers");
        auto headers = evaluator_.evaluate(*pattern, place);
        if (!headers) return tl::make_unexpected(std::move(headers.error()));
        if (!*headers) return {};
        if (!(*headers)->is_object()) return refuse(place, Errc::action_invalid);
        for (const json::Member* member : (*headers)->as_object().sorted()) {
            std::string name = text::lower_ascii(member->name);
            std::string value = text_form(member->value);
            if (!is_header_name(name) || !is_printable(value))
                return refuse(place.member(member->name), Errc::header_invalid);
            set_header(std::move(name), std::move(value));
        }
        return {};
    }

    Done build_body() {
        const Value* pattern = action_.find("body");
        if (pattern == nullptr) return {};
        const Place place = at_.member("body");
        auto body = evaluator_.evaluate(*pattern, place);
        if (!body) return tl::make_unexpected(std::move(body.error()));
        if (!*body) return {};
        auto text = encode(**body, place);
        if (!text) return tl::make_unexpected(std::move(text.error()));
        if (text->size() > limits::submission_bytes) return refuse(place, Errc::request_too_large);
        if (find_header("content-type") == nullptr)
            set_header("content-type",
                       encoding_ == "form" ? "application/x-www-form-urlencoded" : "application/json");
        built_.planned.body = std::move(*text);
        built_.body_is_json = encoding_ == "json";
        built_.body = std::move(**body);
        return {};
    }

    tl::expected<std::string, Finding> encode(const Value& body, const Place& place) const {
        if (encoding_ == "json") return json::write(body);
        if (!body.is_object()) return refuse(place, Errc::action_invalid);
        return encode_pairs(body.as_object(), place);
    }

    Done add_credentials() {
        if (auth_.kind == "bearer") set_header("authorization", "Bearer ***");
        if (auth_.kind == "basic") set_header("authorization", "Basic ***");
        if (auth_.kind == "header") set_header(text::lower_ascii(auth_.name), "***");
        if (auth_.kind == "standard_webhooks")
            for (const std::string_view name : {"webhook-id", "webhook-signature", "webhook-timestamp"})
                set_header(std::string(name), "***");
        const Value* names = action_.find("send_time_headers");
        if (names == nullptr) return {};
        const Place place = at_.member("send_time_headers");
        if (!names->is_array()) return refuse(place, Errc::action_invalid);
        for (const Value& each : names->as_array()) {
            if (!each.is_text()) return refuse(place, Errc::action_invalid);
            std::string name = text::lower_ascii(each.as_text());
            if (!is_header_name(name)) return refuse(place, Errc::action_invalid);
            built_.planned.send_time_headers.push_back(name);
            set_header(std::move(name), "***");
        }
        return {};
    }

    std::string* find_header(std::string_view name) {
        for (auto& header : built_.planned.headers)
            if (header.first == name) return &header.second;
        return nullptr;
    }

    void set_header(std::string name, std::string value) {
        if (std::string* known = find_header(name))
            *known = std::move(value);
        else
            built_.planned.headers.emplace_back(std::move(name), std::move(value));
    }

    const Value& action_;
    Evaluator& evaluator_;
    const Place root_;
    const Place at_ = root_.member("action");
    Auth auth_;
    std::string_view encoding_ = "json";
    BuiltRequest built_;
};

}  // namespace

tl::expected<BuiltRequest, Finding> build_request(const Value& action, const RequestInputs& inputs,
                                                  Findings& warnings) {
    RequestContext context(inputs);
    Evaluator evaluator(context, warnings);
    return Builder(action, evaluator).run();
}

}  // namespace tenon::mapping
