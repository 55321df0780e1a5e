#pragma once
// A client that sends exactly the bytes it is told to. Every wait is bounded, so a hanging server fails a
// test.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

namespace tenon::http {

class RawClient {
public:
    explicit RawClient(unsigned short port, int patience_seconds = 10) {
        socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const timeval patience{patience_seconds, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_port = htons(port);
        where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        is_connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0;
    }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;
    ~RawClient() { ::close(socket_); }

    [[nodiscard]] bool is_connected() const { return is_connected_; }
    /// False if the server closed the connection.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    void half_close() { ::shutdown(socket_, SHUT_WR); }

    /// All bytes until the server closes; `timed_out` is put behind them if it does not.
    std::string read_all() {
        while (read_more()) {
        }
        return std::exchange(pending_, {}) + (is_late_ ? "timed_out" : "");
    }
    /// True if the server closed without another byte.
    bool is_closed() { return pending_.empty() && !read_more() && !is_late_; }

    /// Head of the next reply with its empty line; shorter if the server closed.
    std::string read_head() {
        while (pending_.find("\r\n\r\n") == std::string::npos && read_more()) {
        }
        return take(
            std::min(pending_.find("\r\n\r\n"), pending_.size() - std::min<std::size_t>(pending_.size(), 4)) +
            4);
    }
    /// Head and the body that its Content-Length announces.
    std::string read_reply() {
        const std::string head = read_head();
        const std::size_t at = head.find("Content-Length: ");
        const std::size_t length =
            at == std::string::npos ? 0 : std::strtoull(head.c_str() + at + 16, nullptr, 10);
        while (pending_.size() < length && read_more()) {
        }
        return head + take(length);
    }
    std::string exchange(std::string_view request) {
        send(request);
        return read_reply();
    }
    std::string read_until(std::string_view mark) {
        while (pending_.find(mark) == std::string::npos && read_more()) {
        }
        return take(std::min(pending_.find(mark), pending_.size()) + mark.size());
    }

private:
    bool read_more() {
        char buffer[65536];
        const ssize_t got = ::recv(socket_, buffer, sizeof buffer, 0);
        if (got < 0) is_late_ = errno == EAGAIN;
        if (got <= 0) return false;
        pending_.append(buffer, static_cast<std::size_t>(got));
        return true;
    }
    std::string take(std::size_t count) {
        count = std::min(count, pending_.size());
        std::string out = pending_.substr(0, count);
        pending_.erase(0, count);
        return out;
    }

    int socket_ = -1;
    bool is_connected_ = false, is_late_ = false;
    std::string pending_;
};

}  // namespace tenon::http
