// The life of an article: which step leads from which state to which. The table is in life.cpp, each step in a file
// of steps/, and docs/article-life.md tells it in prose.
//
// Invariants, cited by number in steps and tests:
// (1) A person's text is never overwritten: it is kept, marked stale when its source changed, with a proposal beside.
// (2) Every step is one transaction that first makes sure the version is still in the state it starts from. A worker
//     may be killed anywhere and the step runs again; nothing is lost, nothing is there twice.
// (3) What readers see is a row of `publication` first and a file later: a published file always has its row.
// (4) A version never shows a revision later than its own.
// (5) A segment id is never used for another sentence.
// (6) After a withdrawal no language is public, whatever a worker was doing meanwhile.
#pragma once
#include <functional>
#include <map>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "db/connection.h"
#include "life/policy.h"
#include "life/renderer.h"
#include "store/pings.h"
#include "store/versions.h"

namespace kabar::life {

// Tests stop the program at a boundary. `place` is "STEP: started", "STEP: written" (not committed yet),
// "STEP: committed"; the same for "site".
class StepObserver {
 public:
  virtual ~StepObserver() = default;
  virtual void at(std::string_view step, std::string_view place) = 0;
};

// What one of the newsroom's sites wants of its articles.
struct Site {
  Policies policies;
  std::vector<Language> targets;  // without the main language
};

// What a step works with. One thread at a time.
struct Life {
  db::Connection& database;
  const Clock& clock;
  Renderer& renderer;
  std::map<std::string, Site, std::less<>> sites;  // by name; "" is the first
  std::stop_token stop = {};
  StepObserver* observer = nullptr;
  // What a long step lets happen while it works, so that withdrawals and new originals do not wait for it. Set by the
  // worker.
  std::function<Result<void>()> meanwhile = {};
  std::vector<store::PingService> pings = {};  // services that are told of changes; none: the newsroom is offline
};

enum class Actor { worker, person };

struct Step {
  std::string_view name;
  std::string_view from;  // states that it may start from, as written in docs/article-life.md
  std::string_view to;    // and those that it may lead to
  Actor actor;
  std::string_view file;    // in steps/
  std::string_view writes;  // in its one transaction
  // For the worker's steps: the state, and what is done with all languages of the revision that are due in it.
  store::State state = store::State::received;
  Result<void> (*run)(Life& life, const store::Due& due) = nullptr;
};

// In the order of an article's life.
std::span<const Step> steps();

// The worker's step that starts from `state`; null if a person has to act or nothing is left to do.
const Step* step_from(store::State state);

// --- For the steps themselves ---

// The site that the article belongs to; not_found if the settings have none of this name (any more).
Result<const Site*> site_of(const Life& life, const Article& article);

// Moves those versions of `due` that are still in due.state to `to` and returns their new rows.
// The worker goes on at once when a step of its own starts from `to`.
Result<std::vector<store::VersionRow>> advance(Life& life, const store::Due& due, store::State to);

// When the worker should take up a version in this state: `now`, or never if it waits for a person.
std::optional<Time> due_in(store::State state, Time now);

// When readers may have what is ready at `ready`: at once, or on the article's own date if that is still to come.
Time public_from(const Article& article, Time ready);

void observe(const Life& life, std::string_view step, std::string_view place);

}  // namespace kabar::life
