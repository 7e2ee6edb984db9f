#include "app/sites.h"

#include <map>

#include <fmt/format.h>

#include "http/server.h"

namespace kabar::app {
namespace {

Result<Languages> languages_of(const Settings& settings) {
  const auto parse = [](std::string_view key, const std::string& code) -> Result<Language> {
    const std::optional<Language> language = Language::parse(code);
    if (!language) return fail(ErrorKind::bad_input, std::string(key), fmt::format("\"{}\" is no language", code));
    return *language;
  };
  Languages languages;
  KABAR_ASSIGN(languages.main, parse("site.language", settings.text("site.language")));
  for (const std::string& code : settings.list("site.targets")) {
    KABAR_ASSIGN(const Language target, parse("site.targets", code));
    if (target != languages.main) languages.targets.push_back(target);
  }
  return languages;
}

Result<Site> read_site(std::string name, Settings settings) {
  Site site{.name = std::move(name), .settings = std::move(settings), .languages = {}, .policies = {}};
  KABAR_ASSIGN(site.languages, languages_of(site.settings));
  KABAR_ASSIGN(site.policies,
               life::Policies::parse(site.settings.text("policy.default"), site.settings.list("policy.rules")));
  return site;
}

}  // namespace

Result<std::vector<Site>> sites_of(const Settings& settings) {
  std::vector<Site> sites;
  KABAR_ASSIGN(Site first, read_site("", settings));
  std::map<std::string, std::string> keys = {{host_of(first), "site.address"}};  // of each host's address
  sites.push_back(std::move(first));
  for (const std::string& name : settings.further_sites()) {
    Result<Site> site = read_site(name, settings.of_site(name));
    if (!site) {
      return fail(site.error().kind, fmt::format("sites.{}.{}", name, site.error().place), site.error().message);
    }
    const std::string key = fmt::format("sites.{}.site.address", name);
    const std::string host = host_of(*site);
    if (const auto [taken, is_new] = keys.try_emplace(host, key); !is_new) {
      return fail(ErrorKind::bad_input, key,
                  fmt::format("every site needs a host of its own, and {} is that of {}", host, taken->second));
    }
    sites.push_back(std::move(*site));
  }
  return sites;
}

const Site* find_site(std::span<const Site> sites, std::string_view name) {
  for (const Site& site : sites) {
    if (site.name == name) return &site;
  }
  return nullptr;
}

std::string unknown_site(std::span<const Site> sites, std::string_view name) {
  std::string names;
  for (const Site& site : sites) {
    if (!site.name.empty()) names += (names.empty() ? "" : ", ") + site.name;
  }
  if (names.empty()) return fmt::format("there is no site \"{}\"; kabar.toml has no [sites.NAME]", name);
  return fmt::format("there is no site \"{}\"; kabar.toml has: {}", name, names);
}

std::string host_of(const Site& site) {
  std::string_view address = site.settings.text("site.address");
  if (const size_t at = address.find("://"); at != std::string_view::npos) address.remove_prefix(at + 3);
  return http::host_name(address);
}

site::SiteConfig site_config(const Site& site) {
  const Settings& settings = site.settings;
  site::SiteConfig config;
  config.name = settings.text("site.name");
  config.base_url = settings.text("site.address");
  config.main_language = site.languages.main;
  config.languages = site.languages.targets;
  config.languages.insert(config.languages.begin(), site.languages.main);
  config.time_zone = settings.text("site.time_zone");
  config.contact_email = settings.text("site.email");
  config.share_cards = true;
  config.websub_hub = settings.text("ping.websub_hub");
  config.indexnow_key = settings.text("ping.indexnow_key");
  for (const std::string& slug : settings.list("site.sections")) config.sections.push_back({.slug = slug, .names = {}});
  return config;
}

}  // namespace kabar::app
