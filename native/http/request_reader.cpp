#include "http/request_reader.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/none.hpp>
#include <optional>

#include "http/reply_head.hpp"
#include "http/request_target.hpp"

namespace tenon::http {

namespace beast_http = boost::beast::http;
using boost::system::error_code;

namespace {

Refusal refusal_of(const error_code& ec) {
    if (ec == beast_http::error::header_limit) return {Errc::header_too_large, "the header is too large"};
    if (ec == beast_http::error::body_limit) return {Errc::body_too_large, "the body is too large"};
    if (ec == beast_http::error::bad_version) return {Errc::malformed_request, "only HTTP/1.0 and HTTP/1.1"};
    return {Errc::malformed_request, "the request is not valid HTTP/1.1"};
}

bool is_digits(std::string_view text) {
    if (text.empty() || text.size() > 18) return false;
    return text.find_first_not_of("0123456789") == std::string_view::npos;
}

// The callbacks of Beast's parser, filling one Request.
class Sink final : public beast_http::basic_parser<true> {
public:
    explicit Sink(std::size_t header_bytes) {
        // Far above ours, which RequestReader counts itself: Beast's counts only what is unread.
        header_limit(static_cast<std::uint32_t>(header_bytes) + 4096);
        body_limit(boost::none);  // unknown before the head was read; checked below by what really arrives
    }

    Request request;
    std::string_view input;  // what put() is given: see is_folded()
    std::size_t body_limit_bytes = 0;
    std::optional<Refusal> refused;
    std::string_view expect;  // a literal, not the header's memory
    std::uint64_t declared = 0;
    std::size_t hosts = 0, lengths = 0, codings = 0, fields = 0;
    bool is_http10 = false, is_head = false, is_head_done = false, plain_length = true, plain_coding = true;

    // What `on_header_impl` decides; also run when Beast met an error first.
    void refuse(Errc code, std::string_view detail, error_code& ec) {
        if (!refused) refused = Refusal{code, detail};
        ec = beast_http::error::bad_value;
    }

private:
    using Text = boost::beast::string_view;
    static std::string_view view(Text text) { return {text.data(), text.size()}; }

    void on_request_impl(beast_http::verb, Text method, Text target, int version, error_code& ec) override {
        request.method.assign(method.data(), method.size());
        request.headers.reserve(16);
        is_http10 = version == 10;
        is_head = request.method == "HEAD";
        request.target.assign(target.data(), target.size());
        for (const char c : request.method)
            if (c >= 'a' && c <= 'z') return refuse(Errc::malformed_request, "unknown method", ec);
    }

    void on_response_impl(int, Text, int, error_code&) override {}

    void on_field_impl(beast_http::field field, Text name, Text value, error_code& ec) override {
        if (is_head_done) return;  // a trailer: allowed, never used
        if (is_folded(name, value)) return refuse(Errc::malformed_request, "a folded header line", ec);
        if (++fields > RequestReader::max_headers)
            return refuse(Errc::header_too_large, "too many header fields", ec);
        if (field == beast_http::field::host) ++hosts;
        if (field == beast_http::field::content_length) {
            ++lengths;
            plain_length = is_digits(view(value));
        }
        if (field == beast_http::field::transfer_encoding) {
            ++codings;
            plain_coding = same_name(view(value), "chunked");
        }
        if (field == beast_http::field::expect && same_name(view(value), "100-continue"))
            expect = "100-continue";
        request.headers.emplace_back(std::string(name.data(), name.size()),
                                     std::string(value.data(), value.size()));
    }

    // RFC 9112 5.2 lets us refuse what it forbids to send: a value over several lines. Beast joins them in a
    // buffer of its own; only if the first line is empty the value still lies in the input.
    [[nodiscard]] bool is_folded(Text name, Text value) const {
        if (value.empty()) return false;
        if (value.data() < input.data() || value.data() >= input.data() + input.size()) return true;
        // cppcheck-suppress mismatchingContainerExpression  // both lie in the input
        const std::string_view gap(name.end(), static_cast<std::size_t>(value.begin() - name.end()));
        return gap.find('\n') != std::string_view::npos;
    }

    // RFC 9112 6.3 and 3.2: one way to frame the body, one host.
    void on_header_impl(error_code& ec) override {
        if (codings > 1 || !plain_coding || (codings == 1 && is_http10))
            return refuse(Errc::malformed_request, "the Transfer-Encoding is not supported", ec);
        if (lengths > 1 || !plain_length || (lengths == 1 && codings == 1))
            return refuse(Errc::malformed_request, "the Content-Length is ambiguous", ec);
        if (hosts > 1 || (hosts == 0 && !is_http10))
            return refuse(Errc::malformed_request, "exactly one Host is required", ec);
        if (!read_target(request)) return refuse(Errc::malformed_request, "the target is not valid", ec);
        declared = lengths == 1 ? content_length().value_or(0) : 0;
        is_head_done = true;
    }

    std::size_t take(Text bytes, error_code& ec) {
        if (bytes.size() > body_limit_bytes - request.body.size()) {
            refuse(Errc::body_too_large, "the body is too large", ec);
            return 0;
        }
        request.body.append(bytes.data(), bytes.size());
        return bytes.size();
    }

    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
    std::size_t on_body_impl(Text body, error_code& ec) override { return take(body, ec); }
    void on_chunk_header_impl(std::uint64_t size, Text, error_code& ec) override {
        if (size > body_limit_bytes - request.body.size())
            refuse(Errc::body_too_large, "the body is too large", ec);
    }
    std::size_t on_chunk_body_impl(std::uint64_t, Text body, error_code& ec) override {
        return take(body, ec);
    }
    void on_finish_impl(error_code&) override {}
};

}  // namespace

class RequestReader::Parser {
public:
    explicit Parser(std::size_t bytes) : header_bytes(bytes) { sink.emplace(bytes); }

    std::size_t header_bytes;
    std::optional<Sink> sink;
    std::size_t header_seen = 0;
    bool has_started = false, was_head_told = false;

    Step refuse(const error_code& ec) {
        if (!sink->refused) sink->refused = refusal_of(ec);
        return Step::refused;
    }
    Step refuse(Errc code, std::string_view detail) {
        sink->refused = Refusal{code, detail};
        return Step::refused;
    }
    // `unread`: bytes that wait for their line or chunk to be complete.
    Step need_more(std::size_t unread) {
        if (!sink->is_head_done && header_seen + unread > header_bytes)
            return refuse(Errc::header_too_large, "the header is too large");
        if (sink->is_head_done && unread > header_bytes)  // a chunk extension or trailer without end
            return refuse(Errc::malformed_request, "the chunk framing is too large");
        return Step::more;
    }
    Step feed(std::string_view bytes, std::size_t& consumed);
};

RequestReader::Step RequestReader::Parser::feed(std::string_view bytes, std::size_t& consumed) {
    consumed = 0;
    if (!has_started) {  // RFC 9112 2.2: empty lines before the request line are ignored, a few of them
        while (bytes.size() - consumed >= 2 && bytes.compare(consumed, 2, "\r\n") == 0 && consumed < 8)
            consumed += 2;
        if (bytes.substr(consumed) == "\r") return Step::more;
    }
    while (!sink->is_done()) {
        if (consumed == bytes.size()) return Step::more;
        has_started = true;
        error_code ec;
        const bool was_head_done = sink->is_head_done;
        sink->input = bytes.substr(consumed);
        const std::size_t used =
            sink->put(boost::asio::const_buffer(bytes.data() + consumed, bytes.size() - consumed), ec);
        consumed += used;
        if (!was_head_done) header_seen += used;
        if (ec == beast_http::error::need_more) return need_more(bytes.size() - consumed);
        if (ec) return refuse(ec);
        if (header_seen > header_bytes) return refuse(Errc::header_too_large, "the header is too large");
        if (sink->is_head_done && !was_head_told) {
            was_head_told = true;
            return Step::head;
        }
    }
    return Step::complete;
}

RequestReader::RequestReader(std::size_t header_bytes) : parser_(std::make_unique<Parser>(header_bytes)) {}
RequestReader::~RequestReader() = default;

void RequestReader::begin() {
    parser_->sink.emplace(parser_->header_bytes);
    parser_->header_seen = 0;
    parser_->has_started = parser_->was_head_told = false;
}

RequestReader::Step RequestReader::feed(std::string_view bytes, std::size_t& consumed) {
    return parser_->feed(bytes, consumed);
}

bool RequestReader::limit_body(std::size_t bytes) {
    parser_->sink->body_limit_bytes = bytes;
    if (parser_->sink->declared <= bytes) {
        parser_->sink->request.body.reserve(std::min<std::size_t>(parser_->sink->declared, 65'536));
        return true;
    }
    parser_->sink->refused = Refusal{Errc::body_too_large, "the body is too large"};
    return false;
}

Refusal RequestReader::refusal() const { return parser_->sink->refused.value_or(Refusal{}); }
Request& RequestReader::request() { return parser_->sink->request; }
bool RequestReader::has_started() const { return parser_->has_started; }
bool RequestReader::is_complete() const { return parser_->sink->is_done(); }
bool RequestReader::keep_alive() const {
    return parser_->sink->is_header_done() && parser_->sink->keep_alive();
}
bool RequestReader::is_http10() const { return parser_->sink->is_http10; }
bool RequestReader::is_head() const { return parser_->sink->is_head; }
bool RequestReader::expects_continue() const {
    return !parser_->sink->expect.empty() && !is_http10() && !parser_->sink->is_done();
}
std::size_t RequestReader::body_bytes_left() const {
    if (!parser_->sink->is_header_done()) return 0;
    return static_cast<std::size_t>(parser_->sink->content_length_remaining().value_or(0));
}

}  // namespace tenon::http
