// What the newsroom knows of an article, for people and as JSON (docs/formats/show-json.md).
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/result.h"
#include "db/connection.h"
#include "store/articles.h"
#include "store/audit.h"
#include "store/corrections.h"
#include "store/publications.h"
#include "store/versions.h"

namespace kabar::app {

struct ShownVersion {
  store::VersionRow row;
  std::vector<TranslatedSegment> segments;
};

struct ShownArticle {
  store::ArticleRow article;
  store::Revision revision;            // the newest
  std::vector<ShownVersion> versions;  // of that revision
  std::vector<store::Publication> publications;
  std::vector<store::CorrectionRow> corrections;
  std::vector<store::AuditEntry> audit;
};

// As of one moment. not_found.
Result<ShownArticle> load_article(db::Connection& connection, std::string_view id);

std::string show_json(const ShownArticle& article);
// A line per version.
std::string show_text(const ShownArticle& article);
// The segments of one version, with what was found. not_found.
Result<std::string> show_version(const ShownArticle& article, Language language);

}  // namespace kabar::app
