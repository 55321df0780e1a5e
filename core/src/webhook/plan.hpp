#pragma once
// What a scheme document becomes when it is compiled: everything decided, nothing left to look up by name
// except what the endpoint's config supplies (cfg:NAME).

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tenon/base/pattern.hpp"
#include "tenon/crypto/hash.hpp"
#include "tenon/webhook/scheme.hpp"

namespace tenon::webhook {

enum class Algorithm : std::uint8_t { hmac, hash_prefix, shared_token, rsa, ecdsa, ed25519, jwt };
enum class Encoding : std::uint8_t { raw, hex, base64, base64url, text };

/// How one signature is checked. `jwt` has no hash of its own: the token names one of JwtRule::algorithms.
struct Method {
    Algorithm algorithm = Algorithm::hmac;
    crypto::Hash hash = crypto::Hash::sha256;
};

/// A name that stands in the document or in the endpoint's config.
struct Name {
    std::string text;
    bool from_config = false;
};

/// Index of a header name in Plan::headers.
using Slot = std::uint16_t;

/// JSON Pointer cut into tokens; the token `*` walks an array.
using Path = std::vector<std::string>;

enum class PartKind : std::uint8_t {
    body,
    method,
    public_url,
    request_url,
    request_path_query,
    literal,
    header,
    signature_field,
    query,
    form,
    json,
    config,
    optional,
    join,
    hash,
    mac,
    crc32,
    lower,
    from_base64,
    json_text,
    escape_unicode,
    percent_decode,
    replace,
    container_field,
    token_header,
    token_claim,
    header_values,
    canonical
};

/// The named canonicalisers: what a handful of providers sign instead of bytes as received.
enum class Canon : std::uint8_t {
    form_sorted_kv,
    query_sorted,
    aws_sns,
    atlassian_qsh,
    contentful_path,
    php_form,
    rfc9421
};

/// One element of a message, a timestamp's origin or an event id.
struct Part {
    PartKind kind = PartKind::body;
    std::string text;         // literal, name, separator, characters to decode or replacement
    std::string text_after;   // optional: what follows the inner part
    std::vector<Slot> slots;  // header: the first present one counts
    Path path;             // json, container_field, token_header, token_claim; php_form: fields to leave out
    std::vector<Part> of;  // inner parts
    std::string pair;      // header_values: between name and value; empty = values alone
    bool sort = false;     // header_values
    Canon canon = Canon::form_sorted_kv;
    crypto::Hash hash = crypto::Hash::sha256;
    Encoding encoding = Encoding::raw;
    std::optional<Pattern> pattern;  // replace
};
using Message = std::vector<Part>;

enum class Place : std::uint8_t { header, query, form, json, body };

/// Where signatures are and how one text becomes entries.
struct SignatureRule {
    Place place = Place::header;
    std::vector<Slot> slots;  // header
    Name name;                // query, form
    Path path;                // json
    std::string split;
    std::string key_value;
    Name field;
    std::string prefix;
    std::size_t max = 1;
    bool trim = false;
    bool many = false;
    bool repeat = false;
    bool key_per_header = false;
    std::optional<Path> container;  // the text is base64 of a JSON document, which has the signature here
    std::optional<Part>
        dictionary;  // RFC 8941: the text is a dictionary of byte sequences, this their inputs
    std::unique_ptr<SignatureRule> alternative;
};

struct KeyOverride;

/// What a key is once its text is decoded.
enum class KeyType : std::uint8_t { secret, ed25519_raw, spki_der, public_key, pinned_root, oaep_private };

/// How the text that an operator pastes becomes key bytes.
struct KeyRule {
    KeyType type = KeyType::secret;
    Encoding encoding = Encoding::text;
    std::string strip_prefix;
    std::optional<Pattern> strip_pattern;
    std::string compose;  // with {secret} and {cfg:NAME}; empty = the secret itself
    bool ascii_only = false;
    bool derive_sha1 = false;
    std::size_t bytes = 0;       // exact length; 0 = any
    std::size_t characters = 0;  // exact length of the pasted text; 0 = any
    std::size_t min_bytes = 1;
    std::vector<KeyOverride> when_prefix;
    std::optional<Part> lookup;
    bool lookup_optional = false;
    std::optional<Pattern> lookup_matches;
    std::string fetch;            // URL of a key that was not given, with {name}; empty = never
    std::optional<Part> wrapped;  // the MAC key, encrypted for oaep_private
};

struct KeyOverride {
    std::string prefix;
    KeyRule rule;
};

enum class TimeFormat : std::uint8_t { unix_seconds, unix_milliseconds, rfc3339, iso_utc, imf_fixdate };

struct TimestampRule {
    Part from;
    TimeFormat format = TimeFormat::unix_seconds;
    std::optional<std::int64_t> tolerance_ms;
    std::optional<std::int64_t> max_future_ms;
    bool must_be_number = false;
    bool before_mac = true;  // false: inside the signed body, so read only once the MAC is known to be good
};

/// Looked at before anything else.
struct Requirement {
    Slot slot = 0;
    bool optional = false;
    std::optional<std::string> equals;
    std::optional<Pattern> matches;
    std::vector<std::string> includes;  // lower case
    std::string split;
};

struct ContentTypeRule {
    Slot slot = 0;
    std::string media_type;
    bool negated = false;
};

/// Looked at after the MAC.
struct EqualCheck {
    Part left;
    Part right;
};

/// A claim that has to be one of several texts, true, or just there.
struct ClaimRule {
    enum class Kind : std::uint8_t { one_of, is_true, present };
    std::string name;
    Kind kind = Kind::one_of;
    Message allowed;
};

/// A claim that is a digest of the body or of the URL.
struct DigestClaim {
    std::string name;
    crypto::Hash hash = crypto::Hash::sha256;
    Encoding encoding = Encoding::hex;
    Message of;
    bool optional = false;
    bool absent_if_empty = false;
    bool may_be_padded = false;
};

/// RFC 7519 tokens. Times are in seconds.
struct JwtRule {
    std::vector<std::string> algorithms;
    std::vector<std::string> required_times;
    std::int64_t leeway = 0;
    std::optional<std::int64_t> max_age;
    std::vector<ClaimRule> claims;
    std::optional<DigestClaim> body;
    std::optional<DigestClaim> url;
    std::string leaf_oid, intermediate_oid;  // pinned_root
};

/// RFC 9421.
struct HttpSignatureRule {
    std::vector<std::string> required;  // covered components
    std::vector<std::string> algorithms;
};

struct Detection {
    Part part;
    std::optional<std::string> equals;
};

struct ResponseRule {
    int status = 200;
    std::vector<std::pair<std::string, Message>> headers;
    Message body;
    struct JsonMember {
        std::string name;
        Message text;        // empty: `scalar`
        std::string scalar;  // written as it is
    };
    std::vector<JsonMember> json;
    std::optional<Part> fetch;
};

struct ChallengeRule {
    std::string method;
    std::vector<Detection> detect;
    std::optional<Part> unless;
    std::vector<std::pair<Part, Pattern>> limits;
    std::vector<EqualCheck> checks;
    ResponseRule respond;
    std::optional<Part> store_key;
    int refuse_status = 401;
    bool verify_first = false;
};

/// A header name and whether an ordinary delivery depends on it (else only the handshake does).
struct HeaderUse {
    Name name;  // lower case
    bool read_by_verify = false;
};

struct Scheme::Plan {
    std::string id;
    Method method;
    std::optional<Part> method_from;  // then `methods` by its value instead
    std::vector<std::pair<std::string, Method>> methods;
    Encoding encoding = Encoding::hex;
    std::vector<HeaderUse> headers;
    SignatureRule signature;
    std::vector<Message> messages;  // any may match
    KeyRule key;
    std::optional<TimestampRule> timestamp;
    std::vector<Requirement> requirements;
    std::optional<ContentTypeRule> content_type;
    std::vector<Name> query_fields;  // read, so each may occur once
    std::vector<Name> form_fields;
    std::vector<EqualCheck> checks;
    std::optional<Part> content_digest;
    std::optional<JwtRule> jwt;
    std::optional<HttpSignatureRule> http_signature;
    bool any_port = false;  // req.url also without its port, or with the default one
    std::optional<Path> each;
    std::optional<Part> json_root;
    Message event_id;
    bool event_id_is_signed = false;
    std::optional<ChallengeRule> challenge;
};

}  // namespace tenon::webhook
