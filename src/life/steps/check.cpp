#include <algorithm>

#include "life/steps/steps.h"

namespace kabar::life {
namespace {

using store::State;

// The other languages of the revision, only to be compared with: a version that was edited alone is checked alone.
Result<void> add_siblings(Life& life, const store::Due& due, std::vector<Version>& versions) {
  KABAR_ASSIGN(const std::vector<store::VersionRow> rows,
               store::load_versions(life.database, due.article, due.revision));
  for (const store::VersionRow& row : rows) {
    if (std::find(due.languages.begin(), due.languages.end(), row.key.language) != due.languages.end()) continue;
    KABAR_ASSIGN(std::vector<TranslatedSegment> segments, store::load_translations(life.database, row.key));
    if (segments.empty()) continue;
    Version& sibling = versions.emplace_back();
    sibling.language = row.key.language;
    sibling.segments = std::move(segments);
  }
  return {};
}

}  // namespace

// Findings and scores of the whole versions, whoever wrote their segments.
Result<void> check(Life& life, const store::Due& due) {
  KABAR_ASSIGN(const Loaded loaded, load(life, due));
  std::vector<Version> versions;
  for (const Language language : due.languages) {
    Version& version = versions.emplace_back();
    version.language = language;
    KABAR_ASSIGN(version.segments, store::load_translations(life.database, {due.article, due.revision, language}));
  }
  KABAR_TRY(add_siblings(life, due, versions));
  KABAR_TRY(life.renderer.check(loaded.revision.article, loaded.segments, versions));

  KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(life.database));
  KABAR_ASSIGN(const std::vector<store::VersionRow> moved, advance(life, due, State::checked));
  for (store::VersionRow row : moved) {
    const auto checked = std::find_if(versions.begin(), versions.end(),
                                      [&](const Version& version) { return version.language == row.key.language; });
    KABAR_TRY(store::put_translations(life.database, row.key, checked->segments, std::nullopt));
    row.score = checked->score;
    KABAR_TRY(store::update_version(life.database, State::checked, row));
  }
  observe(life, "check", "written");
  return transaction.commit();
}

}  // namespace kabar::life
