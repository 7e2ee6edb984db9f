// The sites of a newsroom: the one that every newsroom has, and those that kabar.toml adds with [sites.NAME]. Database,
// worker, models, terms and translation memory are shared; an article belongs to one site.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/settings.h"
#include "base/language.h"
#include "base/result.h"
#include "life/policy.h"
#include "site/page_model.h"

namespace kabar::app {

// site.language and site.targets.
struct Languages {
  Language main;
  std::vector<Language> targets;
};

struct Site {
  std::string name;   // "" for the first
  Settings settings;  // as this site has them
  Languages languages;
  life::Policies policies;
  site::SiteConfig config;  // what the publisher and the server need to know of it
};

// The first one first. bad_input with the key for what is no language, no policy or no text in a language, and for two
// sites of one host, which a server could not tell apart.
Result<std::vector<Site>> sites_of(const Settings& settings);

// Null if there is none of this name.
const Site* find_site(std::span<const Site> sites, std::string_view name);

// "there is no site "sprot"; kabar.toml has: sport"
std::string unknown_site(std::span<const Site> sites, std::string_view name);

// The name that readers reach it by: "warta.example".
std::string host_of(const Site& site);

}  // namespace kabar::app
