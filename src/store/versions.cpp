#include "store/versions.h"

#include <array>
#include <map>
#include <utility>

#include "store/columns.h"
#include "store/json.h"

namespace kabar::store {
namespace {

constexpr std::pair<State, std::string_view> kStates[] = {
    {State::received, "received"},     {State::segmented, "segmented"}, {State::recalled, "recalled"},
    {State::translated, "translated"}, {State::checked, "checked"},     {State::in_review, "in review"},
    {State::approved, "approved"},     {State::published, "published"}, {State::superseded, "superseded"},
    {State::withdrawn, "withdrawn"}};

VersionRow read_version(const db::Row& row) {
  return VersionRow{.key = {row.text(0), row.number(1), read_language(row, 2)},
                    .state = parse_state(row.text(3)).value_or(State::received),
                    .due = read_optional_time(row, 4),
                    .attempts = row.number(5),
                    .fault = row.text(6),
                    .reason = row.text(7),
                    .score = read_optional_score(row, 8),
                    .reviewed_by = row.text(9),
                    .reviewed = read_optional_time(row, 10)};
}

// The columns that read_translation takes, from column 0.
TranslatedSegment read_translation(const db::Row& row) {
  TranslatedSegment segment;
  segment.id = row.text(0);
  segment.block_id = row.text(1);
  segment.source = row.text(2);
  segment.text = row.text(3);
  segment.tags = read_tags(row.text(4));
  segment.origin = parse_origin(row.text(5)).value_or(Origin::machine);
  segment.model = row.text(6);
  segment.editor = row.text(7);
  segment.stale = row.boolean(8);
  segment.proposal = row.text(9);
  segment.score = read_optional_score(row, 10);
  segment.findings = read_findings(row.text(11));
  segment.alignment = read_alignment(row.text(12));
  return segment;
}

}  // namespace

std::string_view name_of(State state) {
  for (const auto& [value, name] : kStates) {
    if (value == state) return name;
  }
  return "";
}

std::optional<State> parse_state(std::string_view name) {
  for (const auto& [value, candidate] : kStates) {
    if (candidate == name) return value;
  }
  return std::nullopt;
}

Result<void> put_version(db::Connection& connection, const VersionRow& version) {
  KABAR_TRY(
      connection.run("INSERT INTO version (article_id, revision, language, state, due_at, reason, score, "
                     "reviewed_by, reviewed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                     {version.key.article, version.key.revision, version.key.language.view(), name_of(version.state),
                      to_seconds(version.due), version.reason, to_real(version.score), version.reviewed_by,
                      to_seconds(version.reviewed)}));
  return {};
}

Result<std::optional<VersionRow>> find_version(db::Connection& connection, const VersionKey& key) {
  return db::query_one(connection,
                       "SELECT article_id, revision, language, state, due_at, attempts, fault, reason, score, "
                       "reviewed_by, reviewed_at FROM version "
                       "WHERE article_id = $1 AND revision = $2 AND language = $3",
                       {key.article, key.revision, key.language.view()}, read_version);
}

Result<std::vector<VersionRow>> load_versions(db::Connection& connection, std::string_view article, int revision) {
  return db::query(connection,
                   "SELECT article_id, revision, language, state, due_at, attempts, fault, reason, score, "
                   "reviewed_by, reviewed_at FROM version WHERE article_id = $1 AND revision = $2 ORDER BY language",
                   {article, revision}, read_version);
}

Result<std::vector<VersionRow>> load_versions(db::Connection& connection, std::string_view article) {
  return db::query(connection,
                   "SELECT article_id, revision, language, state, due_at, attempts, fault, reason, score, "
                   "reviewed_by, reviewed_at FROM version WHERE article_id = $1 ORDER BY revision, language",
                   {article}, read_version);
}

Result<bool> update_version(db::Connection& connection, State from, const VersionRow& version) {
  KABAR_ASSIGN(
      const int64_t changed,
      connection.run("UPDATE version SET state = $5, due_at = $6, attempts = $7, fault = $8, reason = $9, "
                     "score = $10, reviewed_by = $11, reviewed_at = $12 "
                     "WHERE article_id = $1 AND revision = $2 AND language = $3 AND state = $4",
                     {version.key.article, version.key.revision, version.key.language.view(), name_of(from),
                      name_of(version.state), to_seconds(version.due), version.attempts, version.fault, version.reason,
                      to_real(version.score), version.reviewed_by, to_seconds(version.reviewed)}));
  return changed == 1;
}

Result<void> move_versions(db::Connection& connection, std::string_view article, int below, std::span<const State> from,
                           State to) {
  for (const State state : from) {
    KABAR_TRY(
        connection.run("UPDATE version SET state = $4, due_at = NULL "
                       "WHERE article_id = $1 AND revision < $2 AND state = $3",
                       {article, below, name_of(state), name_of(to)}));
  }
  return {};
}

Result<void> supersede_published(db::Connection& connection, const VersionKey& key) {
  KABAR_TRY(connection.run(
      "UPDATE version SET state = $4, due_at = NULL WHERE article_id = $1 AND revision < $2 "
      "AND language = $3 AND state = $5",
      {key.article, key.revision, key.language.view(), name_of(State::superseded), name_of(State::published)}));
  return {};
}

Result<void> withdraw_versions(db::Connection& connection, std::string_view article) {
  KABAR_TRY(connection.run("UPDATE version SET state = $2, due_at = NULL WHERE article_id = $1",
                           {article, name_of(State::withdrawn)}));
  return {};
}

namespace {

constexpr std::string_view kEarliest =
    "SELECT article_id, revision, state FROM version WHERE due_at <= $1 ORDER BY due_at, article_id LIMIT 1";
// The states are written out so that the index version_quick serves.
constexpr std::string_view kEarliestQuick =
    "SELECT article_id, revision, state FROM version WHERE due_at <= $1 AND state IN ('received', 'approved') "
    "ORDER BY due_at, article_id LIMIT 1";

Result<std::optional<Due>> find_due(db::Connection& connection, std::string_view statement, Time now) {
  KABAR_ASSIGN(std::optional<Due> due, db::query_one(connection, statement, {to_seconds(now)}, [](const db::Row& row) {
                 return Due{row.text(0), row.number(1), parse_state(row.text(2)).value_or(State::received), {}};
               }));
  if (!due) return due;
  KABAR_ASSIGN(due->languages, db::query(connection,
                                         "SELECT language FROM version WHERE article_id = $1 AND revision = $2 "
                                         "AND state = $3 AND due_at <= $4 ORDER BY language",
                                         {due->article, due->revision, name_of(due->state), to_seconds(now)},
                                         [](const db::Row& row) { return read_language(row, 0); }));
  return due;
}

}  // namespace

Result<std::optional<Due>> next_due(db::Connection& connection, Time now) {
  KABAR_ASSIGN(std::optional<Due> due, find_due(connection, kEarliest, Time{}));
  if (!due) {
    KABAR_ASSIGN(due, next_quick_due(connection, now));
  }
  if (!due) return find_due(connection, kEarliest, now);
  return due;
}

Result<std::optional<Due>> next_quick_due(db::Connection& connection, Time now) {
  return find_due(connection, kEarliestQuick, now);
}

Result<DueCounts> count_due(db::Connection& connection, Time now) {
  KABAR_ASSIGN(const std::optional<DueCounts> counts,
               db::query_one(connection,
                             "SELECT (SELECT count(*) FROM version WHERE due_at <= $1), "
                             "(SELECT count(*) FROM version WHERE due_at IS NOT NULL AND fault <> '')",
                             {to_seconds(now)}, [](const db::Row& row) {
                               return DueCounts{row.number(0), row.number(1)};
                             }));
  return counts.value_or(DueCounts{});
}

Result<void> add_missing_versions(db::Connection& connection, std::string_view site, Language language, Time now) {
  // Revisions that are not segmented yet get their versions from that step.
  KABAR_TRY(connection.run(
      "INSERT INTO version (article_id, revision, language, state, due_at) "
      "SELECT a.id, a.revision, $1, $2, $3 FROM article a JOIN revision r "
      "ON r.article_id = a.id AND r.number = a.revision "
      "WHERE a.site = $4 AND a.withdrawn_at IS NULL AND r.language <> $1 AND r.change <> '' AND NOT EXISTS "
      "(SELECT 1 FROM version v WHERE v.article_id = a.id AND v.revision = a.revision "
      "AND v.language = $1)",
      {language.view(), name_of(State::segmented), to_seconds(now), site}));
  return {};
}

Result<void> reset_attempts(db::Connection& connection, Time now) {
  KABAR_TRY(connection.run("UPDATE version SET due_at = $1 WHERE due_at > $1 AND attempts > 0", {to_seconds(now)}));
  return {};
}

Result<void> put_translations(db::Connection& connection, const VersionKey& key,
                              std::span<const TranslatedSegment> segments, std::optional<Time> history) {
  for (const TranslatedSegment& segment : segments) {
    KABAR_TRY(connection.run(
        "INSERT INTO translation (article_id, revision, language, segment_id, source, text, tags, origin, model, "
        "editor, stale, proposal, score, findings, alignment) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) "
        "ON CONFLICT (article_id, language, segment_id, revision) DO UPDATE SET source = excluded.source, "
        "text = excluded.text, tags = excluded.tags, origin = excluded.origin, model = excluded.model, "
        "editor = excluded.editor, stale = excluded.stale, proposal = excluded.proposal, score = excluded.score, "
        "findings = excluded.findings, alignment = excluded.alignment",
        {key.article, key.revision, key.language.view(), segment.id, segment.source, segment.text,
         to_json(segment.tags), name_of(segment.origin), segment.model, segment.editor, segment.stale, segment.proposal,
         to_real(segment.score), to_json(segment.findings), to_json(segment.alignment)}));
    if (!history) continue;
    KABAR_TRY(
        connection.run("INSERT INTO translation_history (article_id, language, segment_id, revision, at, text, "
                       "origin, model, editor) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                       {key.article, key.language.view(), segment.id, key.revision, to_seconds(*history), segment.text,
                        name_of(segment.origin), segment.model, segment.editor}));
  }
  return {};
}

Result<std::vector<TranslatedSegment>> load_translations(db::Connection& connection, const VersionKey& key) {
  return db::query(connection,
                   "SELECT t.segment_id, s.block_id, t.source, t.text, t.tags, t.origin, t.model, t.editor, t.stale, "
                   "t.proposal, t.score, t.findings, t.alignment FROM translation t JOIN segment s "
                   "ON s.article_id = t.article_id AND s.revision = t.revision AND s.id = t.segment_id "
                   "WHERE t.article_id = $1 AND t.revision = $2 AND t.language = $3 ORDER BY s.position",
                   {key.article, key.revision, key.language.view()}, read_translation);
}

Result<std::vector<EarlierTranslation>> load_earlier_translations(db::Connection& connection, const VersionKey& key) {
  std::map<std::string, EarlierTranslation> newest;
  KABAR_TRY(
      connection.run("SELECT segment_id, '', source, text, tags, origin, model, editor, stale, proposal, score, "
                     "findings, alignment, revision FROM translation "
                     "WHERE article_id = $1 AND language = $2 AND revision < $3 ORDER BY revision",
                     {key.article, key.language.view(), key.revision}, [&](const db::Row& row) -> Result<void> {
                       TranslatedSegment segment = read_translation(row);
                       const std::string id = segment.id;  // the segment is moved away below
                       newest[id] = {row.number(13), std::move(segment)};
                       return {};
                     }));
  std::vector<EarlierTranslation> earlier;
  earlier.reserve(newest.size());
  for (auto& [id, translation] : newest) earlier.push_back(std::move(translation));
  return earlier;
}

Result<std::vector<HistoryEntry>> load_history(db::Connection& connection, std::string_view article, Language language,
                                               std::string_view segment) {
  return db::query(connection,
                   "SELECT revision, at, text, origin, model, editor FROM translation_history "
                   "WHERE article_id = $1 AND language = $2 AND segment_id = $3 ORDER BY id",
                   {article, language.view(), segment}, [](const db::Row& row) {
                     return HistoryEntry{.revision = row.number(0),
                                         .at = read_time(row, 1),
                                         .text = row.text(2),
                                         .origin = parse_origin(row.text(3)).value_or(Origin::machine),
                                         .model = row.text(4),
                                         .editor = row.text(5)};
                   });
}

}  // namespace kabar::store
