#include "translate/article.h"

#include <numeric>

#include "checks/siblings.h"
#include "text/languages.h"

namespace kabar::translate {

Context context_of(const Article& article) {
  Context context{.source = article.language, .section = article.section};
  if (article.date) {
    const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(*article.date)};
    context.year = static_cast<int>(date.year());
  }
  return context;
}

std::vector<checks::LintFinding> lint(const Article& article, std::span<const Segment> segments) {
  if (article.language != Language::id) return {};
  return checks::lint_source(segments, context_of(article).year);
}

std::string title_of(std::span<const Segment> segments, std::span<const TranslatedSegment> translation,
                     Language language) {
  std::string title;
  for (size_t i = 0; i < segments.size() && i < translation.size(); ++i) {
    if (segments[i].block_type != BlockType::headline) continue;
    if (!title.empty() && text::language_info(language).spaces_between_sentences) title += ' ';
    title += translation[i].text;
  }
  return title;
}

Result<std::vector<Version>> translate_article(const Article& article, std::span<const Segment> segments,
                                               std::span<const Language> targets, const Pipeline& pipeline,
                                               std::stop_token stop) {
  std::vector<size_t> all(segments.size());
  std::iota(all.begin(), all.end(), size_t{0});
  KABAR_ASSIGN(auto translations, pipeline.translate(segments, all, context_of(article), targets, stop));
  std::vector<Version> versions;
  for (size_t t = 0; t < targets.size(); ++t) {
    Version& version = versions.emplace_back();
    version.language = targets[t];
    version.segments = std::move(translations[t]);
    version.title = title_of(segments, version.segments, targets[t]);
  }
  checks::compare_siblings(versions, article.language, context_of(article).year);
  for (Version& version : versions) checks::check_version(version, pipeline.knowledge(), article.language);
  return versions;
}

}  // namespace kabar::translate
