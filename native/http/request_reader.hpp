#pragma once
// Bytes of a connection to Requests. Beast's parser reads the grammar; what it lets through and a proxy in
// front of us could read otherwise (two framings, repeated Host, odd targets) is refused here. Sans I/O.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "http/message.hpp"
#include "tenon/base/error.hpp"

namespace tenon::http {

/// Why a request is not read to its end. `code` gives the status.
struct Refusal {
    Errc code = Errc::malformed_request;
    std::string_view detail;
};

/// Invariants: (1) after refused, feed() is not called again; (2) nothing behind the end of a request is
/// consumed, so pipelined requests stay in the caller's buffer. Threads: one at a time.
class RequestReader {
public:
    static constexpr std::size_t max_headers = 256;  ///< Fields of one head; one more is header_too_large.

    explicit RequestReader(std::size_t header_bytes);
    ~RequestReader();
    RequestReader(const RequestReader&) = delete;
    RequestReader& operator=(const RequestReader&) = delete;

    enum class Step : unsigned char {
        more,      ///< Give the same bytes again (without the consumed ones) and some more behind them.
        head,      ///< The head is complete: look at request(), call limit_body(), go on.
        complete,  ///< The request is complete: take it.
        refused    ///< See refusal(); the connection can't be used for another request.
    };

    /// Forgets the last request.
    void begin();
    /// Reads from `bytes`; `consumed` says how many are done with.
    [[nodiscard]] Step feed(std::string_view bytes, std::size_t& consumed);
    /// After `head`: the largest body, counted without framing. False (and refused) if a declared length is
    /// larger already.
    [[nodiscard]] bool limit_body(std::size_t bytes);

    [[nodiscard]] Refusal refusal() const;
    /// Valid from `head` to the next begin(); may be moved from after `complete`.
    [[nodiscard]] Request& request();
    /// True once a byte of the request was seen.
    [[nodiscard]] bool has_started() const;
    /// True after `complete`, until begin().
    [[nodiscard]] bool is_complete() const;
    // From `head` on:
    [[nodiscard]] bool keep_alive() const;
    [[nodiscard]] bool is_http10() const;
    [[nodiscard]] bool is_head() const;  ///< Method HEAD; also after the request was moved from.
    [[nodiscard]] bool expects_continue() const;
    [[nodiscard]] std::size_t body_bytes_left() const;  ///< 0 if unknown.

private:
    class Parser;
    std::unique_ptr<Parser> parser_;
};

}  // namespace tenon::http
