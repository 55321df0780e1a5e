#include "store/sqlite/query.hpp"

#include <algorithm>
#include <utility>

#include "tenon/base/json.hpp"

namespace tenon::store::sqlite {

Query::Query(Connection& connection, const char* sql) : connection_(connection) {
    auto statement = connection.prepared(sql);
    if (statement) {
        statement_ = *statement;
    } else {
        broken_ = std::move(statement.error());
    }
}

Query::~Query() {
    if (statement_ != nullptr) sqlite3_reset(statement_);
}

Result<bool> Query::step() {
    if (broken_) return tl::unexpected<Error>(*broken_);
    if (code_ != SQLITE_OK) return tl::unexpected<Error>(error_from(code_, "bind"));
    column_ = 0;
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return tl::unexpected<Error>(error_from(code, "step"));
}

Result<int> Query::run() {
    for (;;) {
        TENON_TRY(const bool row, step());
        if (!row) return sqlite3_changes(connection_.raw());
    }
}

void Query::put(std::string_view text) {
    note(sqlite3_bind_text64(statement_, ++parameter_, text.data() == nullptr ? "" : text.data(), text.size(),
                             SQLITE_STATIC, SQLITE_UTF8));
}

void Query::put_blob(std::string_view bytes) {
    note(sqlite3_bind_blob64(statement_, ++parameter_, bytes.data() == nullptr ? "" : bytes.data(),
                             bytes.size(), SQLITE_STATIC));
}

void Query::put(std::int64_t number) { note(sqlite3_bind_int64(statement_, ++parameter_, number)); }

void Query::put(const Uuid& id) {
    note(sqlite3_bind_blob(statement_, ++parameter_, id.bytes.data(), static_cast<int>(id.bytes.size()),
                           SQLITE_STATIC));
}

void Query::put(const std::vector<std::string>& list) {
    if (list.empty()) return put(std::string_view("[]"));
    std::string text = "[";
    for (const auto& item : list) {
        if (text.size() > 1) text += ',';
        json::write_text_to(text, item);
    }
    text += ']';
    // A short text lives inside its object, which the vector may move: keep every one on the heap.
    text.reserve(std::max<std::size_t>(text.size(), 64));
    lists_.push_back(std::move(text));
    put(std::string_view(lists_.back()));
}

void Query::take(std::string& text) {
    const auto* from = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column_));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column_++));
    text.assign(from == nullptr ? "" : from, from == nullptr ? 0 : size);
}

void Query::take_blob(std::string& bytes) {
    const auto* from = static_cast<const char*>(sqlite3_column_blob(statement_, column_));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column_++));
    bytes.assign(from == nullptr ? "" : from, from == nullptr ? 0 : size);
}

void Query::take(UnixTime& time) {
    time = UnixTime(std::chrono::milliseconds(sqlite3_column_int64(statement_, column_++)));
}

void Query::take(Uuid& id) {
    const auto* from = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column_));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column_++));
    if (from == nullptr || size != id.bytes.size()) return note(SQLITE_CORRUPT);
    std::copy_n(from, size, id.bytes.begin());
}

void Query::take(std::vector<std::string>& list) {
    std::string text;
    take(text);
    list.clear();
    if (text == "[]") return;
    const auto array = json::read(text);
    if (!array || !array->is_array()) return note(SQLITE_CORRUPT);
    for (const auto& item : array->as_array()) {
        if (!item.is_text()) return note(SQLITE_CORRUPT);
        list.push_back(item.as_text());
    }
}

}  // namespace tenon::store::sqlite
