#include <algorithm>
#include <map>
#include <set>

#include "life/anaphora.h"
#include "life/change.h"
#include "life/steps/steps.h"
#include "store/memory.h"

namespace kabar::life {
namespace {

using store::State;
using store::StoredSegment;

// What was translated before, for one language.
struct Past {
  std::map<std::string, TranslatedSegment, std::less<>> by_id;
  // A person's words by the sentence that they were written for, where that sentence stands no more.
  std::map<std::string, store::EarlierTranslation, std::less<>> by_source;
  bool keep_reviewed = false;  // only typos were mended in a version that a person approved
};

Result<Past> load_past(Life& life, const store::VersionKey& key, const std::vector<StoredSegment>& segments,
                       int previous_revision, bool typo) {
  Past past;
  KABAR_ASSIGN(std::vector<store::EarlierTranslation> earlier, store::load_earlier_translations(life.database, key));
  std::set<std::string_view> present;
  for (const StoredSegment& stored : segments) present.insert(stored.segment.id);
  for (store::EarlierTranslation& translation : earlier) {
    const TranslatedSegment& segment = translation.segment;
    if (segment.origin == Origin::human && !segment.stale && !present.contains(segment.id)) {
      store::EarlierTranslation& newest = past.by_source[segment.source];
      if (translation.revision > newest.revision) newest = translation;
    }
    past.by_id[translation.segment.id] = std::move(translation.segment);
  }
  KABAR_ASSIGN(const std::optional<store::VersionRow> version,
               store::find_version(life.database, {key.article, previous_revision, key.language}));
  past.keep_reviewed = typo && version && !version->reviewed_by.empty();
  return past;
}

bool same_shape(const InlineTags& a, const InlineTags& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const InlineTag& x, const InlineTag& y) { return x.name == y.name; });
}

// Gives the kept text the tags of today: the sentence may have got a link, or a link another address.
void update_tags(Renderer& renderer, const Segment& segment, const InlineTags& tags_before, TranslatedSegment& kept) {
  if (segment.tags == tags_before) return;
  if (same_shape(segment.tags, tags_before) && segment.tags.size() == kept.tags.size() &&
      same_shape(segment.tags, kept.tags)) {
    for (size_t i = 0; i < kept.tags.size(); ++i) kept.tags[i].attributes = segment.tags[i].attributes;
    return;
  }
  kept.tags = renderer.carry_tags(segment, kept);
}

// An exact sentence that a person approved. One that speaks of "her" is only known where it was approved.
Result<std::optional<TranslatedSegment>> from_memory(Life& life, const Segment& segment, std::string_view article,
                                                     Language source, Language target) {
  KABAR_ASSIGN(const std::optional<store::MemoryEntry> entry,
               store::find_memory(life.database, source, target, segment.text));
  if (!entry || (entry->article != article && refers_back(segment.text, source))) return std::nullopt;
  TranslatedSegment known{.id = segment.id, .source = segment.text, .text = entry->target};
  known.origin = Origin::memory;
  known.editor = entry->editor;
  known.tags = life.renderer.carry_tags(segment, known);
  return known;
}

// Order matters: a person's words for just this sentence, though it stood elsewhere or was gone for a while; what was
// said of it before, unless that is stale; memory; a person's words for the sentence that it replaces; the rest is for
// the machine.
Result<std::optional<TranslatedSegment>> recall_one(Life& life, const StoredSegment& stored, std::string_view article,
                                                    const Past& past,
                                                    const std::map<std::string_view, InlineTags>& tags_before,
                                                    Language source, Language target) {
  const Segment& segment = stored.segment;
  const auto same = past.by_source.find(segment.text);
  const auto kept = past.by_id.find(segment.id);
  const auto replaced = past.by_id.find(stored.predecessor);
  const bool fresh = kept != past.by_id.end() && !kept->second.stale;
  std::optional<TranslatedSegment> known;
  if (same != past.by_source.end() && !(fresh && kept->second.origin == Origin::human)) {
    known = same->second.segment;
    known->id = segment.id;
    known->tags = life.renderer.carry_tags(segment, *known);
  } else if (!fresh) {
    KABAR_ASSIGN(known, from_memory(life, segment, article, source, target));
  }
  if (!known && kept != past.by_id.end()) {
    known = kept->second;
    const auto tags = tags_before.find(segment.id);
    update_tags(life.renderer, segment, tags == tags_before.end() ? InlineTags() : tags->second, *known);
  }
  if (!known && replaced != past.by_id.end() && (replaced->second.origin == Origin::human || past.keep_reviewed)) {
    known = replaced->second;
    known->id = segment.id;
    known->tags = life.renderer.carry_tags(segment, *known);
    known->stale = known->origin == Origin::human;  // `source` stays the sentence that it was written for
    known->proposal.clear();
    if (!known->stale) known->source = segment.text;
  }
  if (known) known->block_id = segment.block_id;
  return known;
}

}  // namespace

// Fills in what is known, so that `translate` works on new sentences only (invariant 1).
Result<void> recall(Life& life, const store::Due& due) {
  KABAR_ASSIGN(const std::optional<store::Revision> revision,
               store::find_revision(life.database, due.article, due.revision));
  KABAR_ASSIGN(const std::vector<StoredSegment> segments,
               store::load_segments(life.database, due.article, due.revision));
  KABAR_ASSIGN(const int before, store::previous_segmented_revision(life.database, due.article, due.revision));
  KABAR_ASSIGN(const std::vector<StoredSegment> previous, store::load_segments(life.database, due.article, before));
  if (!revision) return fail(ErrorKind::not_found, due.article, "the revision is missing");
  std::map<std::string_view, InlineTags> tags_before;
  for (const StoredSegment& stored : previous) tags_before[stored.segment.id] = stored.segment.tags;

  std::map<Language, std::vector<TranslatedSegment>> known;
  for (const Language language : due.languages) {
    KABAR_ASSIGN(const Past past, load_past(life, {due.article, due.revision, language}, segments, before,
                                            revision->change == name_of(ChangeKind::typo)));
    for (const StoredSegment& segment : segments) {
      KABAR_ASSIGN(std::optional<TranslatedSegment> one,
                   recall_one(life, segment, due.article, past, tags_before, revision->article.language, language));
      if (one) known[language].push_back(std::move(*one));
    }
  }

  KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(life.database));
  KABAR_ASSIGN(const std::vector<store::VersionRow> moved, advance(life, due, State::recalled));
  for (const store::VersionRow& version : moved) {
    KABAR_TRY(store::put_translations(life.database, version.key, known[version.key.language], std::nullopt));
  }
  observe(life, "recall", "written");
  return transaction.commit();
}

}  // namespace kabar::life
