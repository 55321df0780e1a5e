#include "fanout/condition.hpp"

#include "tenon/form/schema.hpp"

namespace tenon::fanout {

Result<bool> condition_holds(const std::string& condition, const json::Value& payload) {
    if (condition.empty()) return true;
    TENON_TRY(const auto document, json::read(condition));
    TENON_TRY(const auto schema, form::Schema::compile(document));
    return schema.validate(payload).empty();
}

}  // namespace tenon::fanout
