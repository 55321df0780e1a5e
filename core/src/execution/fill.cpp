#include <algorithm>
#include <array>

#include "signing.hpp"
#include "tenon/base/bytes.hpp"
#include "tenon/execution/plan.hpp"

namespace tenon::execution {

namespace {

using catalogue::ApplyKind;

constexpr std::string_view hole = "***";
constexpr std::string_view https = "https://";

/// The credential's fields, checked once more against the rules they were entered under.
class Filler {
public:
    Filler(const mapping::PlannedRequest& request, const catalogue::Action& action,
           const catalogue::Auth& auth, std::span<const CredentialView> credential, const SendTime& time)
        : request_(request), action_(action), auth_(auth), credential_(credential), time_(time) {}

    Result<FilledRequest> run() {
        if (request_.auth_kind != catalogue::name_of(auth_.apply.kind))
            return fail(Errc::action_invalid, "/action/auth",
                        "the request was planned for another credential");
        TENON_CHECK(check_destination());
        FilledRequest out;
        out.method = request_.method;
        out.body = request_.body;
        TENON_TRY(out.url, url());
        for (const auto& [name, value] : request_.headers) {
            TENON_TRY(Secret filled, header(name, value));
            out.headers.emplace_back(name, std::move(filled));
        }
        return out;
    }

private:
    /// A stored credential travels encrypted; only what carries none, or only a signature, may go elsewhere.
    Result<void> check_destination() const {
        const ApplyKind kind = auth_.apply.kind;
        if (kind == ApplyKind::none || kind == ApplyKind::standard_webhooks) return {};
        if (request_.url.rfind(https, 0) != 0)
            return fail(Errc::address_refused, "/url", "a credential is sent over https only");
        return {};
    }

    Result<std::string_view> field(std::string_view name) const {
        const auto found = std::find_if(credential_.begin(), credential_.end(),
                                        [&](const CredentialView& each) { return each.field == name; });
        if (found == credential_.end() || found->value.empty())
            return fail(Errc::not_connected, std::string(name), "the connection has no such credential");
        const catalogue::Field* rule = auth_.field(name);
        if (rule != nullptr && !rule->pattern.matches_all(found->value))
            return fail(Errc::validation_failed, std::string(name), "the credential breaks its pattern");
        return found->value;
    }

    Result<std::string_view> header_field(std::string_view name) const {
        TENON_TRY(const std::string_view value, field(name));
        const bool printable =
            std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c <= '~'; });
        if (!printable)
            return fail(Errc::validation_failed, std::string(name),
                        "the credential does not fit into a header");
        return value;
    }

    Result<Secret> url() const {
        if (auth_.apply.kind == ApplyKind::url) {
            TENON_TRY(const std::string_view whole, field(auth_.apply.fields.front()));
            if (whole.rfind(https, 0) != 0)
                return fail(Errc::address_refused, "/url", "a credential is sent over https only");
            return Secret(std::string(whole));
        }
        if (auth_.apply.kind != ApplyKind::query) return Secret(request_.url);
        return url_with_query();
    }

    Result<Secret> url_with_query() const {
        TENON_TRY(const std::string_view value, field(auth_.apply.fields.front()));
        const std::string pair = bytes::percent_encode(auth_.apply.name) + "=" + std::string(hole);
        const std::size_t start = request_.url.find('?');
        for (std::size_t at = start; at != std::string::npos; at = request_.url.find('&', at + 1)) {
            if (request_.url.compare(at + 1, pair.size(), pair) != 0) continue;
            const std::size_t end = at + 1 + pair.size();
            if (end != request_.url.size() && request_.url[end] != '&') continue;
            std::string encoded = bytes::percent_encode(value);
            std::string filled;
            filled.reserve(request_.url.size() + encoded.size());  // no reallocation leaves a copy behind
            filled.append(request_.url, 0, end - hole.size()).append(encoded).append(request_.url, end);
            wipe(encoded);
            return Secret(std::move(filled));
        }
        return fail(Errc::action_invalid, "/url", "the URL has no place for the credential");
    }

    Result<Secret> header(const std::string& name, const std::string& planned) const {
        if (is_credential_header(name)) return credential_header(name, planned);
        if (planned != hole) return Secret(planned);
        if (!is_send_time(name)) return Secret(planned);
        return Secret(std::string(is_idempotency(name) ? time_.execution_id : time_.attempt_id));
    }

    [[nodiscard]] bool is_send_time(const std::string& name) const {
        const auto& names = request_.send_time_headers;
        return std::find(names.begin(), names.end(), name) != names.end();
    }

    [[nodiscard]] bool is_idempotency(const std::string& name) const {
        return action_.effect.kind == catalogue::EffectKind::header && action_.effect.name == name;
    }

    [[nodiscard]] bool is_credential_header(const std::string& name) const {
        switch (auth_.apply.kind) {
            case ApplyKind::bearer:
            case ApplyKind::basic:
                return name == "authorization";
            case ApplyKind::header:
                return name == auth_.apply.name;
            case ApplyKind::standard_webhooks:
                return name == "webhook-id" || name == "webhook-timestamp" || name == "webhook-signature";
            case ApplyKind::none:
            case ApplyKind::query:
            case ApplyKind::url:
                return false;
        }
        return false;
    }

    Result<Secret> credential_header(const std::string& name, const std::string& planned) const {
        switch (auth_.apply.kind) {
            case ApplyKind::bearer:
                return prefixed("Bearer ", planned);
            case ApplyKind::header:
                return prefixed("", planned);
            case ApplyKind::basic:
                return basic(planned);
            default:
                return signature_header(name, planned);
        }
    }

    static tl::unexpected<Error> misplaced() {
        return fail(Errc::action_invalid, "/headers", "the header has no place for the credential");
    }

    Result<Secret> prefixed(std::string_view prefix, const std::string& planned) const {
        if (planned != std::string(prefix) + std::string(hole)) return misplaced();
        TENON_TRY(const std::string_view value, header_field(auth_.apply.fields.front()));
        std::string filled;
        filled.reserve(prefix.size() + value.size());
        filled.append(prefix).append(value);
        return Secret(std::move(filled));
    }

    Result<Secret> basic(const std::string& planned) const {
        if (planned != "Basic ***") return misplaced();
        TENON_TRY(const std::string_view user, field(auth_.apply.fields[0]));
        TENON_TRY(const std::string_view word, field(auth_.apply.fields[1]));
        if (user.find(':') != std::string_view::npos)  // RFC 7617 section 2
            return fail(Errc::validation_failed, auth_.apply.fields[0], "a user name has no colon");
        std::string pair;
        pair.reserve(user.size() + word.size() + 1);
        pair.append(user).append(":").append(word);
        std::string encoded = bytes::to_base64(pair);
        wipe(pair);
        std::string filled;
        filled.reserve(encoded.size() + 6);
        filled.append("Basic ").append(encoded);
        wipe(encoded);
        return Secret(std::move(filled));
    }

    Result<Secret> signature_header(const std::string& name, const std::string& planned) const {
        if (planned != hole) return misplaced();
        const std::string timestamp = std::to_string(
            std::chrono::duration_cast<std::chrono::seconds>(time_.now.time_since_epoch()).count());
        if (name == "webhook-id") return Secret(std::string(time_.execution_id));
        if (name == "webhook-timestamp") return Secret(timestamp);
        const std::string& field_name = auth_.apply.fields.front();
        TENON_TRY(const std::string_view secret, field(field_name));
        const auto key = signing_key(secret);
        if (!key)
            return fail(Errc::validation_failed, field_name,
                        "the signing secret is not base64 of 16 bytes or more");
        const std::string_view body = request_.body ? std::string_view(*request_.body) : std::string_view();
        return Secret(standard_webhooks_signature(*key, time_.execution_id, timestamp, body));
    }

    const mapping::PlannedRequest& request_;
    const catalogue::Action& action_;
    const catalogue::Auth& auth_;
    std::span<const CredentialView> credential_;
    const SendTime& time_;
};

}  // namespace

Result<FilledRequest> fill(const mapping::PlannedRequest& request, const catalogue::Action& action,
                           const catalogue::Auth& auth, std::span<const CredentialView> credential,
                           const SendTime& time) {
    return Filler(request, action, auth, credential, time).run();
}

}  // namespace tenon::execution
