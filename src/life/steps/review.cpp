#include "life/steps/review.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/controls.h"
#include "base/utf8.h"
#include "life/steps/steps.h"
#include "store/articles.h"
#include "store/audit.h"
#include "store/memory.h"
#include "store/publications.h"
#include "translate/edited_text.h"

namespace kabar::life {
namespace {

using store::State;
using store::VersionRow;

constexpr size_t kSegmentBytesMax = 20'000;

struct Open {
  Language main_language;
  std::optional<Time> date;  // that the article states
  VersionRow version;
};

bool is_with_a_person(State state) {
  return state == State::in_review || state == State::approved || state == State::published;
}

Result<store::ArticleRow> find_open_article(Life& life, std::string_view article) {
  KABAR_ASSIGN(const std::optional<store::ArticleRow> row, store::find_article(life.database, article));
  if (!row) return fail(ErrorKind::not_found, std::string(article), "there is no such article");
  if (row->withdrawn) return fail(ErrorKind::conflict, std::string(article), "this article was withdrawn");
  return *row;
}

// One language of an article, with the newest revision's version if the worker has opened it.
struct Edition {
  store::ArticleRow article;
  Language main_language;
  std::optional<Time> date;
  store::VersionKey key;
  std::optional<VersionRow> version;
};

Result<Edition> find_edition(Life& life, std::string_view article, Language language) {
  KABAR_ASSIGN(const store::ArticleRow row, find_open_article(life, article));
  KABAR_ASSIGN(const std::optional<store::Revision> revision,
               store::find_revision(life.database, article, row.revision));
  if (!revision) return fail(ErrorKind::not_found, std::string(article), "the revision is missing");
  if (language == revision->article.language) {
    return fail(ErrorKind::conflict, fmt::format("{} ({})", article, language.view()),
                "the main language is changed by importing the article again");
  }
  Edition edition{row, revision->article.language, revision->article.date, {row.id, row.revision, language}, {}};
  KABAR_ASSIGN(edition.version, store::find_version(life.database, edition.key));
  return edition;
}

// The newest revision's version in this language.
Result<Open> find_version_of(Life& life, std::string_view article, Language language) {
  KABAR_ASSIGN(Edition edition, find_edition(life, article, language));
  if (edition.version) return Open{edition.main_language, edition.date, std::move(*edition.version)};
  return fail(ErrorKind::not_found, fmt::format("{} ({})", article, language.view()),
              "there is no version in this language (yet)");
}

// A hold may come before the worker has opened the version, but not for a language that nobody translates into.
Result<void> require_language(const Life& life, const Edition& edition) {
  if (edition.version) return {};
  const auto site = life.sites.find(edition.article.site);
  const bool wanted = site != life.sites.end() && std::find(site->second.targets.begin(), site->second.targets.end(),
                                                            edition.key.language) != site->second.targets.end();
  if (wanted) return {};
  return fail(ErrorKind::not_found, fmt::format("{} ({})", edition.key.article, edition.key.language.view()),
              "is no target language of its site");
}

// A person may change it only while the worker is not at it.
Result<void> require_settled(const VersionRow& version) {
  if (is_with_a_person(version.state)) return {};
  return fail(ErrorKind::conflict, fmt::format("{} ({})", version.key.article, version.key.language.view()),
              fmt::format("the worker is not done with it ({}); try again", name_of(version.state)));
}

Result<Open> find_open(Life& life, std::string_view article, Language language) {
  KABAR_ASSIGN(Open open, find_version_of(life, article, language));
  KABAR_TRY(require_settled(open.version));
  return open;
}

Result<void> log(Life& life, std::string_view who, std::string_view action, const store::VersionKey& key,
                 std::string detail) {
  return store::add_audit(life.database, {.at = life.clock.now(),
                                          .who = std::string(who),
                                          .action = std::string(action),
                                          .article = key.article,
                                          .revision = key.revision,
                                          .language = key.language,
                                          .detail = std::move(detail)});
}

Result<void> commit(Life& life, db::Transaction& transaction) {
  observe(life, "review", "written");
  KABAR_TRY(transaction.commit());
  observe(life, "review", "committed");
  return {};
}

// 0: an editor waits for this, so it goes before everything that the worker has to do.
constexpr Time kUrgent{};

// What still speaks against publication.
std::string objection(const std::vector<TranslatedSegment>& segments) {
  for (const TranslatedSegment& segment : segments) {
    if (segment.stale) return fmt::format("segment {} is older than its source", segment.id);
    for (const Finding& finding : segment.findings) {
      if (finding.blocking) return fmt::format("segment {}: {}", segment.id, finding.message);
    }
  }
  return "";
}

// An approved sentence is worth remembering; one that only repeats its source is not.
Result<void> remember(Life& life, const Open& open, const std::vector<TranslatedSegment>& segments,
                      std::string_view who) {
  for (const TranslatedSegment& segment : segments) {
    if (segment.origin == Origin::copy || segment.stale) continue;
    KABAR_TRY(store::put_memory(life.database, {.source_language = open.main_language,
                                                .target_language = open.version.key.language,
                                                .source = segment.source,
                                                .target = segment.text,
                                                .editor = segment.editor.empty() ? std::string(who) : segment.editor,
                                                .article = open.version.key.article,
                                                .updated = life.clock.now()}));
  }
  return {};
}

// Keeps the tags on the words that the edit left alone.
InlineTags moved_tags(const TranslatedSegment& before, const std::string& text) {
  const std::u32string old_points = decode_utf8(before.text);
  const std::u32string new_points = decode_utf8(text);
  const int shorter = static_cast<int>(std::min(old_points.size(), new_points.size()));
  int head = 0;
  while (head < shorter && old_points[head] == new_points[head]) ++head;
  int tail = 0;
  while (tail < shorter - head &&
         old_points[old_points.size() - 1 - tail] == new_points[new_points.size() - 1 - tail]) {
    ++tail;
  }
  const Span replaced{head, static_cast<int>(old_points.size()) - tail};
  const std::u32string by = new_points.substr(head, new_points.size() - head - tail);
  const translate::EditedText edited(before.text, {{replaced, encode_utf8(by)}});
  InlineTags tags = before.tags;
  for (InlineTag& tag : tags) tag.span = edited.to_edited(tag.span);
  return tags;
}

// The person's words in the place of those segments; false if they stand there already.
Result<bool> put_edits(Life& life, const VersionRow& version, const std::vector<Edit>& edits, std::string_view who) {
  KABAR_ASSIGN(std::vector<TranslatedSegment> segments, store::load_translations(life.database, version.key));
  bool changed = false;
  for (const Edit& edit : edits) {
    KABAR_TRY(check_utf8(edit.text, "the new text"));
    if (edit.text.size() > kSegmentBytesMax) {
      return fail(ErrorKind::limit, edit.segment, fmt::format("longer than {} bytes", kSegmentBytesMax));
    }
    const auto found = std::find_if(segments.begin(), segments.end(),
                                    [&](const TranslatedSegment& candidate) { return candidate.id == edit.segment; });
    if (found == segments.end()) {
      return fail(ErrorKind::not_found, fmt::format("{} ({})", version.key.article, version.key.language.view()),
                  fmt::format("there is no segment {}", edit.segment));
    }
    const std::string fresh = to_nfc(one_line(edit.text));
    if (fresh.find_first_not_of(' ') == std::string::npos) {
      return fail(ErrorKind::bad_input, edit.segment, "the new text is empty");
    }
    if (found->text == fresh && found->origin == Origin::human && !found->stale) continue;
    KABAR_TRY(require_settled(version));
    found->tags = moved_tags(*found, fresh);
    found->text = fresh;
    found->origin = Origin::human;
    found->editor = who;
    found->model.clear();
    found->stale = false;
    found->proposal.clear();
    found->alignment.clear();
    found->findings.clear();  // they were about other words
    KABAR_ASSIGN(found->source,
                 store::segment_text(life.database, version.key.article, version.key.revision, found->id));
    KABAR_TRY(store::put_translations(life.database, version.key, {&*found, 1}, life.clock.now()));
    KABAR_TRY(log(life, who, "edit", version.key, fmt::format("{}: {}", edit.segment, fresh)));
    changed = true;
  }
  return changed;
}

// The worker checks and decides it next.
Result<void> check_again(Life& life, VersionRow& version) {
  const State from = version.state;
  version.state = State::translated;
  version.due = kUrgent;
  KABAR_TRY(store::update_version(life.database, from, version));
  return {};
}

// A person says that words for older sentences fit the new ones as well.
Result<void> confirm_stale(Life& life, const store::VersionKey& key, std::vector<TranslatedSegment>& segments) {
  for (TranslatedSegment& segment : segments) {
    if (!segment.stale) continue;
    segment.stale = false;
    segment.proposal.clear();
    KABAR_ASSIGN(segment.source, store::segment_text(life.database, key.article, key.revision, segment.id));
    KABAR_TRY(store::put_translations(life.database, key, {&segment, 1}, std::nullopt));
  }
  return {};
}

// Makes the version one that this person answers for: stale sentences fit, the memory has them, no hold is left.
Result<void> accept(Life& life, Open& open, std::string_view who, std::string_view reason) {
  VersionRow& version = open.version;
  KABAR_ASSIGN(std::vector<TranslatedSegment> segments, store::load_translations(life.database, version.key));
  const std::string objected = objection(segments);
  if (!objected.empty() && reason.empty()) {
    return fail(ErrorKind::conflict, fmt::format("{} ({})", version.key.article, version.key.language.view()),
                fmt::format("{}; to approve it all the same, give a reason", objected));
  }
  KABAR_TRY(confirm_stale(life, version.key, segments));
  KABAR_TRY(remember(life, open, segments, who));
  KABAR_TRY(store::remove_hold(life.database, version.key.article, version.key.language));
  version.reviewed_by = who;
  version.reviewed = life.clock.now();
  return {};
}

}  // namespace

Result<void> approve(Life& life, std::string_view article, Language language, std::string_view who,
                     std::string_view reason) {
  KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(life.database));
  KABAR_ASSIGN(Open open, find_open(life, article, language));
  VersionRow& version = open.version;
  if (version.reviewed_by == who && version.state != State::in_review) return {};  // asked twice
  KABAR_TRY(accept(life, open, who, reason));
  const State from = version.state;
  version.state = State::approved;
  version.due = open.date > life.clock.now() ? open.date : kUrgent;
  version.reason = fmt::format("reviewed by {}", who);
  KABAR_TRY(store::update_version(life.database, from, version));
  KABAR_TRY(log(life, who, "approve", version.key, std::string(reason)));
  return commit(life, transaction);
}

Result<void> edit(Life& life, std::string_view article, Language language, const std::vector<Edit>& edits,
                  std::string_view who) {
  KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(life.database));
  KABAR_ASSIGN(Open open, find_version_of(life, article, language));
  KABAR_ASSIGN(const bool changed, put_edits(life, open.version, edits, who));
  if (!changed) return {};  // asked twice
  KABAR_TRY(check_again(life, open.version));
  return commit(life, transaction);
}

Result<void> edit_and_approve(Life& life, std::string_view article, Language language, const std::vector<Edit>& edits,
                              std::string_view who, std::string_view reason) {
  KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(life.database));
  KABAR_ASSIGN(Open open, find_version_of(life, article, language));
  KABAR_ASSIGN(const bool changed, put_edits(life, open.version, edits, who));
  if (!changed && open.version.reviewed_by == who && open.version.state != State::in_review) return {};  // asked twice
  KABAR_TRY(require_settled(open.version));
  KABAR_TRY(accept(life, open, who, reason));
  KABAR_TRY(check_again(life, open.version));
  KABAR_TRY(log(life, who, "approve", open.version.key, std::string(reason)));
  return commit(life, transaction);
}

Result<void> hold(Life& life, std::string_view article, Language language, std::string_view who,
                  std::string_view reason) {
  if (reason.empty()) return fail(ErrorKind::bad_input, std::string(article), "holding a version needs a reason");
  KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(life.database));
  KABAR_ASSIGN(const Edition edition, find_edition(life, article, language));
  KABAR_TRY(require_language(life, edition));
  const store::Hold fresh{.at = life.clock.now(), .editor = std::string(who), .reason = std::string(reason)};
  KABAR_ASSIGN(const std::optional<store::Hold> present, store::find_hold(life.database, article, language));
  if (present && held_by(*present) == held_by(fresh)) return {};  // asked twice
  KABAR_TRY(store::put_hold(life.database, article, language, fresh));
  // What the worker is still at comes to `decide`, which knows of the hold.
  if (edition.version && is_with_a_person(edition.version->state)) {
    VersionRow version = *edition.version;
    version.state = State::in_review;
    version.due.reset();
    version.reason = held_by(fresh);
    version.reviewed_by.clear();
    version.reviewed.reset();
    KABAR_TRY(store::update_version(life.database, edition.version->state, version));
  }
  // What readers have may be of an older revision.
  KABAR_TRY(store::supersede_published(life.database, edition.key));
  KABAR_TRY(store::remove_publication(life.database, article, language));
  KABAR_TRY(store::add_urgent_site_change(life.database, article));
  KABAR_TRY(log(life, who, "hold", edition.key, std::string(reason)));
  return commit(life, transaction);
}

Result<void> lift(Life& life, std::string_view article, Language language, std::string_view who) {
  KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(life.database));
  KABAR_ASSIGN(Open open, find_version_of(life, article, language));
  VersionRow& version = open.version;
  KABAR_ASSIGN(const std::optional<store::Hold> present, store::find_hold(life.database, article, language));
  if (!present) {
    return fail(ErrorKind::conflict, fmt::format("{} ({})", article, language.view()), "nobody holds it");
  }
  KABAR_TRY(store::remove_hold(life.database, article, language));
  if (version.state == State::in_review) {
    version.state = State::checked;
    version.due = kUrgent;
    KABAR_TRY(store::update_version(life.database, State::in_review, version));
  }
  KABAR_TRY(log(life, who, "lift", version.key, ""));
  return commit(life, transaction);
}

Result<void> overrule_change(Life& life, std::string_view article, ChangeKind kind, std::string_view who,
                             std::string_view reason) {
  if (kind == ChangeKind::typo && reason.empty()) {
    return fail(ErrorKind::bad_input, std::string(article), "lowering a change to a typo needs a reason");
  }
  KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(life.database));
  KABAR_ASSIGN(const store::ArticleRow row, find_open_article(life, article));
  KABAR_ASSIGN(const std::optional<store::Revision> revision,
               store::find_revision(life.database, article, row.revision));
  if (!revision || revision->change.empty() || revision->change == name_of(ChangeKind::first)) {
    return fail(ErrorKind::conflict, std::string(article), "the newest revision changes nothing that was there before");
  }
  if (revision->change == name_of(kind)) return {};
  KABAR_TRY(store::set_change(life.database, article, row.revision, name_of(kind),
                              fmt::format("decided by {}: {}", who, reason)));
  KABAR_ASSIGN(std::vector<VersionRow> versions, store::load_versions(life.database, article, row.revision));
  for (VersionRow& version : versions) {
    if (version.key.language == revision->article.language || !is_with_a_person(version.state)) continue;
    const State from = version.state;
    // The review that came from the revision before a typo falls with the typo.
    if (kind == ChangeKind::substance) {
      version.reviewed_by.clear();
      version.reviewed.reset();
    } else {
      KABAR_ASSIGN(std::vector<TranslatedSegment> segments, store::load_translations(life.database, version.key));
      KABAR_TRY(confirm_stale(life, version.key, segments));
    }
    version.state = State::checked;
    version.due = kUrgent;
    KABAR_TRY(store::update_version(life.database, from, version));
  }
  KABAR_TRY(
      log(life, who, fmt::format("change is {}", name_of(kind)), {row.id, row.revision, {}}, std::string(reason)));
  return commit(life, transaction);
}

}  // namespace kabar::life
