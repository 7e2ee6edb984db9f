#include <algorithm>

#include "life/steps/steps.h"

namespace kabar::life {

using store::State;

// Findings and scores of the whole versions, whoever wrote their segments.
Result<void> check(Life& life, const store::Due& due) {
  KABAR_ASSIGN(const Loaded loaded, load(life, due));
  std::vector<Version> versions;
  for (const Language language : due.languages) {
    Version& version = versions.emplace_back();
    version.language = language;
    KABAR_ASSIGN(version.segments, store::load_translations(life.database, {due.article, due.revision, language}));
  }
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
