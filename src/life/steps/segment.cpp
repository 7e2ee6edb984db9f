#include "life/change.h"
#include "life/inherit.h"
#include "life/steps/steps.h"

namespace kabar::life {

using store::State;

// Cuts a revision into sentences, finds what became of those of the revision before, and opens a version per
// language. The main language needs no translation and goes straight to publication.
Result<void> segment(Life& life, const store::Due& due) {
  KABAR_ASSIGN(const Loaded loaded, load(life, due));
  const Article& article = loaded.revision.article;
  KABAR_ASSIGN(const Site* const site, site_of(life, article));
  KABAR_ASSIGN(const int before, store::previous_segmented_revision(life.database, due.article, due.revision));
  KABAR_ASSIGN(const std::vector<store::StoredSegment> previous,
               store::load_segments(life.database, due.article, before));
  KABAR_ASSIGN(const std::optional<store::ArticleRow> row, store::find_article(life.database, due.article));
  const Inherited inherited = inherit_ids(previous, life.renderer.segment(article), row ? row->segments_made : 0);
  const Change change = classify_change(previous, inherited, article.language, words_of(life, article.language));

  KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(life.database));
  KABAR_ASSIGN(const std::vector<store::VersionRow> moved, advance(life, due, State::approved));
  if (moved.empty()) return {};
  store::VersionRow original = moved.front();
  original.due = public_from(article, *moved.front().due);
  KABAR_TRY(store::update_version(life.database, State::approved, original));
  KABAR_TRY(store::put_segments(life.database, due.article, due.revision, inherited.segments, inherited.segments_made));
  KABAR_TRY(store::set_change(life.database, due.article, due.revision, name_of(change.kind), change.reason));
  for (const Language language : site->targets) {
    if (language == article.language) continue;
    KABAR_TRY(store::put_version(
        life.database,
        {.key = {due.article, due.revision, language}, .state = State::segmented, .due = moved.front().due}));
  }
  observe(life, "segment", "written");
  return transaction.commit();
}

}  // namespace kabar::life
