#include "life/pipeline_renderer.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "base/utf8.h"
#include "checks/check.h"
#include "checks/siblings.h"
#include "markup/segments.h"
#include "markup/tags.h"
#include "terms/lexicon.h"
#include "translate/article.h"

namespace kabar::life {
namespace {

// Findings that come from looking at whole versions; they are made again each time.
bool is_of_version(const Finding& finding) { return finding.check == "consistency" || finding.check == "sibling"; }

// The translator has judged its own words with what it knew of their probabilities; a person's and the memory's are
// judged here.
bool was_checked(const TranslatedSegment& segment) {
  return segment.origin == Origin::machine || segment.origin == Origin::repaired || segment.origin == Origin::copy;
}

}  // namespace

Result<const translate::Pipeline*> PipelineRenderer::pipeline() {
  const std::lock_guard lock(mutex_);
  if (!pipeline_) {
    KABAR_ASSIGN(const translate::Pipeline loaded, load_());
    pipeline_.emplace(loaded);
  }
  return &*pipeline_;
}

void PipelineRenderer::forget() {
  const std::lock_guard lock(mutex_);
  pipeline_.reset();
}

bool PipelineRenderer::knows_word(std::string_view word, Language language) {
  const Result<const translate::Pipeline*> loaded = pipeline();
  if (!loaded) return false;
  const checks::Knowledge& knowledge = (*loaded)->knowledge();
  if (knowledge.is_small_word(word, language)) return true;
  // The lexicon knows rarer words and those with endings; any of its tables tells.
  const Language target = language == Language::en ? Language::id : Language::en;
  const std::vector<terms::LexiconMatch> matches = knowledge.lexicon().find(word, language, target);
  return matches.size() == 1 && matches.front().source == Span{0, count_points(word)};
}

std::vector<Segment> PipelineRenderer::segment(const Article& article) { return markup::segment(article); }

Result<std::vector<std::vector<TranslatedSegment>>> PipelineRenderer::translate(const Article& article,
                                                                                std::span<const Segment> segments,
                                                                                std::span<const size_t> wanted,
                                                                                std::span<const Language> targets,
                                                                                std::stop_token stop) {
  KABAR_ASSIGN(const translate::Pipeline* const loaded, pipeline());
  return loaded->translate(segments, wanted, translate::context_of(article), targets, stop);
}

Result<void> PipelineRenderer::check(const Article& article, std::span<const Segment> segments,
                                     std::span<Version> versions) {
  KABAR_ASSIGN(const translate::Pipeline* const loaded, pipeline());
  const translate::Context context = translate::context_of(article);
  std::map<std::string_view, size_t> index_of;
  for (size_t i = 0; i < segments.size(); ++i) index_of[segments[i].id] = i;
  for (Version& version : versions) {
    for (TranslatedSegment& one : version.segments) {
      std::erase_if(one.findings, is_of_version);
      const auto found = index_of.find(one.id);
      if (was_checked(one) || found == index_of.end()) continue;
      const Segment& source = segments[found->second];
      checks::Pair pair;
      pair.source = source.text;  // of today, also for a stale translation
      pair.target = one.text;
      pair.source_language = context.source;
      pair.target_language = version.language;
      pair.block_type = source.block_type;
      pair.context_before = found->second == 0 ? "" : segments[found->second - 1].text;
      pair.section = context.section;
      pair.year = context.year;
      pair.source_tags = source.tags;
      pair.target_tags = one.tags;
      pair.tags_known = true;
      one.findings.clear();
      one.score = checks::run_checks(pair, loaded->knowledge(), one.findings);
    }
  }
  checks::compare_siblings(versions, article.language, context.year);
  for (Version& version : versions) checks::check_version(version, loaded->knowledge(), article.language);
  return {};
}

InlineTags PipelineRenderer::carry_tags(const Segment& source, const TranslatedSegment& translation) {
  return markup::project_tags(source.tags, translation.alignment, source.text, translation.text);
}

std::vector<Block> PipelineRenderer::assemble(const Article& article, std::span<const Segment>,
                                              std::span<const TranslatedSegment> translation, Language language) {
  return markup::blocks_of(article, translation, language);
}

}  // namespace kabar::life
