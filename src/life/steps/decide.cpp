#include <map>

#include <fmt/format.h>

#include "life/change.h"
#include "life/steps/steps.h"

namespace kabar::life {
namespace {

using store::State;
using store::VersionRow;

// The review of the version before, if it stands: after a typo it does, after a change of substance it does not.
Result<void> inherit_review(Life& life, bool typo, int before, VersionRow& version) {
  if (!typo || !version.reviewed_by.empty()) return {};
  KABAR_ASSIGN(const std::optional<VersionRow> previous,
               store::find_version(life.database, {version.key.article, before, version.key.language}));
  if (!previous || previous->reviewed_by.empty()) return {};
  version.reviewed_by = previous->reviewed_by;
  version.reviewed = previous->reviewed;
  return {};
}

// A person's words for a sentence that was only spelled otherwise are as good as before. What counts is all that
// happened to the sentence since they were written, not what this revision did to it.
void forgive_spelling(Life& life, const Loaded& loaded, std::vector<TranslatedSegment>& segments) {
  const Language language = loaded.revision.article.language;
  std::map<std::string_view, const Segment*> sources;
  for (const Segment& source : loaded.segments) sources[source.id] = &source;
  for (TranslatedSegment& segment : segments) {
    const auto source = sources.find(segment.id);
    if (!segment.stale || source == sources.end() || source->second->block_type == BlockType::headline) continue;
    segment.stale =
        !difference_in_substance(segment.source, source->second->text, language, words_of(life, language)).empty();
  }
}

}  // namespace

std::string held_by(const store::Hold& hold) { return fmt::format("held by {}: {}", hold.editor, hold.reason); }

// Puts the policy's verdict into effect: a pure function of what is stored (life/policy.h).
Result<void> decide(Life& life, const store::Due& due) {
  KABAR_ASSIGN(const Loaded loaded, load(life, due));
  KABAR_ASSIGN(const Site* const site, site_of(life, loaded.revision.article));
  KABAR_ASSIGN(const int before, store::previous_segmented_revision(life.database, due.article, due.revision));
  const bool typo = loaded.revision.change == name_of(ChangeKind::typo);

  KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(life.database));
  for (const Language language : due.languages) {
    const store::VersionKey key{due.article, due.revision, language};
    KABAR_ASSIGN(std::optional<VersionRow> version, store::find_version(life.database, key));
    if (!version || version->state != due.state) continue;
    KABAR_TRY(inherit_review(life, typo, before, *version));
    Case decided{.policy = site->policies.of(loaded.revision.article.section, language),
                 .segments = {},
                 .held = {},
                 .reviewed_by = version->reviewed_by};
    KABAR_ASSIGN(decided.segments, store::load_translations(life.database, key));
    if (typo) forgive_spelling(life, loaded, decided.segments);
    KABAR_ASSIGN(const std::optional<store::Hold> hold, store::find_hold(life.database, due.article, language));
    if (hold) decided.held = held_by(*hold);
    const Verdict verdict = decide(decided);
    version->reason = verdict.reason;
    version->state = verdict.approved ? State::approved : State::in_review;
    if (version->due) version->due = public_from(loaded.revision.article, *version->due);
    if (!verdict.approved) version->due.reset();
    version->attempts = 0;
    version->fault.clear();
    KABAR_TRY(store::update_version(life.database, due.state, *version));
  }
  observe(life, "decide", "written");
  return transaction.commit();
}

}  // namespace kabar::life
