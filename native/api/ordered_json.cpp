#include "api/ordered_json.hpp"

#include <utility>

namespace tenon::api {
namespace {

void write_value(std::string& out, const json::Value& value);

void write_object(std::string& out, const json::Object& object) {
    out.push_back('{');
    bool is_first = true;
    for (const auto& member : object) {
        if (!std::exchange(is_first, false)) out.push_back(',');
        json::write_text_to(out, member.name);
        out.push_back(':');
        write_value(out, member.value);
    }
    out.push_back('}');
}

void write_value(std::string& out, const json::Value& value) {
    if (value.is_object()) return write_object(out, value.as_object());
    if (value.is_number()) {
        // The canonical writer makes texts of numbers beyond a double; a stored document must stay what it
        // was.
        const Decimal& number = value.as_number();
        out.append(number.is_inexact() ? number.plain_shortest() : number.canonical());
        return;
    }
    if (!value.is_array()) return json::write_to(out, value);
    out.push_back('[');
    bool is_first = true;
    for (const auto& item : value.as_array()) {
        if (!std::exchange(is_first, false)) out.push_back(',');
        write_value(out, item);
    }
    out.push_back(']');
}

}  // namespace

std::string write_in_order(const json::Value& value) {
    std::string out;
    write_value(out, value);
    return out;
}

}  // namespace tenon::api
