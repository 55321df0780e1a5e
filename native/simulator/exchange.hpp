#pragma once
// One request as a played provider sees it, and what it answers.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "http/message.hpp"

namespace tenon::simulator {

/// Name and address of the provider are cut off the path already.
struct Exchange {
    const http::Request& request;
    std::string path;  ///< Percent-encoded, starts with `/`.
};

/// A reply before faults are laid over it.
struct Answer {
    int status = 200;
    std::vector<http::Header> headers;
    std::string content_type = "application/json";
    std::string body;
};

}  // namespace tenon::simulator
