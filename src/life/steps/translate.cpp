#include <algorithm>
#include <future>
#include <iterator>
#include <map>

#include "life/steps/steps.h"

namespace kabar::life {
namespace {

using store::State;

// The segments that a language still needs, as indexes; its known ones by id.
struct Need {
  std::vector<size_t> wanted;
  std::map<std::string, TranslatedSegment> known;
};

Result<Need> need_of(Life& life, const store::VersionKey& key, const std::vector<Segment>& segments) {
  Need need;
  KABAR_ASSIGN(std::vector<TranslatedSegment> known, store::load_translations(life.database, key));
  for (TranslatedSegment& segment : known) need.known[segment.id] = std::move(segment);
  for (size_t i = 0; i < segments.size(); ++i) {
    const auto found = need.known.find(segments[i].id);
    const bool wants_proposal = found != need.known.end() && found->second.stale && found->second.proposal.empty();
    if (found == need.known.end() || wants_proposal) need.wanted.push_back(i);
  }
  return need;
}

// A stale text of a person is not touched: the machine's words stand beside it (invariant 1).
TranslatedSegment merge(const Need& need, TranslatedSegment fresh) {
  const auto found = need.known.find(fresh.id);
  if (found == need.known.end()) return fresh;
  TranslatedSegment kept = found->second;
  kept.proposal = std::move(fresh.text);
  return kept;
}

using Fresh = std::vector<std::vector<TranslatedSegment>>;

// So many sentences at a time that the translator is busy and a stop is seen soon.
constexpr size_t kPortion = 32;

Result<Fresh> translate_in_portions(Life& life, const Loaded& loaded, std::span<const size_t> wanted,
                                    std::span<const Language> languages) {
  Fresh fresh(languages.size());
  while (!wanted.empty()) {
    if (life.stop.stop_requested()) return fail(ErrorKind::cancelled, "", "stopped");
    const std::span<const size_t> portion = wanted.first(std::min(kPortion, wanted.size()));
    wanted = wanted.subspan(portion.size());
    KABAR_ASSIGN(Fresh part,
                 life.renderer.translate(loaded.revision.article, loaded.segments, portion, languages, life.stop));
    for (size_t i = 0; i < languages.size(); ++i)
      std::move(part[i].begin(), part[i].end(), std::back_inserter(fresh[i]));
  }
  return fresh;
}

// The translator works on a thread of its own, while this one looks after what must not wait. A fault of that comes
// again after the step and is told then.
Result<Fresh> translate_aside(Life& life, const Loaded& loaded, std::span<const size_t> wanted,
                              std::span<const Language> languages) {
  const auto work = [&] { return translate_in_portions(life, loaded, wanted, languages); };
  if (!life.meanwhile) return work();
  std::future<Result<Fresh>> result = std::async(std::launch::async, work);
  bool well = true;
  while (result.wait_for(std::chrono::milliseconds(100)) != std::future_status::ready) {
    if (well) well = life.meanwhile().has_value();
  }
  return result.get();
}

}  // namespace

// Languages that need the same sentences go to the translator together, which reads the source once for all.
Result<void> translate(Life& life, const store::Due& due) {
  KABAR_ASSIGN(const Loaded loaded, load(life, due));
  std::map<Language, Need> needs;
  std::map<std::vector<size_t>, std::vector<Language>> groups;
  for (const Language language : due.languages) {
    KABAR_ASSIGN(Need need, need_of(life, {due.article, due.revision, language}, loaded.segments));
    if (!need.wanted.empty()) groups[need.wanted].push_back(language);
    needs[language] = std::move(need);
  }

  std::map<Language, std::vector<TranslatedSegment>> results;
  for (const auto& [wanted, languages] : groups) {
    KABAR_ASSIGN(Fresh fresh, translate_aside(life, loaded, wanted, languages));
    for (size_t i = 0; i < languages.size(); ++i) {
      for (TranslatedSegment& segment : fresh[i]) {
        results[languages[i]].push_back(merge(needs[languages[i]], std::move(segment)));
      }
    }
  }

  KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(life.database));
  KABAR_ASSIGN(const std::vector<store::VersionRow> moved, advance(life, due, State::translated));
  for (const store::VersionRow& version : moved) {
    KABAR_TRY(store::put_translations(life.database, version.key, results[version.key.language], life.clock.now()));
  }
  observe(life, "translate", "written");
  return transaction.commit();
}

}  // namespace kabar::life
