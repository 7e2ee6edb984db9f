// Tries a theme on a story in every state before it is used.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "site/page_model.h"

namespace kabar::site {

struct ThemeReport {
  int pages = 0;                     // that were rendered
  std::vector<std::string> unknown;  // names that no page has a value for: misspelt, or of another version
};

// Publishes a small site with the theme into a new folder below `scratch`, which is removed again. `reference` is the
// built-in theme, which uses every field. Errors: those of Publisher: a missing or faulty template, a lost notice.
Result<ThemeReport> check_theme(const std::filesystem::path& theme, const std::filesystem::path& reference,
                                const std::filesystem::path& messages, const SiteConfig& site,
                                const std::filesystem::path& scratch);

}  // namespace kabar::site
