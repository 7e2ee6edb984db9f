// Checks over more than one sentence: source lint, siblings, whole versions.
#include <gtest/gtest.h>

#include "checks/check.h"
#include "checks/score.h"
#include "checks/siblings.h"
#include "checks/source_lint.h"

namespace kabar::checks {
namespace {

std::string lint(const std::string& text, int year = 0) {
  Segment segment;
  segment.id = "s1";
  segment.text = text;
  std::string found;
  for (const LintFinding& finding : lint_source({&segment, 1}, year)) found += finding.finding.check + " ";
  return found;
}

TEST(SourceLint, AWeekdayMustFitItsDate) {
  EXPECT_EQ(lint("Rapat digelar Jumat (14/7/2022)."), "lint-weekday ");  // a Thursday
  EXPECT_EQ(lint("Rapat digelar Kamis (14/7/2022)."), "");
  EXPECT_EQ(lint("Rapat digelar Minggu (6/10)."), "");                    // no year: cannot be judged
  EXPECT_EQ(lint("Rapat digelar Senin (6/10).", 2024), "lint-weekday ");  // a Sunday
}

TEST(SourceLint, PartsMustAddUp) {
  EXPECT_EQ(lint("Polisi menahan 30 orang, terdiri atas 12 pria dan 17 wanita."), "lint-sum ");
  EXPECT_EQ(lint("Polisi menahan 30 orang, terdiri atas 13 pria dan 17 wanita."), "");
}

TEST(SourceLint, TheHeadlineCountsAsTheTextDoes) {
  const auto lint_two = [](const std::string& headline, const std::string& text) {
    std::vector<Segment> segments(2);
    segments[0].text = headline;
    segments[0].block_type = BlockType::headline;
    segments[1].text = text;
    return lint_source(segments, 0).size();
  };
  EXPECT_EQ(lint_two("Longsor di Cianjur, 17 Orang Tewas", "Longsor menewaskan warga; 71 orang tewas."), 1u);
  EXPECT_EQ(lint_two("Longsor di Cianjur, 17 Orang Tewas", "Sebanyak 17 warga tewas dan 71 orang luka."), 0u);
  EXPECT_EQ(lint_two("Longsor di Cianjur, 17 Orang Tewas", "Sebanyak 71 orang mengungsi."), 0u);
}

TEST(SourceLint, SpellingsThatMachinesMisread) {
  EXPECT_EQ(lint("Hal itu disitat dari Antara."), "lint-spelling ");
  EXPECT_EQ(lint("Ia berkata \"siap dan pergi."), "lint-quotes ");
}

TEST(SourceLint, AQuotationMayRunOverSentences) {
  const auto lint_block = [](const std::string& first, const std::string& second) {
    std::vector<Segment> segments(2);
    segments[0].text = first;
    segments[1].text = second;
    for (Segment& segment : segments) segment.block_id = "b1";
    return lint_source(segments, 0).size();
  };
  EXPECT_EQ(lint_block("Ia berkata, \"Kami belum menang.", "Kami baru unggul,\" katanya kepada warga."), 0u);
  EXPECT_EQ(lint_block("Ia berkata, \"Kami belum menang.", "Kami baru unggul, katanya kepada warga."), 1u);
}

Version version_of(Language language, const std::string& text) {
  Version version;
  version.language = language;
  TranslatedSegment segment;
  segment.id = "s1";
  segment.source = "Kerugian mencapai 250 ton.";
  segment.text = text;
  segment.score = 0.9f;
  version.segments.push_back(segment);
  return version;
}

TEST(Siblings, TheOneThatDisagreesIsSuspect) {
  std::vector<Version> versions = {version_of(Language::en, "Losses reached 250 tons."),
                                   version_of(Language::fr, "Les pertes atteignent 250 tonnes."),
                                   version_of(Language::ja, "損失は520トンに達した。")};
  compare_siblings(versions);
  EXPECT_TRUE(versions[0].segments[0].findings.empty());
  EXPECT_TRUE(versions[1].segments[0].findings.empty());
  ASSERT_EQ(versions[2].segments[0].findings.size(), 1u);
  EXPECT_EQ(versions[2].segments[0].findings[0].check, "sibling");
}

TEST(Siblings, AVersionThatLacksWhatTheOthersStateIsSuspect) {
  std::vector<Version> versions = {version_of(Language::en, "Losses reached 250 tons on October 6."),
                                   version_of(Language::fr, "Les pertes atteignent 250 tonnes le 6 octobre."),
                                   version_of(Language::zh, "10月6日损失达250吨。"),
                                   version_of(Language::ja, "損失は250トンに達した。")};
  compare_siblings(versions, Language::en);
  for (int i : {0, 1, 2}) EXPECT_TRUE(versions[static_cast<size_t>(i)].segments[0].findings.empty()) << i;
  ASSERT_EQ(versions[3].segments[0].findings.size(), 1u);
  EXPECT_FALSE(versions[3].segments[0].findings[0].target_span.has_value());
}

TEST(Siblings, TwoThatDisagreeAreLeftAlone) {
  std::vector<Version> versions = {version_of(Language::en, "Losses reached 250 tons."),
                                   version_of(Language::fr, "Les pertes atteignent 520 tonnes.")};
  compare_siblings(versions);
  EXPECT_TRUE(versions[0].segments[0].findings.empty());
  EXPECT_TRUE(versions[1].segments[0].findings.empty());
}

TEST(Score, FindingsAndDoubtLowerIt) {
  Pair pair;
  pair.source = "Hujan turun.";
  pair.target = "It rained.";
  const float clean = score(pair, {});
  Finding error;
  error.severity = Severity::error;
  Finding warning;
  warning.severity = Severity::warning;
  EXPECT_GT(clean, 0.8f);
  EXPECT_LT(score(pair, {error}), 0.5f);
  EXPECT_LT(score(pair, {warning}), clean);
  EXPECT_GT(score(pair, {warning}), score(pair, {error}));
  pair.log_probability = {-0.1f, -0.1f};
  EXPECT_GT(score(pair, {}), clean);
  pair.log_probability = {-2.0f, -3.0f};
  EXPECT_LT(score(pair, {}), 0.6f);
}

TEST(Score, WordsWithoutCounterpartLowerIt) {
  Pair pair;
  pair.target_language = Language::en;
  const float unknown = score(pair, {});
  const auto words = [](int known, size_t lost) { return WordCoverage{known, std::vector<Span>(lost)}; };
  EXPECT_FLOAT_EQ(score(pair, {}, words(2, 2)), unknown);
  EXPECT_LT(score(pair, {}, words(10, 6)), unknown);
  EXPECT_GT(score(pair, {}, words(10, 0)), unknown);
}

TEST(Score, WhatTheAlignmentLeavesOutLowersIt) {
  Pair pair;
  pair.source = "Hujan turun di Bogor";
  pair.target = "It rained";
  pair.alignment = {{{0, 20}, {0, 9}, 1.0f}};
  const float whole = score(pair, {});
  pair.alignment = {{{0, 5}, {0, 9}, 1.0f}};
  EXPECT_LT(score(pair, {}), whole);
}

TEST(Score, AnOutlierAmongItsSiblingsLowersTheVersion) {
  Version version = version_of(Language::en, "x");
  const float before = *version_score(version);
  version.segments[0].findings.push_back({.check = "sibling"});
  EXPECT_LT(*version_score(version), before);
}

TEST(Score, OneBadSentenceSpoilsAVersion) {
  Version version = version_of(Language::en, "x");
  version.segments.push_back(version.segments[0]);
  EXPECT_NEAR(*version_score(version), 0.9f, 0.001f);
  version.segments[1].score = 0.1f;
  EXPECT_NEAR(*version_score(version), 0.2236f, 0.001f);  // sqrt(0.5 * 0.1)
}

}  // namespace
}  // namespace kabar::checks
