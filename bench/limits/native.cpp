// CPU time of the native core, beside OpenSSL's MAC with its context kept, in one process and in turn.
// usage: native verify SCHEME_FILE BYTES   -> {"limit_us","ours_us"}   one stripe-like delivery of that size
//        native preview LINE_FILE          -> {"ours_us"}              one line of `preview --batch`
//        native validate LINE_FILE         -> {"ours_us"}              one line of `validate --batch`
// It prints nothing and fails when an answer is wrong: right deliveries must be valid, altered ones must not.
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>

#include "tenon/base/json.hpp"
#include "tenon/mapping/batch.hpp"
#include "tenon/webhook/verify.hpp"
#include "validate_line.hpp"

namespace {

constexpr double seconds_each = 0.12;
constexpr long long now_s = 1'700'000'000;
const std::string secret = "whsec_bench";

double cpu_seconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

template <class Call>
double microseconds(Call call) {
    for (int i = 0; i < 20; ++i) call();
    long calls = 0;
    const double start = cpu_seconds();
    double taken = 0;
    do {
        for (int i = 0; i < 20; ++i) call();
        calls += 20;
        taken = cpu_seconds() - start;
    } while (taken < seconds_each);
    return taken * 1e6 / static_cast<double>(calls);
}

std::string read_all(const char* path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

int wrong(const char* what) {
    std::fprintf(stderr, "native: %s\n", what);
    return 1;
}

/// HMAC-SHA256 with the keyed context kept: the cheapest that OpenSSL offers.
class Mac {
public:
    Mac() : context_(EVP_MAC_CTX_new(EVP_MAC_fetch(nullptr, "HMAC", nullptr))) {
        char digest[] = "SHA256";
        const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                         OSSL_PARAM_construct_end()};
        EVP_MAC_init(context_, bytes(secret), secret.size(), parameters);
    }

    std::string operator()(const std::string& before, const std::string& body) {
        unsigned char out[32];
        std::size_t size = 0;
        EVP_MAC_init(context_, nullptr, 0, nullptr);
        EVP_MAC_update(context_, bytes(before), before.size());
        EVP_MAC_update(context_, bytes(body), body.size());
        EVP_MAC_final(context_, out, &size, sizeof out);
        return {reinterpret_cast<const char*>(out), size};
    }

private:
    static const unsigned char* bytes(const std::string& text) {
        return reinterpret_cast<const unsigned char*>(text.data());
    }
    EVP_MAC_CTX* context_;  // the program's lifetime
};

std::string to_hex(const std::string& bytes) {
    std::string hex;
    for (const char byte : bytes) {
        char pair[3];
        std::snprintf(pair, sizeof pair, "%02x", static_cast<unsigned char>(byte));
        hex += pair;
    }
    return hex;
}

std::string body_of(std::size_t size) {
    const std::string start = R"({"id":"evt_1","object":"event","note":")";
    return start + std::string(size - start.size() - 2, 'n') + "\"}";
}

int verify(const char* scheme_file, std::size_t size) {
    auto document = tenon::json::read(read_all(scheme_file));
    if (!document) return wrong("the scheme can't be read");
    const auto scheme = tenon::webhook::Scheme::compile(*document);
    if (!scheme) return wrong("the scheme can't be compiled");
    tenon::webhook::Trust trust;
    trust.secrets.emplace_back(secret);
    auto verifier = tenon::webhook::Verifier::create(*scheme, std::move(trust));
    if (!verifier) return wrong("no verifier");

    Mac mac;
    const std::string body = body_of(size);
    const std::string before = std::to_string(now_s) + '.';
    const std::string expected = mac(before, body);
    const std::string header = "t=" + std::to_string(now_s) + ",v1=" + to_hex(expected);
    const std::string altered = body.substr(0, size - 3) + "m\"}";
    const auto delivery_of = [&header](const std::string& bytes) {
        return tenon::webhook::Delivery{"POST", "/hook", {{"stripe-signature", header}}, bytes};
    };
    const tenon::UnixTime now{std::chrono::milliseconds(now_s * 1000)};
    const auto good = delivery_of(body);
    if (!verifier->verify(good, now).valid) return wrong("a genuine delivery was refused");
    if (verifier->verify(delivery_of(altered), now).valid) return wrong("an altered delivery was taken");
    if (mac(before, altered) == expected) return wrong("the limit does not look at the body");

    bool all_right = true;
    const double limit = microseconds([&] { all_right &= mac(before, body) == expected; });
    const double ours = microseconds([&] { all_right &= verifier->verify(good, now).valid; });
    if (!all_right) return wrong("a verdict changed");
    std::printf("{\"limit_us\":%.3f,\"ours_us\":%.3f}\n", limit, ours);
    return 0;
}

template <class Answer>
int lines(const char* file, const char* expected, Answer answer) {
    std::string line = read_all(file);
    while (!line.empty() && line.back() == '\n') line.pop_back();
    if (answer(line).find(expected) == std::string::npos) return wrong("the line is answered otherwise");
    bool all_right = true;
    const double ours = microseconds([&] { all_right &= !answer(line).empty(); });
    if (!all_right) return wrong("an answer is empty");
    std::printf("{\"ours_us\":%.3f}\n", ours);
    return 0;
}

}  // namespace

int main(int count, char** words) {
    const std::string command = count > 2 ? words[1] : "";
    if (command == "verify" && count == 4) return verify(words[2], std::stoul(words[3]));
    if (command == "preview")
        return lines(words[2], "\"ok\":true",
                     [](std::string_view line) { return tenon::mapping::preview_line(line); });
    if (command == "validate")
        return lines(words[2], "\"valid\":true",
                     [](std::string_view line) { return tenon::form::validate_line(line); });
    return wrong("usage: native verify SCHEME_FILE BYTES | preview LINE_FILE | validate LINE_FILE");
}
