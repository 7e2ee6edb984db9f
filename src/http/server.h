// Serves a folder of static files over HTTP/1.1, and the few addresses that need a program behind them.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace kabar::http {

struct Request {
  std::string method;  // "GET", "POST", …
  std::string path;    // decoded, without the query: "/api/report"
  std::string query;   // after "?", still encoded
  std::string body;
  std::string content_type;
  std::string remote;                          // address of the client
  std::map<std::string, std::string> headers;  // names in small letters
};

struct Response {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
};

// Answers every request whose path is `path` or, if it ends with "/", begins with it. Routes come before files; the
// first that fits answers. Handlers are called on threads of their own, several at once, and must not throw.
struct Route {
  std::string path;
  std::function<Response(const Request&)> handle;
};

// What is served under one name of this machine.
struct Host {
  std::string name;                                          // as host_name() gives it
  std::filesystem::path folder;                              // what is served
  std::vector<std::pair<std::string, std::string>> headers;  // sent with every answer (site::security_headers)
  std::vector<Route> routes;                                 // besides /api/health, which is always there
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  uint16_t port = 8080;     // 0: any free one
  std::vector<Host> hosts;  // at least one; the first also answers for names that no other has
  // Added to every HTML file that is served; browsers then keep nothing and get no compressed forms. For work on a
  // theme.
  std::string page_end;
  int threads = 1;             // that serve files; handlers have four more
  int connections_max = 4096;  // more are closed at once
  size_t header_bytes_max = 16 << 10;
  size_t body_bytes_max = 64 << 10;  // of a request
  int idle_seconds_max = 15;         // until a whole request must have come
  int write_seconds_max = 30;
  int stop_seconds_max = 5;                 // for requests in progress when the server is told to stop
  std::function<void(uint16_t)> listening;  // called once with the port when connections are accepted
};

// Runs until `stop` is asked for, then finishes what it is answering. Errors: io if the address is in use or refused.
Result<void> serve(const ServerOptions& options, std::stop_token stop);

// The name in a Host header or after "://": "Warta.Example:8080" is "warta.example".
std::string host_name(std::string_view header);

// "a=1&b=x%20y+z" as pairs, decoded; invalid escapes stay as they are.
std::map<std::string, std::string> parse_form(std::string_view text);

}  // namespace kabar::http
