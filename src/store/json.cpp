#include "store/json.h"

#include <nlohmann/json.hpp>

namespace kabar {

using Json = nlohmann::json;

// Found by nlohmann's argument-dependent look-up, hence in the namespace of the types. Fields at their default
// are left out: most segments have no tags, findings or proposal.

static void to_json(Json& json, const Span& span) { json = {span.begin, span.end}; }

static void from_json(const Json& json, Span& span) { span = {json.at(0).get<int>(), json.at(1).get<int>()}; }

static void to_json(Json& json, const InlineTag& tag) {
  json = {{"name", tag.name}, {"span", tag.span}};
  if (!tag.attributes.empty()) json["attributes"] = tag.attributes;
}

static void from_json(const Json& json, InlineTag& tag) {
  json.at("name").get_to(tag.name);
  json.at("span").get_to(tag.span);
  if (json.contains("attributes")) json["attributes"].get_to(tag.attributes);
}

static void to_json(Json& json, const AlignmentLink& link) {
  json = {link.source.begin, link.source.end, link.target.begin, link.target.end, link.probability};
}

static void from_json(const Json& json, AlignmentLink& link) {
  link = {.source = {json.at(0).get<int>(), json.at(1).get<int>()},
          .target = {json.at(2).get<int>(), json.at(3).get<int>()},
          .probability = json.at(4).get<float>()};
}

static void to_json(Json& json, const Finding& finding) {
  json = {{"check", finding.check},
          {"severity", name_of(finding.severity)},
          {"blocking", finding.blocking},
          {"message", finding.message}};
  if (finding.source_span) json["source_span"] = *finding.source_span;
  if (finding.target_span) json["target_span"] = *finding.target_span;
  if (finding.fix) json["fix"] = {{"span", finding.fix->target_span}, {"text", finding.fix->replacement}};
}

static void from_json(const Json& json, Finding& finding) {
  json.at("check").get_to(finding.check);
  finding.severity = parse_severity(json.at("severity").get<std::string>()).value_or(Severity::error);
  json.at("blocking").get_to(finding.blocking);
  json.at("message").get_to(finding.message);
  if (json.contains("source_span")) finding.source_span = json["source_span"].get<Span>();
  if (json.contains("target_span")) finding.target_span = json["target_span"].get<Span>();
  if (json.contains("fix")) {
    finding.fix = Fix{json["fix"].at("span").get<Span>(), json["fix"].at("text").get<std::string>()};
  }
}

static void to_json(Json& json, const Block& block) {
  json = {{"id", block.id}, {"type", name_of(block.type)}, {"text", block.text}};
  if (!block.tags.empty()) json["tags"] = block.tags;
  if (!block.attributes.empty()) json["attributes"] = block.attributes;
}

static void from_json(const Json& json, Block& block) {
  json.at("id").get_to(block.id);
  block.type = parse_block_type(json.at("type").get<std::string>()).value_or(BlockType::paragraph);
  json.at("text").get_to(block.text);
  if (json.contains("tags")) json["tags"].get_to(block.tags);
  if (json.contains("attributes")) json["attributes"].get_to(block.attributes);
}

static void to_json(Json& json, const TranslatedSegment& segment) {
  json = {{"id", segment.id},
          {"block", segment.block_id},
          {"source", segment.source},
          {"text", segment.text},
          {"origin", name_of(segment.origin)}};
  if (!segment.tags.empty()) json["tags"] = segment.tags;
  if (!segment.model.empty()) json["model"] = segment.model;
  if (!segment.editor.empty()) json["editor"] = segment.editor;
  if (segment.stale) json["stale"] = true;
  if (segment.score) json["score"] = *segment.score;
  if (!segment.findings.empty()) json["findings"] = segment.findings;
}

static void from_json(const Json& json, TranslatedSegment& segment) {
  json.at("id").get_to(segment.id);
  json.at("block").get_to(segment.block_id);
  json.at("source").get_to(segment.source);
  json.at("text").get_to(segment.text);
  segment.origin = parse_origin(json.at("origin").get<std::string>()).value_or(Origin::machine);
  if (json.contains("tags")) json["tags"].get_to(segment.tags);
  segment.model = json.value("model", "");
  segment.editor = json.value("editor", "");
  segment.stale = json.value("stale", false);
  if (json.contains("score")) segment.score = json["score"].get<float>();
  if (json.contains("findings")) json["findings"].get_to(segment.findings);
}

namespace store {
namespace {

template <typename T>
std::string write(const T& value) {
  return Json(value).dump();
}

template <typename T>
T read(std::string_view text) {
  const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) return {};
  try {
    return json.get<T>();
  } catch (const Json::exception&) {
    return {};
  }
}

}  // namespace

std::string to_json(const std::map<std::string, std::string>& map) { return write(map); }
std::string to_json(const std::vector<std::string>& list) { return write(list); }
std::string to_json(const InlineTags& tags) { return write(tags); }
std::string to_json(const Alignment& alignment) { return write(alignment); }
std::string to_json(const std::vector<Finding>& findings) { return write(findings); }
std::string to_json(const std::vector<Block>& blocks) { return write(blocks); }
std::string to_json(const std::vector<TranslatedSegment>& segments) { return write(segments); }

std::map<std::string, std::string> read_map(std::string_view json) {
  return read<std::map<std::string, std::string>>(json);
}
std::vector<std::string> read_list(std::string_view json) { return read<std::vector<std::string>>(json); }
InlineTags read_tags(std::string_view json) { return read<InlineTags>(json); }
Alignment read_alignment(std::string_view json) { return read<Alignment>(json); }
std::vector<Finding> read_findings(std::string_view json) { return read<std::vector<Finding>>(json); }
std::vector<Block> read_blocks(std::string_view json) { return read<std::vector<Block>>(json); }
std::vector<TranslatedSegment> read_segments(std::string_view json) {
  return read<std::vector<TranslatedSegment>>(json);
}

}  // namespace store
}  // namespace kabar
