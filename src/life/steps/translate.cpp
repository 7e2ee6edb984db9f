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
    KABAR_ASSIGN(std::vector<std::vector<TranslatedSegment>> fresh,
                 life.renderer.translate(loaded.revision.article, loaded.segments, wanted, languages, life.stop));
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
