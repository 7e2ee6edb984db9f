// Versions: one language's rendering of one revision, its state, and its segments.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "article/version.h"
#include "base/clock.h"
#include "db/connection.h"

namespace kabar::store {

// Where a (revision, language) stands; what leads from one to the next is the table of life/life.cpp.
enum class State {
  received,  // only the main language's row exists
  segmented,
  recalled,
  translated,
  checked,
  in_review,  // waits for a person
  approved,
  published,
  superseded,  // a newer revision took its place
  withdrawn,
};
std::string_view name_of(State state);
std::optional<State> parse_state(std::string_view name);

struct VersionKey {
  std::string article;
  int revision = 0;
  Language language;
};

struct VersionRow {
  VersionKey key;
  State state = State::received;
  std::optional<Time> due;  // when the worker has to do something; nothing: it waits for a person or is done
  int attempts = 0;         // how often the next step failed
  std::string fault;        // what it said last
  std::string reason;       // why the policy decided as it did
  std::optional<float> score;
  std::string reviewed_by;  // the person who approved; empty if nobody did
  std::optional<Time> reviewed;
};

Result<void> put_version(db::Connection& connection, const VersionRow& version);
Result<std::optional<VersionRow>> find_version(db::Connection& connection, const VersionKey& key);
// All of one revision, by language.
Result<std::vector<VersionRow>> load_versions(db::Connection& connection, std::string_view article, int revision);
// All of an article, by revision, then language.
Result<std::vector<VersionRow>> load_versions(db::Connection& connection, std::string_view article);

// Sets everything except the key, provided the state is still `from`. False: somebody else was faster.
Result<bool> update_version(db::Connection& connection, State from, const VersionRow& version);
// Moves every version of the article with revision < `below` that is in one of `from` to `to`.
Result<void> move_versions(db::Connection& connection, std::string_view article, int below, std::span<const State> from,
                           State to);
// The published versions of older revisions in this language are superseded.
Result<void> supersede_published(db::Connection& connection, const VersionKey& key);
// Every version of every revision.
Result<void> withdraw_versions(db::Connection& connection, std::string_view article);

// What the worker should turn to now: one revision of one article in one state. First what an editor waits for (due at
// 0), then what is quick and readers wait for (next_quick_due), then the earliest.
struct Due {
  std::string article;
  int revision = 0;
  State state = State::received;
  std::vector<Language> languages;  // all that are due in this state
};
Result<std::optional<Due>> next_due(db::Connection& connection, Time now);
// The earliest that has just come in or is approved: these steps need no translator, and lead to publication.
Result<std::optional<Due>> next_quick_due(db::Connection& connection, Time now);
struct DueCounts {
  int now = 0;     // the worker can do these
  int failed = 0;  // their last step failed and will be tried again, now or later
};
Result<DueCounts> count_due(db::Connection& connection, Time now);
// A version in this language for the newest revision of every article of the site that has none: the language was
// added later.
Result<void> add_missing_versions(db::Connection& connection, std::string_view site, Language language, Time now);
// Failed steps are tried again at once; what waits for its date goes on waiting.
Result<void> reset_attempts(db::Connection& connection, Time now);

// Replaces rows of the same segment. With `history`, also appends to the segment's history.
Result<void> put_translations(db::Connection& connection, const VersionKey& key,
                              std::span<const TranslatedSegment> segments, std::optional<Time> history);
// In the order of the text.
Result<std::vector<TranslatedSegment>> load_translations(db::Connection& connection, const VersionKey& key);

struct EarlierTranslation {
  int revision = 0;
  TranslatedSegment segment;
};
// The newest translation of every segment of the article before `key.revision`, by segment id.
Result<std::vector<EarlierTranslation>> load_earlier_translations(db::Connection& connection, const VersionKey& key);

struct HistoryEntry {
  int revision = 0;
  Time at;
  std::string text;
  Origin origin = Origin::machine;
  std::string model;
  std::string editor;
};
// Oldest first.
Result<std::vector<HistoryEntry>> load_history(db::Connection& connection, std::string_view article, Language language,
                                               std::string_view segment);

}  // namespace kabar::store
