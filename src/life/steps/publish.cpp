#include "life/steps/steps.h"
#include "store/publications.h"

namespace kabar::life {
namespace {

using store::State;

// The snapshot that readers will see. The main language is its own text.
Result<store::Publication> snapshot(Life& life, const store::VersionRow& version, const Loaded& loaded) {
  const Article& article = loaded.revision.article;
  store::Publication publication{.article = version.key.article,
                                 .language = version.key.language,
                                 .revision = version.key.revision,
                                 .published = life.clock.now(),
                                 .modified = life.clock.now(),
                                 .reviewed_by = version.reviewed_by,
                                 .reviewed = version.reviewed,
                                 .score = version.score,
                                 .blocks = article.blocks,
                                 .segments = {}};
  if (version.key.language == article.language) return publication;
  KABAR_ASSIGN(publication.segments, store::load_translations(life.database, version.key));
  publication.blocks = life.renderer.assemble(article, loaded.segments, publication.segments, version.key.language);
  return publication;
}

}  // namespace

// Makes the snapshot and notes that the article's pages are out of date; the site follows (life/worker.h).
Result<void> publish(Life& life, const store::Due& due) {
  KABAR_ASSIGN(const Loaded loaded, load(life, due));
  KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(life.database));
  KABAR_ASSIGN(const std::vector<store::VersionRow> moved, advance(life, due, State::published));
  if (moved.empty()) return {};
  for (const store::VersionRow& version : moved) {
    KABAR_ASSIGN(const store::Publication publication, snapshot(life, version, loaded));
    KABAR_TRY(store::put_publication(life.database, publication));
    KABAR_TRY(store::supersede_published(life.database, version.key));
  }
  KABAR_TRY(store::add_site_change(life.database, due.article));
  observe(life, "publish", "written");
  return transaction.commit();
}

}  // namespace kabar::life
