#pragma once
// One use of a prepared statement: bind, step, read; reset when it goes out of scope. Bound texts and blobs
// are borrowed, not copied: they must live until the query does not.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "store/rows.hpp"
#include "store/sqlite/connection.hpp"

namespace tenon::store::sqlite {

/// Marks a text member whose bytes are no text (a digest).
template <typename Text>
struct Blob {
    Text& bytes;
};
template <typename Text>
Blob(Text&) -> Blob<Text>;

class Query {
public:
    Query(Connection& connection, const char* sql);
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    ~Query();

    /// Binds the next parameters in order.
    template <typename... Values>
    Query& bind(const Values&... values) {
        (put(values), ...);
        return *this;
    }
    /// True if there is a row to read.
    [[nodiscard]] Result<bool> step();
    /// Runs to the end; the number of rows changed.
    [[nodiscard]] Result<int> run();
    /// Reads the next columns of the row in order. Error: store_failed for a value no writer of ours made.
    template <typename... Members>
    [[nodiscard]] Result<void> read(Members&&... members) {
        (take(members), ...);
        if (code_ != SQLITE_OK) return tl::unexpected<Error>(error_from(code_, "read"));
        return {};
    }

private:
    void put(std::string_view text);
    void put(const std::string& text) { put(std::string_view(text)); }
    void put(const char* text) { put(std::string_view(text)); }
    void put(std::int64_t number);
    void put(int number) { put(std::int64_t{number}); }
    void put(bool flag) { put(std::int64_t{flag ? 1 : 0}); }
    void put(UnixTime time) { put(std::int64_t{time.time_since_epoch().count()}); }
    void put(const Uuid& id);
    void put(const Sealed& sealed) { put_blob(sealed.bytes); }
    void put(const std::vector<std::string>& list);
    template <typename Tag>
    void put(const Id<Tag>& id) {
        put(id.value);
    }
    template <typename Text>
    void put(const Blob<Text>& blob) {
        put_blob(blob.bytes);
    }
    template <typename T>
    void put(const std::optional<T>& value) {
        if (value) return put(*value);
        note(sqlite3_bind_null(statement_, ++parameter_));
    }
    void put_blob(std::string_view bytes);

    void take(std::string& text);
    void take(std::int64_t& number) { number = sqlite3_column_int64(statement_, column_++); }
    void take(int& number) { number = sqlite3_column_int(statement_, column_++); }
    void take(bool& flag) { flag = sqlite3_column_int(statement_, column_++) != 0; }
    void take(UnixTime& time);
    void take(Uuid& id);
    void take(Sealed& sealed) { take_blob(sealed.bytes); }
    void take(std::vector<std::string>& list);
    template <typename Tag>
    void take(Id<Tag>& id) {
        take(id.value);
    }
    void take(Blob<std::string>& blob) { take_blob(blob.bytes); }
    template <typename T>
    void take(std::optional<T>& value) {
        if (sqlite3_column_type(statement_, column_) == SQLITE_NULL) {
            value.reset();
            ++column_;
        } else {
            take(value.emplace());
        }
    }
    void take_blob(std::string& bytes);
    void note(int code) {
        if (code != SQLITE_OK && code_ == SQLITE_OK) code_ = code;
    }

    Connection& connection_;
    sqlite3_stmt* statement_ = nullptr;
    std::optional<Error> broken_;
    int code_ = SQLITE_OK;
    int parameter_ = 0;
    int column_ = 0;
    std::vector<std::string> lists_;  // texts made here that must outlive the step
};

}  // namespace tenon::store::sqlite
