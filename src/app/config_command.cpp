#include <fmt/format.h>

#include "app/newsroom.h"
#include "base/file.h"

namespace kabar::app {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  std::string key;
  bool defaults = false;
};

// "sites.NAME.KEY" is the setting KEY of a further site.
Result<void> print_one(const Settings& settings, const std::string& key) {
  for (const std::string& name : settings.further_sites()) {
    const std::string prefix = fmt::format("sites.{}.", name);
    if (key.starts_with(prefix)) return print_one(settings.of_site(name), key.substr(prefix.size()));
  }
  for (const Setting& setting : setting_list()) {
    if (setting.key != key) continue;
    if (setting.type != SettingType::list) {
      fmt::print("{}\n", settings.text(key));
      return {};
    }
    for (const std::string& item : settings.list(key)) fmt::print("{}\n", item);
    return {};
  }
  return fail(ErrorKind::not_found, key, "there is no such setting (kabar config lists them)");
}

// As publishing would: languages, policies, texts, theme.
Result<void> check(const Newsroom& newsroom) {
  KABAR_ASSIGN(const std::vector<Site> sites, sites_of(newsroom.settings));
  const SystemClock clock;
  for (const Site& site : sites) {
    const site::PublisherOptions options = publisher_options(newsroom, site);
    std::error_code ignored;
    if (!fs::is_directory(options.theme_folder, ignored)) {
      const std::string key = site.name.empty() ? "site.theme" : fmt::format("sites.{}.site.theme", site.name);
      return tl::unexpected(newsroom.settings.with_place(
          {ErrorKind::not_found, key, fmt::format("there is no folder {}", options.theme_folder.string())}));
    }
    KABAR_TRY(site::Publisher::open(site.config, options, disk(false), clock));
  }
  return {};
}

Result<void> run_config(const Program& program, const Arguments& arguments) {
  if (arguments.defaults) {
    fmt::print("{}", default_kabar_toml());
    return {};
  }
  KABAR_ASSIGN(const Newsroom newsroom, open_newsroom(program));
  if (!arguments.key.empty()) return print_one(newsroom.settings, arguments.key);
  for (const Setting& setting : setting_list()) {
    fmt::print("{} = {}\n", setting.key, to_toml(newsroom.settings, setting));
  }
  for (const std::string& name : newsroom.settings.further_sites()) {
    const Settings settings = newsroom.settings.of_site(name);
    for (const Setting& setting : setting_list()) {
      if (may_differ_by_site(setting)) fmt::print("sites.{}.{} = {}\n", name, setting.key, to_toml(settings, setting));
    }
  }
  return check(newsroom);
}

std::function<Result<void>()> declare(CLI::App& app, Program& program) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("KEY", arguments->key, "Print only this setting");
  app.add_flag("--defaults", arguments->defaults, "Print a complete kabar.toml with every default and its help");
  return [&program, arguments] { return run_config(program, *arguments); };
}

}  // namespace

extern const Command kConfigCommand;
const Command kConfigCommand = {
    .name = "config",
    .summary = "Show the settings that are in force, and whether publishing accepts them",
    .examples =
        "kabar config              # every setting with its value; a faulty one is named with its line\n"
        "kabar config site.name    # one value\n"
        "kabar config --defaults   # a fresh kabar.toml",
    .declare = declare,
};

}  // namespace kabar::app
