#include "app/version_json.h"

#include <cmath>

#include <nlohmann/json.hpp>

namespace kabar::app {
namespace {

using Json = nlohmann::ordered_json;

Json span_json(const std::optional<Span>& span) { return span ? Json::array({span->begin, span->end}) : Json(nullptr); }

Json finding_json(const Finding& finding) {
  return {{"check", finding.check},
          {"severity", name_of(finding.severity)},
          {"blocking", finding.blocking},
          {"message", finding.message},
          {"source_span", span_json(finding.source_span)},
          {"target_span", span_json(finding.target_span)}};
}

Json block_json(const Block& block) {
  Json json = {{"id", block.id}, {"type", name_of(block.type)}};
  if (!block.text.empty()) json["text"] = block.text;
  for (const auto& [name, value] : block.attributes) json[name] = value;
  return json;
}

}  // namespace

Json score_json(const std::optional<float>& score) {
  return score ? Json(std::round(static_cast<double>(*score) * 1000) / 1000) : Json(nullptr);
}

Json segment_json(const TranslatedSegment& segment) {
  Json findings = Json::array();
  for (const Finding& finding : segment.findings) findings.push_back(finding_json(finding));
  return {{"id", segment.id},       {"block", segment.block_id},          {"source", segment.source},
          {"text", segment.text},   {"origin", name_of(segment.origin)},  {"model", segment.model},
          {"stale", segment.stale}, {"score", score_json(segment.score)}, {"findings", std::move(findings)}};
}

Json source_findings_json(std::span<const checks::LintFinding> findings) {
  Json list = Json::array();
  for (const checks::LintFinding& lint : findings) {
    list.push_back({{"segment", lint.segment_id},
                    {"check", lint.finding.check},
                    {"severity", name_of(lint.finding.severity)},
                    {"message", lint.finding.message},
                    {"source_span", span_json(lint.finding.source_span)}});
  }
  return list;
}

std::string article_json(const Article& article, std::span<const checks::LintFinding> source_findings,
                         std::span<const VersionWithMarkup> versions) {
  Json blocks = Json::array();
  for (const Block& block : article.blocks) blocks.push_back(block_json(block));
  Json list = Json::array();
  for (const auto& [version, markup] : versions) {
    Json segments = Json::array();
    for (const TranslatedSegment& segment : version.segments) segments.push_back(segment_json(segment));
    list.push_back({{"language", version.language.view()},
                    {"title", version.title},
                    {"disclosure", version.disclosure},
                    {"status", name_of(version.status)},
                    {"score", score_json(version.score)},
                    {"segments", std::move(segments)},
                    {"markup", markup}});
  }
  const Json json = {{"source",
                      {{"language", article.language.view()},
                       {"title", article.title()},
                       {"blocks", std::move(blocks)},
                       {"findings", source_findings_json(source_findings)}}},
                     {"versions", std::move(list)}};
  return json.dump(2) + "\n";
}

}  // namespace kabar::app
