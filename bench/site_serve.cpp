// Serves a folder on one thread as kabar serve does: site_serve FOLDER PORT. For bench/site_serve.sh.
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "http/server.h"
#include "site/site_files.h"

int main(int count, char** arguments) {
  if (count != 3) {
    std::fputs("usage: site_serve FOLDER PORT\n", stderr);
    return 2;
  }
  kabar::http::ServerOptions options;
  options.port = static_cast<uint16_t>(std::atoi(arguments[2]));
  options.hosts = {{.name = "",
                    .folder = arguments[1],
                    .headers = kabar::site::security_headers(kabar::site::SiteConfig()),
                    .routes = {}}};
  const kabar::Result<void> result = kabar::http::serve(options, std::stop_token());
  if (!result) std::fprintf(stderr, "%s\n", result.error().text().c_str());
  return result ? 0 : 1;
}
