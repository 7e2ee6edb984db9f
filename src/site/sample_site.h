// A small newsroom for tests: the articles of tests/site/sample, in six languages, with every state that readers see.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "site/publisher.h"

namespace kabar::site {

// Article files: head lines "key value", then a part per language: "== LANGUAGE STATE [SCORE] [by=NAME] [behind]".
// Lines: "# " headline, "> " standfirst, "* " dateline, "@ " caption and "! " alt of the lead image, "!! " correction,
// "## " subheading, "- " list item, "\" " quote, "| a | b |" table row, else a paragraph; "|" ends a sentence and
// **bold** and [links](address) are marked as in Markdown.
std::vector<SiteArticle> sample_articles(const std::filesystem::path& folder);

SiteConfig sample_site();

class SampleSource : public ArticleSource {
 public:
  explicit SampleSource(std::vector<SiteArticle> list);
  Result<void> each(const std::function<Result<void>(const SiteArticle&)>& take) override;
  Result<std::optional<SiteArticle>> find(std::string_view id) override;
  SiteArticle& operator[](const std::string& id) { return articles[id]; }

  std::map<std::string, SiteArticle> articles;
};

}  // namespace kabar::site
