#include "app/sites.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "app/resources.h"
#include "http/server.h"
#include "site/address.h"
#include "site/changed.h"
#include "site/messages.h"

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

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// What stands before and behind the first colon; `shape` tells how it is written.
Result<std::pair<std::string, std::string>> name_and_text(std::string_view key, std::string_view item,
                                                          std::string_view shape) {
  const size_t colon = item.find(':');
  const std::string_view text = colon == std::string_view::npos ? "" : trimmed(item.substr(colon + 1));
  if (text.empty())
    return fail(ErrorKind::bad_input, fmt::format("{} \"{}\"", key, item), "written " + std::string(shape));
  return std::pair(std::string(trimmed(item.substr(0, colon))), std::string(text));
}

Result<Language> edition_of(std::string_view key, const std::string& code, const std::vector<Language>& languages) {
  const std::optional<Language> language = Language::parse(code);
  if (language && std::ranges::find(languages, *language) != languages.end()) return *language;
  return fail(ErrorKind::bad_input, std::string(key), fmt::format("\"{}\" is no language of this site", code));
}

// A setting of the form "LANGUAGE: TEXT".
Result<site::Texts> texts_of(const Settings& settings, std::string_view key, const std::vector<Language>& languages) {
  site::Texts texts;
  for (const std::string& item : settings.list(key)) {
    KABAR_ASSIGN(const auto pair, name_and_text(key, item, "LANGUAGE: TEXT"));
    KABAR_ASSIGN(const Language language, edition_of(key, pair.first, languages));
    texts[language] = pair.second;
  }
  return texts;
}

Result<std::vector<site::Section>> sections_of(const Settings& settings, const std::vector<Language>& languages) {
  constexpr std::string_view kNames = "site.section_names";
  std::vector<site::Section> sections;
  for (const std::string& slug : settings.list("site.sections")) sections.push_back({.slug = slug, .names = {}});
  for (const std::string& item : settings.list(kNames)) {
    KABAR_ASSIGN(const auto pair, name_and_text(kNames, item, "SECTION/LANGUAGE: NAME"));
    const size_t slash = pair.first.find('/');
    const auto section = std::ranges::find(sections, pair.first.substr(0, slash), &site::Section::slug);
    if (slash == std::string::npos || section == sections.end()) {
      return fail(ErrorKind::bad_input, fmt::format("{} \"{}\"", kNames, item),
                  "written SECTION/LANGUAGE: NAME, with a section of site.sections");
    }
    KABAR_ASSIGN(const Language language, edition_of(kNames, pair.first.substr(slash + 1), languages));
    section->names[language] = pair.second;
  }
  return sections;
}

Result<site::SlugStyle> slugs_of(const std::string& name) {
  if (name == "own script") return site::SlugStyle::unicode;
  if (name == "latin") return site::SlugStyle::latin;
  return fail(ErrorKind::bad_input, "site.slugs", fmt::format("\"{}\" is neither \"own script\" nor \"latin\"", name));
}

bool has_pages(std::string_view language) {
  std::error_code ignored;
  return std::filesystem::exists(share_folder() / "data/messages" / (std::string(language) + ".toml"), ignored);
}

// Scheme and host, and nothing behind them: the site's own paths follow.
Result<void> check_address(const std::string& address) {
  std::string_view host = address;
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (host.starts_with(scheme)) host.remove_prefix(scheme.size());
  }
  const bool known_scheme = host.size() < address.size();
  if (known_scheme && !host.empty() && host.find_first_of("/?#@ ") == std::string_view::npos) return {};
  return fail(ErrorKind::bad_input, "site.address",
              fmt::format("\"{}\" is not http:// or https:// with a host and nothing behind it", address));
}

// What pages would be wrong or not be made with.
Result<void> check_texts(const Settings& settings, const Languages& languages) {
  if (trimmed(settings.text("site.name")).empty()) {
    return fail(ErrorKind::bad_input, "site.name", "a newspaper has a name");
  }
  KABAR_TRY(check_address(settings.text("site.address")));
  const std::string& email = settings.text("site.email");
  const size_t at = email.find('@');
  if (!email.empty() &&
      (at == 0 || at == std::string::npos || at + 1 == email.size() || email.find(' ') != std::string::npos)) {
    return fail(ErrorKind::bad_input, "site.email", fmt::format("\"{}\" is no address", email));
  }
  if (!site::is_time_zone(settings.text("site.time_zone"))) {
    return fail(ErrorKind::bad_input, "site.time_zone",
                fmt::format("\"{}\" is no time zone; there are Asia/Jakarta, Asia/Makassar, Asia/Jayapura …",
                            settings.text("site.time_zone")));
  }
  for (const std::string& section : settings.list("site.sections")) {
    if (site::address_section(section) != section) {
      return fail(
          ErrorKind::bad_input, "site.sections",
          fmt::format("\"{}\" cannot stand in an address; \"{}\" could", section, site::address_section(section)));
    }
  }
  if (!has_pages(languages.main.view())) {
    return fail(ErrorKind::bad_input, "site.language",
                fmt::format("there are no texts for pages in \"{}\"", languages.main.view()));
  }
  for (size_t i = 0; i < languages.targets.size(); ++i) {
    const Language target = languages.targets[i];
    if (!has_pages(target.view())) {
      return fail(ErrorKind::bad_input, "site.targets",
                  fmt::format("there are no texts for pages in \"{}\"", target.view()));
    }
    const auto first = std::find(languages.targets.begin(), languages.targets.end(), target);
    if (first - languages.targets.begin() != static_cast<std::ptrdiff_t>(i)) {
      return fail(ErrorKind::bad_input, "site.targets", fmt::format("\"{}\" stands twice", target.view()));
    }
  }
  const Result<void> pings = site::check_pings(
      {.websub_hub = settings.text("ping.websub_hub"), .indexnow_key = settings.text("ping.indexnow_key")});
  if (!pings) return fail(pings.error().kind, "ping." + pings.error().place, pings.error().message);
  return {};
}

Result<site::SiteConfig> config_of(const Settings& settings, const Languages& languages) {
  KABAR_TRY(check_texts(settings, languages));
  site::SiteConfig config;
  config.name = settings.text("site.name");
  config.base_url = settings.text("site.address");
  config.main_language = languages.main;
  config.languages = languages.targets;
  config.languages.insert(config.languages.begin(), languages.main);
  KABAR_ASSIGN(config.sections, sections_of(settings, config.languages));
  for (const auto& [key, texts] : {std::pair("site.titles", &site::SiteConfig::titles),
                                   {"site.taglines", &site::SiteConfig::taglines},
                                   {"site.about", &site::SiteConfig::about},
                                   {"site.notice", &site::SiteConfig::notice}}) {
    KABAR_ASSIGN(config.*texts, texts_of(settings, key, config.languages));
  }
  config.main_language_at_root = settings.boolean("site.main_at_root");
  KABAR_ASSIGN(config.slugs, slugs_of(settings.text("site.slugs")));
  const std::string& x_default = settings.text("site.x_default");
  config.x_default = languages.main;
  if (x_default == "none") {
    config.x_default.reset();
  } else if (x_default != "main") {
    KABAR_ASSIGN(config.x_default, edition_of("site.x_default", x_default, config.languages));
  }
  config.index_score_min = settings.number("site.index_score_min");
  config.full_text_feeds = settings.boolean("site.full_text_feeds");
  config.mining_reserved = settings.boolean("site.mining_reserved");
  config.time_zone = settings.text("site.time_zone");
  config.contact_email = settings.text("site.email");
  config.share_cards = true;
  config.websub_hub = settings.text("ping.websub_hub");
  config.indexnow_key = settings.text("ping.indexnow_key");
  return config;
}

Result<Site> read_site(std::string name, Settings settings) {
  Site site{.name = std::move(name), .settings = std::move(settings), .languages = {}, .policies = {}, .config = {}};
  KABAR_ASSIGN(site.languages, languages_of(site.settings));
  KABAR_ASSIGN(site.policies,
               life::Policies::parse(site.settings.text("policy.default"), site.settings.list("policy.rules")));
  for (const std::string& rule : site.settings.list("policy.rules")) {  // SECTION/LANGUAGE: POLICY, as parsed above
    const std::string_view behind = std::string_view(rule).substr(rule.find('/') + 1);
    const std::string_view code = trimmed(behind.substr(0, behind.find(':')));
    if (code == "*" || has_pages(code)) continue;
    return fail(ErrorKind::bad_input, fmt::format("policy.rules \"{}\"", rule),
                fmt::format("there are no texts for pages in \"{}\"", code));
  }
  KABAR_ASSIGN(site.config, config_of(site.settings, site.languages));
  return site;
}

Result<std::vector<Site>> read_sites(const Settings& settings) {
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

}  // namespace

Result<std::vector<Site>> sites_of(const Settings& settings) {
  Result<std::vector<Site>> sites = read_sites(settings);
  if (!sites) return tl::unexpected(settings.with_place(std::move(sites).error()));
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

}  // namespace kabar::app
