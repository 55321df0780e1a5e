#pragma once
// Bytes of a provider to an InboundReply, under limits. Sans I/O; the grammar is Beast's.

#include <cstddef>
#include <memory>
#include <string_view>

#include "net/http_client.hpp"

namespace tenon::net {

class ReplyReader {
public:
    static constexpr std::size_t header_bytes = 65'536;  ///< One byte more is reply_too_large.

    enum class Step : unsigned char { more, complete, too_large, malformed };

    /// `is_head`: the reply to a HEAD request has no body whatever its headers say.
    ReplyReader(std::size_t max_body_bytes, bool is_head);
    ~ReplyReader();
    ReplyReader(const ReplyReader&) = delete;
    ReplyReader& operator=(const ReplyReader&) = delete;

    /// Consumes `bytes` completely or keeps what it needs. Interim replies (1xx) are skipped, 101 is
    /// malformed.
    [[nodiscard]] Step feed(std::string_view bytes);
    /// The connection ended: `complete` for a body that ends with it, else malformed.
    [[nodiscard]] Step end();

    /// After `complete`.
    [[nodiscard]] InboundReply& reply();
    /// After `complete`: another request may follow on the connection.
    [[nodiscard]] bool keep_alive() const;
    /// True once any byte came.
    [[nodiscard]] bool has_started() const;

private:
    class Parser;
    std::unique_ptr<Parser> parser_;
};

}  // namespace tenon::net
