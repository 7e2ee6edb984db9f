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
                 site::Publisher::open(site.config, publisher_options(newsroom, site), disk(false), clock));
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

// Publishes samples with the theme as each site would, so that its languages and names are tried too.
Result<void> check_theme(const Newsroom& newsroom, const fs::path& folder) {
  KABAR_ASSIGN(const std::vector<Site> sites, sites_of(newsroom.settings));
  size_t unknown = 0;
  for (const Site& site : sites) {
    const fs::path theme = folder.empty() ? publisher_options(newsroom, site).theme_folder : folder;
    const std::string of_site = site.name.empty() ? "" : fmt::format("site {}: ", site.name);
    const Result<site::ThemeReport> report =
        site::check_theme(theme, share_folder() / "themes/default", share_folder() / "data/messages", site.config,
                          fs::temp_directory_path());
    if (!report) return fail(report.error().kind, of_site + report.error().place, report.error().message);
    for (const std::string& name : report->unknown) fmt::print("{}{}: no page has a value for it\n", of_site, name);
    fmt::print("{}{} pages rendered, {} unknown names\n", of_site, report->pages, report->unknown.size());
    unknown += report->unknown.size();
  }
  if (unknown == 0) return {};
  return fail(ErrorKind::bad_input, folder.empty() ? "theme" : folder.string(), "it uses names that no page has");
}

std::function<Result<void>()> declare_theme(CLI::App& app, Program& program) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("ACTION", arguments->action, "check")->required()->check(CLI::IsMember({"check"}));
  app.add_option("FOLDER", arguments->folder, "Folder of the theme; else the theme of each site");
  return [&program, arguments] {
    // Without a newsroom the theme is tried with the built-in settings.
    const Result<Newsroom> newsroom = open_newsroom(program);
    return check_theme(newsroom ? *newsroom : Newsroom{.dir = {}, .settings = default_settings()}, arguments->folder);
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
    .examples =
        "kabar theme check\n"
        "kabar theme check my-theme",
    .declare = declare_theme,
};

}  // namespace kabar::app
