#include <fmt/format.h>

#include "life/steps/steps.h"

namespace kabar::life {

Result<Loaded> load(Life& life, const store::Due& due) {
  KABAR_ASSIGN(std::optional<store::Revision> revision, store::find_revision(life.database, due.article, due.revision));
  if (!revision) return fail(ErrorKind::not_found, due.article, fmt::format("revision {} is missing", due.revision));
  KABAR_ASSIGN(std::vector<store::StoredSegment> stored,
               store::load_segments(life.database, due.article, due.revision));
  Loaded loaded{.revision = std::move(*revision), .segments = {}};
  for (store::StoredSegment& segment : stored) loaded.segments.push_back(std::move(segment.segment));
  return loaded;
}

KnowsWord words_of(Life& life, Language language) {
  return [&life, language](std::string_view word) { return life.renderer.knows_word(word, language); };
}

}  // namespace kabar::life
