#include "net/reply_reader.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/none.hpp>

#include "tenon/base/text.hpp"

namespace tenon::net {

namespace beast_http = boost::beast::http;
using boost::system::error_code;

namespace {

class Sink final : public beast_http::basic_parser<false> {
public:
    Sink(std::size_t max_body, bool is_head) : max_body_(max_body) {
        header_limit(static_cast<std::uint32_t>(ReplyReader::header_bytes) + 4096);  // counted by the reader
        body_limit(boost::none);
        if (is_head) skip(true);
    }

    InboundReply reply;
    bool is_too_large = false, has_head = false;

private:
    using Text = boost::beast::string_view;

    void on_request_impl(beast_http::verb, Text, Text, int, error_code&) override {}
    void on_response_impl(int code, Text, int, error_code&) override { reply.status = code; }

    void on_field_impl(beast_http::field field, Text name, Text value, error_code& ec) override {
        if (has_head) return;  // a trailer
        const std::string_view text(value.data(), value.size());
        if (field == beast_http::field::transfer_encoding && !text::equal_ignoring_case(text, "chunked"))
            ec = beast_http::error::bad_transfer_encoding;  // a coding that nobody asked for
        reply.headers.emplace_back(std::string(name.data(), name.size()), std::string(text));
    }

    void on_header_impl(error_code& ec) override {
        has_head = true;
        if (reply.status < 100 || reply.status == 101) ec = beast_http::error::bad_status;
    }
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code& ec) override {
        if (length && *length > max_body_) refuse(ec);
    }
    std::size_t take(Text bytes, error_code& ec) {
        if (bytes.size() > max_body_ - reply.body.size()) {
            refuse(ec);
            return 0;
        }
        reply.body.append(bytes.data(), bytes.size());
        return bytes.size();
    }
    std::size_t on_body_impl(Text body, error_code& ec) override { return take(body, ec); }
    void on_chunk_header_impl(std::uint64_t size, Text, error_code& ec) override {
        if (size > max_body_ - reply.body.size()) refuse(ec);
    }
    std::size_t on_chunk_body_impl(std::uint64_t, Text body, error_code& ec) override {
        return take(body, ec);
    }
    void on_finish_impl(error_code&) override {}

    void refuse(error_code& ec) {
        is_too_large = true;
        ec = beast_http::error::body_limit;
    }

    std::size_t max_body_;
};

}  // namespace

class ReplyReader::Parser {
public:
    Parser(std::size_t max_body, bool head) : max_body_bytes(max_body), is_head(head) { next(); }

    void next() {
        sink.emplace(max_body_bytes, is_head);
        header_seen = 0;
    }

    Step feed(std::string_view bytes) {
        has_started = has_started || !bytes.empty();
        pending.append(bytes);
        std::size_t used = 0;
        Step step = Step::more;
        while (step == Step::more && used < pending.size()) {
            error_code ec;
            const bool was_in_header = !sink->has_head;
            const std::size_t count =
                sink->put(boost::asio::const_buffer(pending.data() + used, pending.size() - used), ec);
            used += count;
            if (was_in_header) header_seen += count;
            step = header_seen > header_bytes ? Step::too_large : judge(ec, pending.size() - used);
            if (ec == beast_http::error::need_more) break;
        }
        pending.erase(0, used);
        return step;
    }

    Step judge(const error_code& ec, std::size_t unread) {
        if (ec && ec != beast_http::error::need_more)
            return sink->is_too_large || ec == beast_http::error::header_limit ? Step::too_large
                                                                               : Step::malformed;
        if (!sink->has_head && header_seen + unread > header_bytes) return Step::too_large;
        if (sink->has_head && unread > header_bytes) return Step::malformed;  // endless chunk framing
        if (!sink->is_done()) return Step::more;
        if (sink->reply.status >= 200) return Step::complete;
        next();
        return ++interim > 8 ? Step::malformed : Step::more;
    }

    std::size_t max_body_bytes;
    bool is_head;
    bool has_started = false;
    int interim = 0;
    std::size_t header_seen = 0;
    std::optional<Sink> sink;
    std::string pending;
};

ReplyReader::ReplyReader(std::size_t max_body_bytes, bool is_head)
    : parser_(std::make_unique<Parser>(max_body_bytes, is_head)) {}
ReplyReader::~ReplyReader() = default;

ReplyReader::Step ReplyReader::feed(std::string_view bytes) { return parser_->feed(bytes); }

ReplyReader::Step ReplyReader::end() {
    Sink& sink = *parser_->sink;
    if (!sink.got_some() || !sink.has_head) return Step::malformed;
    error_code ec;
    sink.put_eof(ec);
    return ec || !sink.is_done() ? Step::malformed : Step::complete;
}

InboundReply& ReplyReader::reply() { return parser_->sink->reply; }
bool ReplyReader::keep_alive() const { return parser_->sink->keep_alive() && parser_->pending.empty(); }
bool ReplyReader::has_started() const { return parser_->has_started; }

}  // namespace tenon::net
