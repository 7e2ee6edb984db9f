#include "http/server.h"

#include <algorithm>
#include <array>
#include <list>
#include <memory>
#include <set>
#include <thread>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include "base/percent.h"
#include "http/static_files.h"

namespace kabar::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using tcp = asio::ip::tcp;
using BeastRequest = beast::http::request<beast::http::string_body>;
using BeastResponse = beast::http::response<beast::http::span_body<const char>>;

constexpr int kHandlerThreads = 4;
constexpr size_t kCacheBytesMax = 256 << 20;  // of the files of all hosts

std::string_view from_beast(boost::core::string_view text) { return {text.data(), text.size()}; }
boost::core::string_view to_beast(std::string_view text) { return {text.data(), text.size()}; }

struct ServedHost {
  ServedHost(const Host& the_host, size_t cache_bytes_max)
      : host(the_host), files(the_host.folder, cache_bytes_max, the_host.headers) {}
  const Host& host;
  StaticFiles files;
};

// What all connections of one serve() share.
struct Shared {
  Shared(const ServerOptions& the_options) : options(the_options), handlers(kHandlerThreads) {
    KABAR_CHECK(!options.hosts.empty());
    for (const Host& host : options.hosts) hosts.emplace_back(host, kCacheBytesMax / options.hosts.size());
  }

  ServedHost& host_of(const BeastRequest& request) {
    if (hosts.size() == 1) return hosts.front();
    const std::string name = host_name(from_beast(request[beast::http::field::host]));
    const auto found = std::ranges::find_if(hosts, [&](const ServedHost& served) { return served.host.name == name; });
    return found == hosts.end() ? hosts.front() : *found;
  }

  const ServerOptions& options;
  std::list<ServedHost> hosts;
  asio::thread_pool handlers;
};

// One thread with its own event loop and acceptor: nothing in it needs a lock.
class Worker {
 public:
  Worker(Shared& shared) : shared_(shared), context_(1), acceptor_(context_), deadline_(context_) {}

  // Every worker accepts on the same port, and the kernel spreads the connections. The first one takes the port for
  // itself and shares it only when it has it: otherwise a second program could share it too, and readers would get now
  // one site, now the other.
  Result<void> listen(uint16_t& port, bool first) {
    boost::system::error_code error;
    const asio::ip::address address = asio::ip::make_address(shared_.options.address, error);
    if (error) return fail(ErrorKind::usage, shared_.options.address, "not an IP address");
    const tcp::endpoint endpoint(address, port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    using reuse_port = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
    if (!error && !first) acceptor_.set_option(reuse_port(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (!error && first && shared_.options.threads > 1) acceptor_.set_option(reuse_port(true), error);
    if (error) {
      return fail(ErrorKind::io, shared_.options.address + ":" + std::to_string(port),
                  "cannot listen: " + error.message());
    }
    port = acceptor_.local_endpoint(error).port();
    asio::co_spawn(context_, accept(), asio::detached);
    return {};
  }

  void run() { context_.run(); }

  // From any thread. Idle connections are closed, the others after their answer.
  void stop() {
    asio::post(context_, [this] {
      stopping_ = true;
      boost::system::error_code ignored;
      acceptor_.close(ignored);
      for (Session* session : sessions_) {
        if (session->idle) session->stream.cancel();
      }
      if (sessions_.empty()) return;
      deadline_.expires_after(std::chrono::seconds(shared_.options.stop_seconds_max));
      deadline_.async_wait([this](boost::system::error_code error) {
        if (!error) context_.stop();
      });
    });
  }

 private:
  struct Session {
    explicit Session(tcp::socket socket) : stream(std::move(socket)) {}
    beast::tcp_stream stream;
    beast::flat_buffer buffer;
    std::string remote;
    std::string head;  // of the answer that is being sent; kept for its memory
    bool idle = true;
  };

  asio::awaitable<void> accept() {
    while (!stopping_) {
      boost::system::error_code error;
      tcp::socket socket = co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, error));
      if (error == asio::error::operation_aborted || stopping_) co_return;
      if (error) {  // out of descriptors: wait instead of spinning
        asio::steady_timer pause(context_, std::chrono::milliseconds(50));
        co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
        continue;
      }
      if (static_cast<int>(sessions_.size()) >= shared_.options.connections_max) continue;  // closes it
      socket.set_option(tcp::no_delay(true), error);
      socket.non_blocking(true, error);  // see send_ready()
      asio::co_spawn(context_, converse(std::make_unique<Session>(std::move(socket))), asio::detached);
    }
  }

  asio::awaitable<void> converse(std::unique_ptr<Session> session) {
    sessions_.insert(session.get());
    boost::system::error_code error;
    session->remote = session->stream.socket().remote_endpoint(error).address().to_string();
    for (bool open = true; open && !stopping_;) {
      beast::http::request_parser<beast::http::string_body> parser;
      parser.header_limit(static_cast<uint32_t>(shared_.options.header_bytes_max));
      parser.body_limit(shared_.options.body_bytes_max);
      session->idle = true;
      session->stream.expires_after(std::chrono::seconds(shared_.options.idle_seconds_max));
      co_await beast::http::async_read(session->stream, session->buffer, parser,
                                       asio::redirect_error(asio::use_awaitable, error));
      session->idle = false;
      if (error) {
        co_await refuse(*session, error);
        break;
      }
      open = co_await answer(*session, parser.get());
    }
    session->stream.socket().shutdown(tcp::socket::shutdown_send, error);
    sessions_.erase(session.get());
    if (stopping_ && sessions_.empty()) deadline_.cancel();
  }

  // A request that could not be read: say why if the client can still hear it.
  asio::awaitable<void> refuse(Session& session, boost::system::error_code reason) {
    Response response;
    if (reason == beast::http::error::header_limit)
      response.status = 431;
    else if (reason == beast::http::error::body_limit)
      response.status = 413;
    else if (reason == beast::http::error::end_of_stream ||
             reason.category() != beast::http::make_error_code(beast::http::error::bad_method).category())
      co_return;
    else
      response.status = 400;
    BeastRequest request;
    request.version(11);
    request.keep_alive(false);
    co_await send(session, shared_.hosts.front(), request, response);
  }

  asio::awaitable<bool> answer(Session& session, const BeastRequest& request) {
    ServedHost& served = shared_.host_of(request);
    const std::optional<std::string> path = decode_path(from_beast(request.target()));
    if (!path) {
      Response response{.status = 400, .body = "Bad request\n"};
      co_return co_await send(session, served, request, response);
    }
    if (*path == "/api/health") {
      Response response{.body = "ok\n", .headers = {{"Cache-Control", "no-store"}}};
      co_return co_await send(session, served, request, response);
    }
    for (const Route& route : served.host.routes) {
      const bool fits = route.path.ends_with('/') ? path->starts_with(route.path) : *path == route.path;
      if (fits) co_return co_await handle(session, served, request, *path, route);
    }
    if (request.method() != beast::http::verb::get && request.method() != beast::http::verb::head) {
      Response response{.status = 405, .body = "Method not allowed\n", .headers = {{"Allow", "GET, HEAD"}}};
      co_return co_await send(session, served, request, response);
    }
    co_return co_await send_file(session, served, request, *path);
  }

  asio::awaitable<bool> handle(Session& session, ServedHost& served, const BeastRequest& request,
                               const std::string& path, const Route& route) {
    Request plain;
    plain.method = std::string(from_beast(request.method_string()));
    plain.path = path;
    const std::string_view target = from_beast(request.target());
    if (const size_t at = target.find('?'); at != std::string_view::npos) plain.query = target.substr(at + 1);
    plain.body = request.body();
    plain.content_type = std::string(from_beast(request[beast::http::field::content_type]));
    plain.remote = session.remote;
    for (const auto& field : request) {
      std::string name(from_beast(field.name_string()));
      for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      plain.headers[name] = std::string(from_beast(field.value()));
    }
    // Off the event loop while it works, then back.
    co_await asio::post(asio::bind_executor(shared_.handlers, asio::use_awaitable));
    Response response = route.handle(plain);
    co_await asio::post(asio::bind_executor(context_, asio::use_awaitable));
    co_return co_await send(session, served, request, response);
  }

  asio::awaitable<bool> send_file(Session& session, ServedHost& served, const BeastRequest& request,
                                  const std::string& path) {
    const std::string& page_end = shared_.options.page_end;
    const std::string_view accepted =
        page_end.empty() ? from_beast(request[beast::http::field::accept_encoding]) : std::string_view();
    std::shared_ptr<const StaticFile> file = served.files.find(path, accepted);
    unsigned status = 200;
    if (!file && served.files.is_folder(path)) {
      Response response{.status = 301, .headers = {{"Location", std::string(from_beast(request.target())) + "/"}}};
      co_return co_await send(session, served, request, response);
    }
    if (!file) {
      file = served.files.not_found(path, accepted);
      status = 404;
    }
    if (!file) {
      Response response{.status = 404, .body = "Not found\n"};
      co_return co_await send(session, served, request, response);
    }
    if (status == 200 && !file->location.empty()) {
      // The front page of the site leads to an edition; that may change, an article's address may not.
      Response response{.status = path == "/" ? 302 : 301, .headers = {{"Location", file->location}}};
      co_return co_await send(session, served, request, response);
    }
    if (file->gone) status = 410;
    if (status == 200 && page_end.empty()) co_return co_await send_ready(session, request, std::move(file));
    BeastResponse response(static_cast<beast::http::status>(status), request.version());
    response.set(beast::http::field::content_type, to_beast(file->type));
    response.set(beast::http::field::vary, "Accept-Encoding");
    if (!page_end.empty()) response.set(beast::http::field::cache_control, "no-store");
    for (const auto& [name, value] : file->page_headers) response.insert(to_beast(name), to_beast(value));
    if (!file->encoding.empty()) response.set(beast::http::field::content_encoding, to_beast(file->encoding));
    if (!page_end.empty() && file->type.starts_with("text/html")) {
      const std::string page = file->bytes + page_end;
      co_return co_await write(session, served, request, response, page);
    }
    co_return co_await write(session, served, request, response, file->bytes);
  }

  // A file that is there: its headers are ready, so head and bytes go to the kernel as they are, most often at once;
  // only what does not fit into the socket's buffer is waited for.
  asio::awaitable<bool> send_ready(Session& session, const BeastRequest& request,
                                   std::shared_ptr<const StaticFile> file) {
    const bool known = matches_tag(from_beast(request[beast::http::field::if_none_match]), file->tag);
    const bool keep_alive = request.keep_alive() && !stopping_;
    const bool old = request.version() < 11;
    std::string& head = session.head;
    head = old ? "HTTP/1.0 " : "HTTP/1.1 ";
    head.append(known ? "304 Not Modified\r\n" : "200 OK\r\n").append(file->headers);
    if (!known) head.append("Content-Length: ").append(std::to_string(file->bytes.size())).append("\r\n");
    if (keep_alive == old) head.append(old ? "Connection: keep-alive\r\n" : "Connection: close\r\n");
    head.append("\r\n");
    const bool with_body = !known && request.method() != beast::http::verb::head;
    const std::array<asio::const_buffer, 2> parts = {
        asio::buffer(head), asio::buffer(file->bytes.data(), with_body ? file->bytes.size() : 0)};
    boost::system::error_code error;
    const size_t sent = session.stream.socket().write_some(parts, error);
    if (error == asio::error::would_block) error = {};
    if (!error && sent < asio::buffer_size(parts)) {
      session.stream.expires_after(std::chrono::seconds(shared_.options.write_seconds_max));
      const size_t of_head = std::min(sent, head.size());
      const std::array<asio::const_buffer, 2> rest = {parts[0] + of_head, parts[1] + (sent - of_head)};
      co_await asio::async_write(session.stream, rest, asio::redirect_error(asio::use_awaitable, error));
    }
    co_return !error && keep_alive;
  }

  asio::awaitable<bool> send(Session& session, ServedHost& served, const BeastRequest& request,
                             const Response& answer) {
    BeastResponse response(static_cast<beast::http::status>(answer.status), request.version());
    response.set(beast::http::field::content_type, to_beast(answer.content_type));
    for (const auto& [name, value] : answer.headers) response.insert(to_beast(name), to_beast(value));
    co_return co_await write(session, served, request, response, answer.body);
  }

  asio::awaitable<bool> write(Session& session, ServedHost& served, const BeastRequest& request,
                              BeastResponse& response, const std::string& body) {
    for (const auto& [name, value] : served.host.headers) {
      if (response.find(to_beast(name)) == response.end()) {
        response.insert(to_beast(name), to_beast(value));
      }
    }
    response.keep_alive(request.keep_alive() && !stopping_);
    const bool empty =
        response.result() == beast::http::status::not_modified || response.result() == beast::http::status::no_content;
    if (!empty) response.content_length(body.size());
    if (!empty && request.method() != beast::http::verb::head) response.body() = {body.data(), body.size()};
    session.stream.expires_after(std::chrono::seconds(shared_.options.write_seconds_max));
    beast::http::response_serializer<beast::http::span_body<const char>> serializer(response);
    boost::system::error_code error;
    if (request.method() == beast::http::verb::head) {
      co_await beast::http::async_write_header(session.stream, serializer,
                                               asio::redirect_error(asio::use_awaitable, error));
    } else {
      co_await beast::http::async_write(session.stream, serializer, asio::redirect_error(asio::use_awaitable, error));
    }
    co_return !error && response.keep_alive();
  }

  Shared& shared_;
  asio::io_context context_;
  tcp::acceptor acceptor_;
  asio::steady_timer deadline_;
  std::set<Session*> sessions_;
  bool stopping_ = false;
};

}  // namespace

Result<void> serve(const ServerOptions& options, std::stop_token stop) {
  Shared shared(options);
  std::vector<std::unique_ptr<Worker>> workers;
  uint16_t port = options.port;
  for (int i = 0; i < std::max(1, options.threads); ++i) {
    workers.push_back(std::make_unique<Worker>(shared));
    KABAR_TRY(workers.back()->listen(port, i == 0));
  }
  if (options.listening) options.listening(port);
  {
    const std::stop_callback on_stop(stop, [&workers] {
      for (const std::unique_ptr<Worker>& worker : workers) worker->stop();
    });
    std::vector<std::jthread> threads;
    for (size_t i = 1; i < workers.size(); ++i) threads.emplace_back([&worker = *workers[i]] { worker.run(); });
    workers.front()->run();
  }
  shared.handlers.join();
  return {};
}

std::string host_name(std::string_view header) {
  // "[::1]:8080": colons in brackets are no port.
  const size_t bracket = header.find(']');
  std::string name(header.substr(0, header.find(':', bracket == std::string_view::npos ? 0 : bracket)));
  if (name.ends_with('.')) name.pop_back();
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return name;
}

std::map<std::string, std::string> parse_form(std::string_view text) {
  std::map<std::string, std::string> form;
  while (!text.empty()) {
    const size_t end = std::min(text.find('&'), text.size());
    std::string decoded[2];
    int which = 0;
    for (size_t i = 0; i < end; ++i) {
      if (text[i] == '=' && which == 0)
        which = 1;
      else if (text[i] == '+')
        decoded[which] += ' ';
      else if (const std::optional<char> byte = percent_byte(text.substr(0, end), i)) {
        decoded[which] += *byte;
        i += 2;
      } else {
        decoded[which] += text[i];
      }
    }
    if (!decoded[0].empty()) form[decoded[0]] = decoded[1];
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return form;
}

}  // namespace kabar::http
