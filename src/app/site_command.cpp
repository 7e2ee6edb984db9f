#include <fmt/format.h>

#include "app/newsroom.h"
#include "app/resources.h"
#include "site/theme_check.h"

namespace kabar::app {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  std::string action;
  std::string folder;
};

// Only reads: a worker may be writing the site at this moment, and what it does is not ours to end.
Result<void> print_server_config(const Program& program, const std::string& server) {
  KABAR_ASSIGN(const Newsroom newsroom, open_newsroom(program));
  KABAR_ASSIGN(const std::vector<Site> sites, sites_of(newsroom.settings));
  const SystemClock clock;
  for (const Site& site : sites) {
    KABAR_ASSIGN(const site::Publisher publisher,
                 site::Publisher::open(site_config(site), publisher_options(newsroom, site), disk(false), clock));
    const site::ServedAs served{site.name, newsroom.site(site.name).lexically_relative(newsroom.dir).string()};
    KABAR_ASSIGN(const std::string text,
                 server == "nginx" ? publisher.nginx_config(served) : publisher.caddy_config(served));
    fmt::print("{}", text);
  }
  return {};
}

std::function<Result<void>()> declare_site(CLI::App& app, Program& program) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("SERVER", arguments->action, "nginx or caddy")->required()->check(CLI::IsMember({"nginx", "caddy"}));
  return [&program, arguments] { return print_server_config(program, arguments->action); };
}

// Works inside a newsroom and without one; then it is tried with the built-in settings.
Result<void> check_theme(const Program& program, const fs::path& folder) {
  const Result<Newsroom> newsroom = open_newsroom(program);
  const Settings settings = newsroom ? newsroom->settings : default_settings();
  KABAR_ASSIGN(const std::vector<Site> sites, sites_of(settings));
  KABAR_ASSIGN(const site::ThemeReport report,
               site::check_theme(folder, share_folder() / "themes/default", share_folder() / "data/messages",
                                 site_config(sites.front()), fs::temp_directory_path()));
  for (const std::string& name : report.unknown) fmt::print("{}: no page has a value for it\n", name);
  fmt::print("{} pages rendered, {} unknown names\n", report.pages, report.unknown.size());
  if (report.unknown.empty()) return {};
  return fail(ErrorKind::bad_input, folder.string(), "the theme uses names that no page has");
}

std::function<Result<void>()> declare_theme(CLI::App& app, Program& program) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("ACTION", arguments->action, "check")->required()->check(CLI::IsMember({"check"}));
  app.add_option("FOLDER", arguments->folder, "Folder of the theme; else the built-in one");
  return [&program, arguments] {
    return check_theme(program,
                       arguments->folder.empty() ? share_folder() / "themes/default" : fs::path(arguments->folder));
  };
}

}  // namespace

extern const Command kSiteCommand;
const Command kSiteCommand = {
    .name = "site",
    .summary = "Print the configuration of another web server for the sites",
    .examples =
        "kabar site nginx > /etc/nginx/conf.d/warta.conf\n"
        "kabar site caddy > Caddyfile",
    .declare = declare_site,
};

extern const Command kThemeCommand;
const Command kThemeCommand = {
    .name = "theme",
    .summary = "Try a theme on a story in every state before it is used",
    .examples = "kabar theme check my-theme",
    .declare = declare_theme,
};

}  // namespace kabar::app
