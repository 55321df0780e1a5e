// The server's request reader: one stream of bytes gives the same requests, or the same refusal, however it
// is cut.
#include <vector>

#include "fuzz.hpp"
#include "http/query.hpp"
#include "http/request_reader.hpp"

namespace tenon::fuzz {
namespace {

using http::RequestReader;
using Step = RequestReader::Step;

constexpr std::size_t header_bytes = 4096, body_bytes = 4096, most_requests = 8;

std::string shown(const http::Request& request) {
    std::string out = request.method + "|" + request.target + "|" + request.path + "|" + request.query + "|";
    for (const http::Header& header : request.headers) out += header.first + ":" + header.second + "\n";
    return out + "|" + request.body;
}

/// All requests of `bytes`, handed over `piece` bytes at a time; ends with the refusal, if any.
std::vector<std::string> read_all(std::string_view bytes, std::size_t piece) {
    std::vector<std::string> out;
    RequestReader reader(header_bytes);
    reader.begin();
    std::string unread;
    while (out.size() < most_requests) {
        std::size_t used = 0;
        const std::vector<char> exact(unread.begin(), unread.end());
        const Step step = reader.feed({exact.data(), exact.size()}, used);
        require(used <= exact.size(), "no more is used than was given");
        unread.erase(0, used);
        if (step == Step::refused || (step == Step::head && !reader.limit_body(body_bytes))) {
            require(!reader.refusal().detail.empty(), "a refusal says why");
            out.push_back("refused");
            break;
        }
        if (step == Step::complete) {
            require(reader.request().body.size() <= body_bytes, "a body keeps its limit");
            out.push_back(shown(reader.request()));
            reader.begin();
        } else if (step == Step::more) {
            if (bytes.empty()) break;
            const std::size_t count = std::min(piece, bytes.size());
            unread.append(bytes.substr(0, count));
            bytes.remove_prefix(count);
        }
    }
    return out;
}

}  // namespace

void run(std::string_view input) {
    if (input.size() > 16'384) return;
    // Every head ends: one that never does may be refused early or not at all, as its pieces happen to be.
    const std::string stream = std::string(input) + "\r\n\r\n";
    std::vector<std::string> whole;
    {
        const MemoryBound bound(stream.size(), 16 * kilobytes, 32);
        whole = read_all(stream, stream.size());
    }
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}})
        require(read_all(stream, piece) == whole, "pieces give the same requests");
    const auto query = http::Query::parse(input);
    if (query) require(query->all().size() <= http::Query::max_parameters, "parameters keep their limit");
    (void)http::find_cookie(input, "session");
}

}  // namespace tenon::fuzz
