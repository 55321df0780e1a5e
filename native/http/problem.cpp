#include "http/problem.hpp"

namespace tenon::http {
namespace {

std::string_view sentence_of(const Error& error) {
    return error.detail.empty() ? row_of(error.code).sentence : std::string_view(error.detail);
}

}  // namespace

json::Value problem_row(const Error& error) {
    const bool is_pointer = error.field.empty() || error.field.front() == '/';
    return json::Object{{"pointer", is_pointer ? error.field : "/" + json::escape_token(error.field)},
                        {"code", id_of(error.code)},
                        {"message", sentence_of(error)}};
}

Response problem(const Error& error, std::string_view request_id, json::Array errors) {
    const ErrorRow& row = row_of(error.code);
    if (errors.empty() && !error.field.empty()) errors.push_back(problem_row(error));
    json::Object document{{"type", "/problems/" + std::string(row.id)},
                          {"title", row.sentence},
                          {"status", row.status},
                          {"code", row.id},
                          {"detail", sentence_of(error)},
                          {"request_id", request_id}};
    if (!errors.empty()) document.append("errors", std::move(errors));
    Response response;
    response.status = row.status;
    response.headers.emplace_back("Content-Type", "application/problem+json");
    response.body = json::write(document);
    return response;
}

}  // namespace tenon::http
