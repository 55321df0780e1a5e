#pragma once
// The head of a reply as bytes. What decides about framing (length, transfer coding, connection) is written
// here alone; what an Application sets of it is left out.

#include <ctime>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace tenon::http {

/// ASCII case ignored, as for all header names.
[[nodiscard]] bool same_name(std::string_view a, std::string_view b);

/// How the body follows the head.
enum class Framing : unsigned char { length, chunked, until_close, none };

struct HeadFacts {
    Framing framing = Framing::length;
    bool keep_alive = true;
    bool is_http10 = false;
    std::string_view request_id;
    std::string_view date;  ///< IMF-fixdate.
};

/// True if no header name or value could end a line or is no token: only then may the head be written.
[[nodiscard]] bool is_writable(const Response& response);

/// Appends status line, the Application's headers, and ours: Content-Length or Transfer-Encoding, Connection,
/// Date, X-Request-Id, X-Content-Type-Options, Referrer-Policy, Cache-Control (the last three only where the
/// Application set none). For is_writable() responses only.
void append_head(std::string& out, const Response& response, const HeadFacts& facts);

/// Puts the size before `chunk` and the line end behind it (RFC 9112 7.1). Not for an empty chunk.
void frame_chunk(std::string& chunk);

/// The reason phrase; empty for a status without a name here.
[[nodiscard]] std::string_view reason_of(int status);

/// The Date header's text, made once a second. One per thread.
class DateText {
public:
    [[nodiscard]] std::string_view at(std::time_t now);

private:
    std::time_t second_ = -1;
    std::string text_;
};

}  // namespace tenon::http
