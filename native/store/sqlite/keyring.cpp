// keyring.db: the wrapped organisation keys and the check value of the root key, in a file of their own so
// that a copy of the data alone opens nothing.
#include <mutex>
#include <utility>

#include "store/sqlite/data_folder.hpp"
#include "store/sqlite/open_sqlite.hpp"
#include "store/sqlite/query.hpp"

namespace tenon::store {
namespace sqlite {
namespace {

constexpr char make_tables[] =
    "BEGIN IMMEDIATE;"
    "CREATE TABLE IF NOT EXISTS organisation_keys (organisation_id BLOB NOT NULL CHECK "
    "(length(organisation_id) = 16),"
    " id BLOB NOT NULL, root_key_id BLOB NOT NULL, wrapped BLOB NOT NULL, created_at INTEGER NOT NULL,"
    " PRIMARY KEY (organisation_id, id)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS root_key_check (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),"
    " envelope BLOB NOT NULL) STRICT;"
    "COMMIT";

class SqliteKeyring final : public vault::KeyStore {
public:
    explicit SqliteKeyring(Connection connection) : connection_(std::move(connection)) {}

    Result<std::vector<vault::WrappedKey>> load() override {
        const std::lock_guard lock(mutex_);
        Query query(connection_,
                    "SELECT organisation_id, id, root_key_id, wrapped, created_at FROM organisation_keys"
                    " ORDER BY organisation_id, created_at");
        std::vector<vault::WrappedKey> keys;
        for (;;) {
            TENON_TRY(const bool more, query.step());
            if (!more) return keys;
            auto& key = keys.emplace_back();
            TENON_CHECK(query.read(key.organisation, Blob{key.id}, Blob{key.root_key_id}, Blob{key.wrapped},
                                   key.created_at));
        }
    }

    Result<void> insert(const vault::WrappedKey& key) override {
        const std::lock_guard lock(mutex_);
        Query query(connection_,
                    "INSERT INTO organisation_keys (organisation_id, id, root_key_id, wrapped, created_at)"
                    " VALUES (?, ?, ?, ?, ?)");
        query.bind(key.organisation, Blob{key.id}, Blob{key.root_key_id}, Blob{key.wrapped}, key.created_at);
        TENON_CHECK(query.run());
        return {};
    }

    Result<std::string> check_value() override {
        const std::lock_guard lock(mutex_);
        Query query(connection_, "SELECT envelope FROM root_key_check");
        std::string envelope;
        TENON_TRY(const bool any, query.step());
        if (any) TENON_CHECK(query.read(Blob{envelope}));
        return envelope;
    }

    Result<void> set_check_value(std::string_view envelope) override {
        const std::lock_guard lock(mutex_);
        Query query(connection_, "INSERT OR REPLACE INTO root_key_check (one, envelope) VALUES (1, ?)");
        TENON_CHECK(query.bind(Blob{envelope}).run());
        return {};
    }

private:
    std::mutex mutex_;
    Connection connection_;
};

}  // namespace
}  // namespace sqlite

Result<std::unique_ptr<vault::KeyStore>> open_sqlite_keyring(const std::filesystem::path& data_folder) {
    using namespace sqlite;
    TENON_CHECK(make_private_folder(data_folder));
    const auto file = data_folder / "keyring.db";
    TENON_CHECK(make_private_file(file));
    TENON_TRY(auto connection, Connection::open(file, Access::write, 64));
    // A rollback journal: one file that is complete by itself whenever nobody writes, easy to keep apart.
    TENON_CHECK(connection.execute("PRAGMA journal_mode=DELETE; PRAGMA secure_delete=ON"));
    TENON_CHECK(connection.execute(make_tables));
    return std::unique_ptr<vault::KeyStore>(std::make_unique<SqliteKeyring>(std::move(connection)));
}

}  // namespace tenon::store
