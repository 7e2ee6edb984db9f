// The steps of life.cpp that the worker takes. Each reads, works, then writes everything in one transaction and may
// be run again at any time (invariant 2). `due` names the revision, its state, and the languages in that state.
#pragma once
#include "life/change.h"
#include "life/life.h"
#include "store/articles.h"
#include "store/holds.h"

namespace kabar::life {

Result<void> segment(Life& life, const store::Due& due);
Result<void> recall(Life& life, const store::Due& due);
Result<void> translate(Life& life, const store::Due& due);
Result<void> check(Life& life, const store::Due& due);
Result<void> decide(Life& life, const store::Due& due);
Result<void> publish(Life& life, const store::Due& due);

// A version's row and text as a step reads them.
struct Loaded {
  store::Revision revision;
  std::vector<Segment> segments;
};
// The revision of `due` with its segments; not_found if it is not there, which is a damaged database.
Result<Loaded> load(Life& life, const store::Due& due);

// The words of the language, as the renderer knows them.
KnowsWord words_of(Life& life, Language language);

// What editors are told of a hold.
std::string held_by(const store::Hold& hold);

}  // namespace kabar::life
