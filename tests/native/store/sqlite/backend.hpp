#pragma once
// A SQLite store in a folder of its own, for the contract suites.

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "../contract/fixture.hpp"
#include "store/sqlite/open_sqlite.hpp"

namespace tenon::store {

class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "tenon-store-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp");
        path_ = pattern;
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() { std::filesystem::remove_all(path_); }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

class FixedClock final : public Clock {
public:
    [[nodiscard]] UnixTime now() const override { return contract::start; }
};

class SqliteBackend final : public contract::Backend {
public:
    std::unique_ptr<Store> open() override {
        auto store = open_sqlite(folder_.path() / "data", clock_);
        if (!store) throw std::runtime_error(store.error().detail);
        return std::move(*store);
    }

private:
    TemporaryFolder folder_;
    FixedClock clock_;
};

inline contract::BackendFactory sqlite_backend() {
    return {"sqlite", [] { return std::make_unique<SqliteBackend>(); }};
}

}  // namespace tenon::store
