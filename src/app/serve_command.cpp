#include <thread>

#include <fmt/format.h>

#include "app/dev_reload.h"
#include "app/newsroom.h"
#include "app/site_api.h"
#include "app/stop_signal.h"
#include "http/server.h"

namespace kabar::app {
namespace {

struct Arguments {
  std::string host;
  int port = -1;
  bool no_worker = false;
  bool dev = false;
};

Result<http::ServerOptions> server_options(const Desk& desk, const Clock& clock, const Arguments& arguments) {
  const Settings& settings = desk.newsroom().settings;
  const int64_t port = arguments.port >= 0 ? arguments.port : settings.integer("server.port");
  if (port < 0 || port > 65535) return fail(ErrorKind::bad_input, "server.port", "must be 0 to 65535");
  http::ServerOptions options;
  options.address = arguments.host.empty() ? settings.text("server.host") : arguments.host;
  options.port = static_cast<uint16_t>(port);
  options.hosts = hosts_of(desk, clock);
  options.threads = static_cast<int>(settings.integer("server.threads"));
  options.listening = [address = options.address](uint16_t bound) {
    fmt::print("serving http://{}:{}\n", address, bound);
    std::fflush(stdout);
  };
  return options;
}

// The worker runs beside the server, with a database connection of its own, unless another process has one.
Result<void> run_serve(const Program& program, const Arguments& arguments) {
  const std::stop_token stop = stop_on_signals();
  KABAR_ASSIGN(const std::unique_ptr<Desk> desk, open_desk(program));
  const SystemClock clock;
  KABAR_ASSIGN(http::ServerOptions options, server_options(*desk, clock, arguments));
  std::optional<WorkerLock> lock;
  if (!arguments.no_worker) {
    KABAR_ASSIGN(std::optional<WorkerLock> taken, WorkerLock::try_take(desk->newsroom()));
    if (taken) lock.emplace(std::move(*taken));
  }
  DevReload reload(desk->theme_folders(), clock.now());
  if (arguments.dev) {
    if (!lock) {
      return fail(ErrorKind::conflict, desk->newsroom().dir.string(),
                  "--dev makes pages again, but another worker is running here; stop it first");
    }
    reload.add_to(options);
  }
  std::thread worker;
  if (lock) {
    // What a crash interrupted is ended before anybody sees it; on an empty folder this makes the whole site.
    KABAR_TRY(desk->update_site({}));
    worker = std::thread([&desk, &stop, &arguments, &reload] {
      std::function<void()> each_round;
      if (arguments.dev) each_round = [&] { reload.look(*desk); };
      const Result<void> result = work_until_stopped(*desk, stop, each_round);
      if (!result) fmt::print(stderr, "kabar: {}\n", result.error().text());
    });
  }
  const Result<void> served = http::serve(options, stop);
  if (!served) request_stop();
  if (worker.joinable()) worker.join();
  return served;
}

std::function<Result<void>()> declare(CLI::App& app, Program& program) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("--host", arguments->host, "Address to listen on instead of server.host")->type_name("ADDRESS");
  app.add_option("--port", arguments->port, "Port to listen on instead of server.port; 0 takes a free one")
      ->check(CLI::Range(0, 65535))
      ->type_name("PORT");
  CLI::Option* const no_worker =
      app.add_flag("--no-worker", arguments->no_worker, "Only serve; kabar work runs elsewhere");
  app.add_flag("--dev", arguments->dev, "Make pages again when theme or messages change, and reload open ones")
      ->excludes(no_worker);
  return [&program, arguments] { return run_serve(program, *arguments); };
}

}  // namespace

extern const Command kServeCommand;
const Command kServeCommand = {
    .name = "serve",
    .summary = "Serve the site, and work at what comes in",
    .examples =
        "kabar serve                  # http://127.0.0.1:8080, until Ctrl-C\n"
        "kabar serve --host 0.0.0.0 --port 80\n"
        "kabar serve --dev            # for work on a theme: pages in the browser follow its files",
    .declare = declare,
};

}  // namespace kabar::app
