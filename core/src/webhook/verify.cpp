// The order of checks (spec/WEBHOOKS.md). Each step is one function that answers the reason it fails with.
#include "tenon/webhook/verify.hpp"

#include "challenge.hpp"
#include "fields.hpp"
#include "signature.hpp"
#include "tenon/base/limits.hpp"
#include "tenon/base/text.hpp"
#include "timestamp.hpp"
#include "verify_state.hpp"

namespace tenon::webhook {
namespace {}  // namespace

std::size_t body_limit(const json::Object& config) {
    const json::Value* value = config.find("max_body_bytes");
    if (value != nullptr && value->is_number())
        if (const auto bytes = value->as_number().to_int64(); bytes && *bytes >= 0)
            return static_cast<std::size_t>(*bytes);
    return limits::webhook_body;
}

namespace {

std::int64_t seconds_of(UnixTime time) {
    const std::int64_t ms = time.time_since_epoch().count();
    return ms / 1000 - (ms % 1000 < 0 ? 1 : 0);
}

bool satisfies(const FoundHeader& header, const Requirement& rule) {
    if (header.value.empty()) return rule.optional;
    if (rule.equals && header.value != *rule.equals) return false;
    if (rule.matches && (!text::is_utf8(header.value) || !rule.matches->is_found_in(header.value)))
        return false;
    for (const std::string& wanted : rule.includes) {
        bool is_there = false;
        std::string_view rest = header.value;
        while (!is_there && !rest.empty()) {
            const std::size_t end = rule.split.empty() ? std::string_view::npos : rest.find(rule.split);
            is_there = text::lower_ascii(trim_blank(rest.substr(0, end))) == wanted;
            rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + rule.split.size());
        }
        if (!is_there) return false;
    }
    return true;
}

}  // namespace

Reason Verifier::State::preconditions() {
    for (const Requirement& rule : plan().requirements)
        if (!satisfies(request.header(rule.slot), rule)) return Errc::check_failed;
    if (plan().content_type) {
        const std::string_view value = request.header(plan().content_type->slot).value;
        const bool is_equal = media_type_of(value) == plan().content_type->media_type;
        if (is_equal == plan().content_type->negated) return Errc::check_failed;
    }
    const auto occurs_twice = [this](const Name& name, Request::Text (Request::*find)(std::string_view)) {
        const auto resolved = request.resolve(name);
        return resolved && (request.*find)(*resolved).occurrences > 1;
    };
    for (const Name& name : plan().query_fields)
        if (occurs_twice(name, &Request::query)) return Errc::check_failed;
    for (const Name& name : plan().form_fields)
        if (occurs_twice(name, &Request::form)) return Errc::check_failed;
    return std::nullopt;
}

Reason Verifier::State::items(std::vector<BodyJson::Id>& found) {
    constexpr std::size_t most_items = 100;
    found.assign(1, BodyJson::root);
    if (!plan().each) return std::nullopt;
    const BodyJson* document = request.json();
    if (document == nullptr) return Errc::signature_malformed;
    found.clear();
    document->find(BodyJson::root, *plan().each, found);
    if (found.empty()) return Errc::signature_missing;
    if (found.size() > most_items) return Errc::signature_malformed;
    return std::nullopt;
}

Reason Verifier::State::time_before_mac(std::optional<UnixTime>& time) {
    if (!plan().timestamp || !plan().timestamp->before_mac) return std::nullopt;
    const TimestampReading reading = read_timestamp(request, *plan().timestamp);
    time = reading.time;
    return time ? Reason() : reading.reason;
}

Reason Verifier::State::window(std::optional<UnixTime> time, UnixTime now) {
    if (!time || is_inside_window(*plan().timestamp, trust.config, *time, now)) return std::nullopt;
    return Errc::timestamp_outside_window;
}

/// A signature by RFC 9421 may name its own end.
bool Verifier::State::has_expired(UnixTime now) {
    const auto expires = plan().http_signature ? request.signature_field("expires") : std::nullopt;
    if (!expires) return false;
    const auto time = parse_timestamp(*expires, TimeFormat::unix_seconds);
    return !time || now > *time;
}

Reason Verifier::State::item(UnixTime now, Verdict& verdict) {
    std::optional<UnixTime> time;
    if (const Reason reason = read_signatures(request, plan(), entries)) return reason;
    if (const Reason reason = choose_method()) return reason;
    if (plan().jwt) {
        if (const Reason reason = token_item(now, verdict)) return reason;
        return after_signature();
    }
    if (const Reason reason = time_before_mac(time)) return reason;
    if (const Reason reason = authenticate(verdict)) return reason;
    if (plan().timestamp && !plan().timestamp->before_mac) {
        const TimestampReading reading = read_timestamp(request, *plan().timestamp);
        if (!reading.time) return reading.reason;
        time = reading.time;
    }
    if (time) verdict.timestamp = seconds_of(*time);
    if (const Reason reason = window(time, now)) return reason;
    if (has_expired(now)) return Errc::timestamp_outside_window;
    return after_signature();
}

Reason Verifier::State::after_signature() {
    for (const EqualCheck& check : plan().checks) {
        const auto left = request.value(check.left);
        const auto right = request.value(check.right);
        if (!left || !right || !crypto::equal_constant_time(*left, *right)) return Errc::check_failed;
    }
    if (plan().content_digest) {
        const auto digest = request.value(*plan().content_digest);
        if (!digest || !is_content_digest(*digest, request.delivery().body)) return Errc::check_failed;
    }
    return std::nullopt;
}

void Verifier::State::read_id(Verdict& verdict) {
    const Message& parts = plan().event_id;
    std::string id;
    if (parts.size() == 1) {
        std::vector<std::string_view> values;
        request.values(parts[0], values);
        for (const std::string_view value : values) {
            if (!id.empty()) id += ',';
            id += value;
        }
    } else if (!parts.empty()) {
        id = request.text(parts).value_or(std::string());
    }
    if (id.empty() || !text::is_utf8(id)) return;
    if (!verdict.id.empty()) verdict.id += ',';
    verdict.id += id;
}

Verdict Verifier::State::ordinary(const Delivery& delivery, UnixTime now) {
    Verdict verdict;
    const auto refuse = [&verdict](Errc reason) {
        verdict.reason = reason;
        verdict.id.clear();
        return std::move(verdict);
    };
    if (delivery.body.size() > max_body) return refuse(Errc::body_too_large);
    request.begin(delivery);
    if (!has_any_key) return refuse(Errc::secret_missing);
    if (request.has_duplicate_header()) return refuse(Errc::duplicate_header);
    if (const Reason reason = preconditions()) return refuse(*reason);
    std::vector<BodyJson::Id> found;
    if (const Reason reason = items(found)) return refuse(*reason);
    for (const BodyJson::Id base : found) {
        request.set_base(base);
        if (const Reason reason = item(now, verdict)) return refuse(*reason);
        read_id(verdict);
    }
    request.set_base(BodyJson::root);
    verdict.valid = true;
    verdict.id_is_signed = plan().event_id_is_signed;
    return verdict;
}

Verifier::Verifier(std::unique_ptr<State> state) : state_(std::move(state)) {}
Verifier::Verifier(Verifier&&) noexcept = default;
Verifier& Verifier::operator=(Verifier&&) noexcept = default;
Verifier::~Verifier() = default;

Result<Verifier> Verifier::create(const Scheme& scheme, Trust trust) {
    auto state = std::make_unique<State>(scheme, std::move(trust));
    const Scheme::Plan& plan = scheme.plan();
    for (const Secret& secret : state->trust.secrets)
        if (secret.empty()) return fail(Errc::secret_missing);
    for (const Secret& secret : state->trust.secrets) {
        TENON_TRY(Key key, prepare_key(plan, secret.expose(), state->trust.config));
        state->keys.push_back(std::move(key));
    }
    for (const json::Member& key : state->trust.keys)
        if (key.value.is_text() && key.value.as_text().empty()) return fail(Errc::secret_missing);
    // An endpoint whose handshake delivers the key starts without one; until then it only answers handshakes.
    const bool awaits_key = plan.challenge && plan.challenge->store_key;
    const bool has_secrets = !state->keys.empty() && (!plan.key.lookup || plan.key.lookup_optional);
    const bool may_fetch = !plan.key.fetch.empty() && state->trust.fetching == Fetching::allowed;
    const bool has_keys = plan.key.lookup && (may_fetch || !state->trust.keys.empty());
    // Where keys are looked up, a handshake that needs none comes before the first of them is known.
    const bool shakes_hands_first = plan.key.lookup && plan.challenge && !plan.challenge->verify_first;
    state->has_any_key = has_secrets || has_keys;
    if (!state->has_any_key && !awaits_key && !shakes_hands_first) return fail(Errc::secret_missing);
    if (!state->keys.empty()) state->request.set_mac_key(state->keys[0].bytes.expose());
    return Verifier(std::move(state));
}

Verdict Verifier::verify(const Delivery& delivery, UnixTime now, const json::Object* fetched) {
    state_->fetched = fetched;
    Verdict verdict = state_->ordinary(delivery, now);
    const auto& challenge = state_->plan().challenge;
    if (challenge && verdict.reason != Errc::body_too_large)
        answer_challenge(state_->request, *challenge, verdict);
    return verdict;
}

Verdict verify(const Scheme& scheme, Trust trust, const Delivery& delivery, UnixTime now) {
    const bool is_too_large = delivery.body.size() > body_limit(trust.config);
    auto verifier = Verifier::create(scheme, std::move(trust));
    if (verifier) return verifier->verify(delivery, now);
    Verdict verdict;
    verdict.reason = is_too_large ? Errc::body_too_large : verifier.error().code;
    return verdict;
}

}  // namespace tenon::webhook
