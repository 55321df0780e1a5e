// Canonical forms that only schemes with public keys sign.
#include "canon.hpp"
#include "public_keys.hpp"

namespace tenon::webhook {
namespace {

std::string decimal(std::size_t value) {
    std::string digits;
    do {
        digits.insert(digits.begin(), static_cast<char>('0' + value % 10));
        value /= 10;
    } while (value != 0);
    return digits;
}

/// PHP turns a key that is written like an integer into one.
bool is_php_integer(std::string_view key) {
    constexpr std::size_t safe_digits = 18;
    if (key.empty() || key.size() > safe_digits || (key[0] == '0' && key.size() > 1)) return false;
    return key.find_first_not_of("0123456789") == std::string_view::npos;
}

void append_php_text(std::string& out, std::string_view text) {
    out.append("s:").append(decimal(text.size())).append(":\"").append(text).append("\";");
}

/// What AWS SNS signs: some members, each as its name, line feed, value, line feed.
std::optional<std::string> sns_text(Request& request) {
    constexpr std::string_view notification[] = {"Message",   "MessageId", "Subject",
                                                 "Timestamp", "TopicArn",  "Type"};
    constexpr std::string_view confirmation[] = {"Message", "MessageId", "SubscribeURL", "Timestamp",
                                                 "Token",   "TopicArn",  "Type"};
    const auto member = [&request](std::string_view name) {
        Part part;
        part.kind = PartKind::json;
        part.path.emplace_back(name);
        return request.value(part);
    };
    const auto type = member("Type");
    const bool is_confirmation = type == "SubscriptionConfirmation" || type == "UnsubscribeConfirmation";
    if (!is_confirmation && type != "Notification") return std::nullopt;
    std::string out;
    const auto add = [&](std::string_view name) {
        const auto value = member(name);
        if (value) out.append(name).append(1, '\n').append(*value).append(1, '\n');
        return value || name == "Subject";
    };
    bool is_complete = true;
    if (is_confirmation) {
        for (const std::string_view name : confirmation) is_complete = add(name) && is_complete;
    } else {
        for (const std::string_view name : notification) is_complete = add(name) && is_complete;
    }
    if (!is_complete) return std::nullopt;
    return out;
}

/// PHP's serialize() of the form as an array sorted by name, without the fields in `without`.
std::optional<std::string> php_form(const Request& request, const std::vector<std::string>& without) {
    const auto values = request.form_values();
    if (!values) return std::nullopt;
    std::string fields;
    std::size_t count = 0;
    std::string_view last;
    for (const TextPair& field : sorted_pairs(*values)) {
        bool is_left_out = false;
        for (const std::string& name : without) is_left_out = is_left_out || field.first == name;
        if (is_left_out) continue;
        if (count++ > 0 && field.first == last) return std::nullopt;  // PHP would keep one of them
        last = field.first;
        if (is_php_integer(field.first))
            fields.append("i:").append(field.first).append(1, ';');
        else
            append_php_text(fields, field.first);
        append_php_text(fields, field.second);
    }
    return "a:" + decimal(count) + ":{" + fields + '}';
}

}  // namespace

std::optional<std::string> public_canonical(Request& request, const Part& part) {
    if (part.canon == Canon::aws_sns) return sns_text(request);
    return part.canon == Canon::php_form ? php_form(request, part.path) : signature_base(request);
}

}  // namespace tenon::webhook
