#include "checks/score.h"

#include <algorithm>
#include <cmath>

#include "base/utf8.h"

namespace kabar::checks {
namespace {

// Weights of the logistic function, set by hand (docs/score.md).
constexpr float kStart = 2.2f;         // nothing known, nothing found: 0.90
constexpr float kErrorWeight = -4.0f;  // each, the first three
constexpr float kWarningWeight = -2.0f;
constexpr float kInfoWeight = -0.15f;
constexpr float kDecoderWeight = 1.6f;  // per nat of mean log-probability above -0.6
constexpr float kDecoderUsual = -0.6f;
constexpr float kWorstTokenWeight = 0.15f;  // per nat of the least likely token below -4
constexpr float kWorstTokenUsual = -4.0f;
constexpr float kUncoveredWeight = -1.5f;  // share of source words without a link in the alignment
constexpr float kHeadlineWeight = -0.3f;   // an editor changes headlines most
constexpr int kCountMax = 3;
constexpr float kCoverageWeight = 4.0f;  // per unit of the share of known words above the usual
constexpr int kCoverageWordsMin = 3;     // with fewer known words the share says nothing

// The median share of words with a known rendering in professional translations of news (tests/eval/news-dev.tsv).
struct UsualCoverage {
  Language language;
  float share;
};
constexpr UsualCoverage kUsualCoverage[] = {
    {Language::en, 0.86f}, {Language::fr, 0.80f}, {Language::zh, 0.80f}, {Language::ja, 0.75f}, {Language::ar, 0.80f}};

float coverage_part(Language target, const WordCoverage& words) {
  const auto usual = std::find_if(std::begin(kUsualCoverage), std::end(kUsualCoverage),
                                  [&](const UsualCoverage& entry) { return entry.language == target; });
  if (usual == std::end(kUsualCoverage) || words.known < kCoverageWordsMin) return 0;
  return kCoverageWeight * std::clamp(words.share() - usual->share, -0.5f, 0.2f);
}

float logistic(float x) { return 1.0f / (1.0f + std::exp(-x)); }

float decoder_part(const std::vector<float>& log_probability) {
  if (log_probability.empty()) return 0;
  float sum = 0;
  float worst = 0;
  for (float value : log_probability) {
    sum += value;
    worst = std::min(worst, value);
  }
  const float mean = sum / static_cast<float>(log_probability.size());
  return kDecoderWeight * (std::max(mean, -3.0f) - kDecoderUsual) +
         kWorstTokenWeight * std::min(0.0f, std::max(worst, -12.0f) - kWorstTokenUsual);
}

// As if one more warning had been found.
float lowered(float score) {
  const float bounded = std::clamp(score, 0.001f, 0.999f);
  return logistic(std::log(bounded / (1 - bounded)) + kWarningWeight);
}

// Share of the source's code points that no link covers; 0 if there is no alignment.
float uncovered(const Pair& pair) {
  if (pair.alignment.empty()) return 0;
  const int length = count_points(pair.source);
  if (length == 0) return 0;
  std::vector<bool> covered(static_cast<size_t>(length));
  for (const AlignmentLink& link : pair.alignment) {
    for (int i = std::max(link.source.begin, 0); i < std::min(link.source.end, length); ++i)
      covered[static_cast<size_t>(i)] = true;
  }
  const long empty = std::count(covered.begin(), covered.end(), false);
  // A fifth of a sentence is spaces and punctuation, which are seldom aligned.
  return std::max(0.0f, static_cast<float>(empty) / static_cast<float>(length) - 0.2f);
}

}  // namespace

float score(const Pair& pair, const std::vector<Finding>& findings, const WordCoverage& words) {
  const auto count = [&](Severity severity) {
    const long found = std::count_if(findings.begin(), findings.end(),
                                     [&](const Finding& finding) { return finding.severity == severity; });
    return static_cast<float>(std::min<long>(found, kCountMax));
  };
  float sum = kStart + kErrorWeight * count(Severity::error) + kWarningWeight * count(Severity::warning) +
              kInfoWeight * count(Severity::info);
  sum += decoder_part(pair.log_probability) + kUncoveredWeight * uncovered(pair) +
         coverage_part(pair.target_language, words);
  if (pair.block_type == BlockType::headline) sum += kHeadlineWeight;
  return logistic(sum);
}

std::optional<float> version_score(const Version& version) {
  float sum = 0;
  float weight = 0;
  float worst = 1;
  for (const TranslatedSegment& segment : version.segments) {
    if (!segment.score) continue;
    const float length = static_cast<float>(segment.source.size());
    const bool outlier = std::any_of(segment.findings.begin(), segment.findings.end(),
                                     [](const Finding& finding) { return finding.check == "sibling"; });
    const float score = outlier ? lowered(*segment.score) : *segment.score;
    sum += score * length;
    weight += length;
    worst = std::min(worst, score);
  }
  if (weight == 0) return std::nullopt;
  // One bad sentence spoils an article: the mean and the worst sentence count alike.
  return std::sqrt(sum / weight * worst);
}

}  // namespace kabar::checks
