#include "life/life.h"

#include <algorithm>

#include <fmt/format.h>

#include "life/steps/steps.h"

namespace kabar::life {
namespace {

using store::State;

// docs/article-life.md shows this table; a test compares the two.
constexpr Step kSteps[] = {
    {"receive", "–, published", "received", Actor::person, "receive.cpp",
     "the revision with its blocks; unfinished older versions are superseded"},
    {"segment", "received", "segmented, approved", Actor::worker, "segment.cpp",
     "segments with inherited ids, typo or substance, a version per language", State::received, segment},
    {"recall", "segmented", "recalled", Actor::worker, "recall.cpp",
     "translations that are known: kept, a person's, from memory", State::segmented, recall},
    {"translate", "recalled", "translated", Actor::worker, "translate.cpp",
     "translations of the other segments, proposals for stale ones", State::recalled, translate},
    {"check", "translated", "checked", Actor::worker, "check.cpp", "findings and scores", State::translated, check},
    {"decide", "checked", "in review, approved", Actor::worker, "decide.cpp", "the policy's verdict and its reason",
     State::checked, decide},
    {"review", "in review, approved, published", "approved, in review, translated, checked", Actor::person,
     "review.cpp", "who, when, decision, edited text, memory"},
    {"publish", "approved", "published", Actor::worker, "publish.cpp",
     "the publication and the change of the site; older versions are superseded", State::approved, publish},
    {"correct", "published", "published", Actor::person, "correct.cpp", "a dated notice in every language"},
    {"withdraw", "all", "withdrawn", Actor::person, "withdraw.cpp", "all languages at once, the change of the site"},
};

}  // namespace

std::span<const Step> steps() { return kSteps; }

const Step* step_from(State state) {
  for (const Step& step : kSteps) {
    if (step.run != nullptr && step.state == state) return &step;
  }
  return nullptr;
}

std::optional<Time> due_in(State state, Time now) {
  return step_from(state) != nullptr ? std::optional<Time>(now) : std::nullopt;
}

Result<const Site*> site_of(const Life& life, const Article& article) {
  const auto found = life.sites.find(article.site);
  if (found != life.sites.end()) return &found->second;
  return fail(ErrorKind::not_found, article.id, fmt::format("the settings have no site \"{}\"", article.site));
}

Result<std::vector<store::VersionRow>> advance(Life& life, const store::Due& due, State to) {
  std::vector<store::VersionRow> moved;
  for (const Language language : due.languages) {
    KABAR_ASSIGN(std::optional<store::VersionRow> version,
                 store::find_version(life.database, {due.article, due.revision, language}));
    if (!version || version->state != due.state) continue;  // somebody was faster, or withdrew the article
    version->state = to;
    // The time of arrival stays, so that an article that was begun is finished before the next one.
    if (step_from(to) == nullptr) version->due.reset();
    version->attempts = 0;
    version->fault.clear();
    KABAR_ASSIGN(const bool won, store::update_version(life.database, due.state, *version));
    if (won) moved.push_back(std::move(*version));
  }
  return moved;
}

Time public_from(const Article& article, Time ready) { return std::max(ready, article.date.value_or(ready)); }

void observe(const Life& life, std::string_view step, std::string_view place) {
  if (life.observer != nullptr) life.observer->at(step, place);
}

}  // namespace kabar::life
