#include "app/show_article.h"

#include <algorithm>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/progress.h"
#include "app/version_json.h"
#include "markup/segments.h"
#include "translate/article.h"

namespace kabar::app {
namespace {

using Json = nlohmann::ordered_json;

std::string iso(Time time) { return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", time); }
Json iso_json(const std::optional<Time>& time) { return time ? Json(iso(*time)) : Json(nullptr); }

const store::Publication* publication_in(const ShownArticle& article, Language language) {
  for (const store::Publication& publication : article.publications) {
    if (publication.language == language) return &publication;
  }
  return nullptr;
}

int count_findings(const std::vector<TranslatedSegment>& segments) {
  int count = 0;
  for (const TranslatedSegment& segment : segments) count += static_cast<int>(segment.findings.size());
  return count;
}

Json publication_json(const store::Publication* publication) {
  if (publication == nullptr) return nullptr;
  return {{"revision", publication->revision},
          {"published_at", iso(publication->published)},
          {"modified_at", iso(publication->modified)}};
}

Json version_json(const ShownArticle& article, const ShownVersion& version) {
  Json segments = Json::array();
  for (const TranslatedSegment& segment : version.segments) {
    Json json = segment_json(segment);
    json["editor"] = segment.editor;
    json["proposal"] = segment.proposal;
    segments.push_back(std::move(json));
  }
  const store::VersionRow& row = version.row;
  return {{"language", row.key.language.view()},
          {"state", name_of(row.state)},
          {"reason", row.reason},
          {"fault", row.fault},
          {"score", score_json(row.score)},
          {"reviewed_by", row.reviewed_by},
          {"reviewed_at", iso_json(row.reviewed)},
          {"published", publication_json(publication_in(article, row.key.language))},
          {"segments", std::move(segments)}};
}

// Ready, but its article is dated later than it came in.
bool waits_for_its_date(const store::VersionRow& version, const store::Revision& revision) {
  return version.state == store::State::approved && version.due && *version.due > revision.received;
}

// Colour by what it asks of the reader: red waits for a person, green is out.
std::string styled_state(store::State state) {
  const std::string text = fmt::format("{:<11}", name_of(state));
  if (state == store::State::in_review) return styled(text, "31");
  if (state == store::State::published) return styled(text, "32");
  return text;
}

}  // namespace

Result<ShownArticle> load_article(db::Connection& connection, std::string_view id) {
  KABAR_ASSIGN(const db::Transaction snapshot, db::Transaction::begin_read(connection));
  KABAR_ASSIGN(std::optional<store::ArticleRow> row, store::find_article(connection, id));
  if (!row) return fail(ErrorKind::not_found, std::string(id), "there is no such article");
  ShownArticle shown{.article = std::move(*row)};
  KABAR_ASSIGN(std::optional<store::Revision> revision, store::find_revision(connection, id, shown.article.revision));
  if (!revision) return fail(ErrorKind::not_found, std::string(id), "the revision is missing");
  shown.revision = std::move(*revision);
  KABAR_ASSIGN(std::vector<store::VersionRow> versions, store::load_versions(connection, id, shown.article.revision));
  for (store::VersionRow& version : versions) {
    KABAR_ASSIGN(std::vector<TranslatedSegment> segments, store::load_translations(connection, version.key));
    shown.versions.push_back({std::move(version), std::move(segments)});
  }
  KABAR_ASSIGN(shown.publications, store::load_publications(connection, id));
  KABAR_ASSIGN(shown.corrections, store::load_corrections(connection, id));
  KABAR_ASSIGN(shown.audit, store::load_audit(connection, id));
  return shown;
}

namespace {

// Made again each time: it is cheap, and what it says gets better with the program.
std::vector<checks::LintFinding> lint(const Article& source) {
  const std::vector<Segment> segments = markup::segment(source);
  return translate::lint(source, segments);
}

}  // namespace

std::string show_json(const ShownArticle& article) {
  Json versions = Json::array();
  for (const ShownVersion& version : article.versions) versions.push_back(version_json(article, version));
  Json corrections = Json::array();
  for (const store::CorrectionRow& correction : article.corrections) {
    Json notices = Json::object();
    for (const auto& [language, text] : correction.notices) notices[language.code()] = text;
    corrections.push_back({{"number", correction.number},
                           {"at", iso(correction.at)},
                           {"kind", correction.kind},
                           {"what", correction.what},
                           {"wrong", correction.wrong},
                           {"right", correction.right},
                           {"editor", correction.editor},
                           {"notices", std::move(notices)}});
  }
  Json log = Json::array();
  for (const store::AuditEntry& entry : article.audit) {
    log.push_back({{"at", iso(entry.at)},
                   {"who", entry.who},
                   {"action", entry.action},
                   {"revision", entry.revision},
                   {"language", entry.language.view()},
                   {"detail", entry.detail}});
  }
  const store::Revision& revision = article.revision;
  const Json json = {{"id", article.article.id},
                     {"site", article.article.site},
                     {"revision", revision.number},
                     {"received_at", iso(revision.received)},
                     {"language", revision.article.language.view()},
                     {"title", revision.article.title()},
                     {"section", revision.article.section},
                     {"change", revision.change},
                     {"change_reason", revision.change_reason},
                     {"withdrawn_at", iso_json(article.article.withdrawn)},
                     {"source_findings", source_findings_json(lint(revision.article))},
                     {"versions", std::move(versions)},
                     {"corrections", std::move(corrections)},
                     {"log", std::move(log)}};
  return json.dump(2) + "\n";
}

std::string show_text(const ShownArticle& article) {
  const store::Revision& revision = article.revision;
  std::string out =
      fmt::format("{}\n{}, revision {}", styled(revision.article.title(), "1"), article.article.id, revision.number);
  if (!article.article.site.empty()) out += fmt::format(", site {}", article.article.site);
  if (!revision.change.empty()) out += fmt::format(" ({})", revision.change);
  if (!revision.change_reason.empty()) out += fmt::format(": {}", revision.change_reason);
  if (article.article.withdrawn) out += fmt::format("\nwithdrawn at {}", iso(*article.article.withdrawn));
  out += "\n";
  for (const ShownVersion& version : article.versions) {
    const store::Publication* shown = publication_in(article, version.row.key.language);
    out += fmt::format("{:<3} {} ", version.row.key.language.view(), styled_state(version.row.state));
    out += shown != nullptr ? fmt::format("shows {:<3}", shown->revision) : "         ";
    out += version.row.score ? fmt::format(" score {:.2f}", *version.row.score) : "           ";
    out += version.segments.empty() ? "" : fmt::format(" {} findings", count_findings(version.segments));
    if (!version.row.fault.empty()) {
      out += fmt::format("  {}", styled("failed: " + version.row.fault, "31"));
    } else if (!version.row.reason.empty()) {
      out += fmt::format("  {}", version.row.reason);
    }
    if (waits_for_its_date(version.row, revision)) out += fmt::format("  not before {}", iso(*version.row.due));
    out += "\n";
  }
  for (const checks::LintFinding& found : lint(revision.article)) {
    out += fmt::format("source: {}\n", found.finding.message);
  }
  for (const store::CorrectionRow& correction : article.corrections) {
    const auto notice = correction.notices.find(revision.article.language);
    out += fmt::format("correction {}, {}: {}\n", correction.number, iso(correction.at),
                       notice != correction.notices.end() ? notice->second : correction.right);
  }
  return out;
}

Result<std::string> show_version(const ShownArticle& article, Language language) {
  const auto version = std::find_if(article.versions.begin(), article.versions.end(),
                                    [&](const ShownVersion& shown) { return shown.row.key.language == language; });
  if (version == article.versions.end()) {
    return fail(ErrorKind::not_found, article.article.id,
                fmt::format("has no version in \"{}\" (yet)", language.view()));
  }
  std::string out;
  for (const TranslatedSegment& segment : version->segments) {
    const std::string by = segment.editor.empty() ? segment.model : segment.editor;
    out += fmt::format("{}  {}{}{}\n  {}\n  {}\n", styled(segment.id, "1"), name_of(segment.origin),
                       by.empty() ? "" : ", " + by, segment.stale ? ", older than its source" : "", segment.source,
                       segment.text);
    if (!segment.proposal.empty()) out += fmt::format("  proposal: {}\n", segment.proposal);
    for (const Finding& finding : segment.findings) {
      out += fmt::format("  {} {}: {}\n", finding.blocking ? "blocking" : name_of(finding.severity), finding.check,
                         finding.message);
    }
  }
  return out;
}

}  // namespace kabar::app
