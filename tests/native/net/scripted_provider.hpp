#pragma once
// A provider made of a script: what it does with each connection is a function on the raw socket.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace tenon::net {

/// One accepted connection.
class Peer {
public:
    explicit Peer(int socket) : socket_(socket) {
        const timeval patience{10, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    }
    void send(std::string_view bytes) const {
        (void)::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }
    /// The next request, head and body; empty when the client has closed.
    std::string request() {
        std::size_t end = std::string::npos;
        while ((end = pending_.find("\r\n\r\n")) == std::string::npos)
            if (!more()) return {};
        const std::size_t at = pending_.find("Content-Length: ");
        end += 4;
        if (at < end) end += std::strtoull(pending_.c_str() + at + 16, nullptr, 10);
        while (pending_.size() < end && more()) {
        }
        std::string out = pending_.substr(0, end);
        pending_.erase(0, end);
        return out;
    }
    /// True once the client has closed.
    bool is_closed() { return !more(); }

private:
    bool more() {
        char buffer[65536];
        const ssize_t got = ::recv(socket_, buffer, sizeof buffer, 0);
        if (got <= 0) return false;
        pending_.append(buffer, static_cast<std::size_t>(got));
        return true;
    }
    int socket_;
    std::string pending_;
};

/// Runs `script(peer, number)` for each connection on a thread of its own; the connection is closed when it
/// returns. `number` counts connections from 0.
class ScriptedProvider {
public:
    using Script = std::function<void(Peer&, int)>;

    explicit ScriptedProvider(Script script) : script_(std::move(script)) {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof where;
        ::bind(listener_, reinterpret_cast<sockaddr*>(&where), size);
        ::listen(listener_, 64);
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&where), &size);
        port = ntohs(where.sin_port);
        acceptor_ = std::thread([this] { accept_all(); });
    }
    ScriptedProvider(const ScriptedProvider&) = delete;
    ScriptedProvider& operator=(const ScriptedProvider&) = delete;
    ~ScriptedProvider() {
        is_stopping_ = true;
        acceptor_.join();
        {
            const std::lock_guard lock(mutex_);  // scripts that wait for a client see the end
            for (const int socket : open_) ::shutdown(socket, SHUT_RDWR);
        }
        for (auto& thread : threads_) thread.join();
        ::close(listener_);
    }

    [[nodiscard]] std::string url(std::string_view path = "/") const {
        return "http://127.0.0.1:" + std::to_string(port) + std::string(path);
    }

    unsigned short port = 0;
    std::atomic<int> connections{0};

private:
    void accept_all() {
        while (!is_stopping_) {
            pollfd ready{listener_, POLLIN, 0};
            if (::poll(&ready, 1, 20) != 1) continue;
            const int socket = ::accept(listener_, nullptr, nullptr);
            if (socket < 0) continue;
            {
                const std::lock_guard lock(mutex_);
                open_.insert(socket);
            }
            threads_.emplace_back([this, socket, number = connections++] {
                Peer peer(socket);
                script_(peer, number);
                const std::lock_guard lock(mutex_);
                open_.erase(socket);
                ::close(socket);
            });
        }
    }

    Script script_;
    int listener_ = -1;
    std::atomic<bool> is_stopping_{false};
    std::mutex mutex_;
    std::set<int> open_;
    std::thread acceptor_;
    std::vector<std::thread> threads_;
};

/// Answers every request on a connection with `reply`.
inline ScriptedProvider::Script always(std::string reply) {
    return [reply = std::move(reply)](Peer& peer, int) {
        while (!peer.request().empty()) peer.send(reply);
    };
}

}  // namespace tenon::net
