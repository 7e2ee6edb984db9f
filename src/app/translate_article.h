// `kabar translate FILE`: one article in, its versions out. No database, no server.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "article/article.h"
#include "article/version.h"
#include "base/language.h"
#include "base/result.h"
#include "markup/parse.h"
#include "terms/term_list.h"

namespace kabar::app {

struct ArticleOptions {
  std::string file = "-";       // "-" reads stdin
  std::string from;             // empty: what the article says, else Indonesian
  std::vector<std::string> to;  // empty: all that the models can do, in the order of the languages list
  std::string format;           // md, html, text; empty: by the file's name, else Markdown
  std::string model;            // a package; empty: the installed ones
  bool json = false;
  terms::TermList terms;  // a newsroom's own
};

// Prints to stdout. JSON: docs/formats/translate-json.md; else the markup of each version.
Result<void> translate_article(const ArticleOptions& options);

// The product's path for sentences: each line is an article of one paragraph. `columns` targets, parted by tabs.
Result<void> translate_lines(const std::string& from, const std::vector<std::string>& to, const terms::TermList& terms,
                             int input, std::FILE* out);

}  // namespace kabar::app
