#include "life/inherit.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kabar::life {
namespace {

using testing::ElementsAre;

Segment sentence(std::string text, BlockType type = BlockType::paragraph) {
  Segment segment{.block_type = type};
  segment.text = std::move(text);
  return segment;
}

std::vector<store::StoredSegment> stored(const std::vector<std::string>& texts) {
  std::vector<store::StoredSegment> result;
  for (const std::string& text : texts) {
    result.push_back({sentence(text), ""});
    result.back().segment.id = "s" + std::to_string(result.size());
  }
  return result;
}

// "ID" of an unchanged sentence, "ID<PREDECESSOR" of a changed one.
std::vector<std::string> ids(const Inherited& inherited) {
  std::vector<std::string> result;
  for (const auto& [segment, predecessor] : inherited.segments) {
    result.push_back(predecessor.empty() ? segment.id : segment.id + "<" + predecessor);
  }
  return result;
}

TEST(Inherit, AFirstRevisionIsNumberedInOrder) {
  EXPECT_THAT(ids(inherit_ids({}, {sentence("A."), sentence("B.")}, 0)), ElementsAre("s1", "s2"));
}

TEST(Inherit, AChangedSentenceKnowsItsPredecessor) {
  const auto before = stored({"Satu dua tiga.", "Harga naik 5 persen.", "Empat lima."});
  const Inherited after =
      inherit_ids(before, {sentence("Satu dua tiga."), sentence("Harga naik 6 persen."), sentence("Empat lima.")}, 3);
  EXPECT_THAT(ids(after), ElementsAre("s1", "s4<s2", "s3"));
  EXPECT_TRUE(after.removed.empty());
}

TEST(Inherit, ANewSentenceBesideAnUnlikeRemovedOneIsNoHeir) {
  const auto before = stored({"Satu dua tiga.", "Kucing tidur."});
  const Inherited after = inherit_ids(before, {sentence("Satu dua tiga."), sentence("Presiden berpidato kemarin.")}, 2);
  EXPECT_THAT(ids(after), ElementsAre("s1", "s3"));
  EXPECT_THAT(after.removed, ElementsAre("s2"));
}

TEST(Inherit, RepeatedSentencesKeepDistinctIds) {
  const auto before = stored({"Ya.", "Ya.", "Tidak."});
  EXPECT_THAT(ids(inherit_ids(before, {sentence("Ya."), sentence("Ya."), sentence("Ya."), sentence("Tidak.")}, 3)),
              ElementsAre("s1", "s2", "s4", "s3"));
}

TEST(Inherit, AHeadlineNeverBecomesAParagraph) {
  auto before = stored({"Harga Beras Naik"});
  before[0].segment.block_type = BlockType::headline;
  EXPECT_THAT(ids(inherit_ids(before, {sentence("Beras", BlockType::headline), sentence("Harga Beras Naik")}, 1)),
              ElementsAre("s2<s1", "s3"));
}

// Invariant 5 over a long random life: no id ever names two texts.
TEST(Inherit, NoIdIsEverUsedForAnotherText) {
  std::vector<store::StoredSegment> segments;
  std::map<std::string, std::string> text_of;
  int made = 0;
  unsigned random = 7;
  for (int revision = 0; revision < 200; ++revision) {
    std::vector<Segment> current;
    for (int i = 0; i < 8; ++i) {
      random = random * 1664525u + 1013904223u;
      current.push_back(sentence("Kalimat nomor " + std::to_string((random >> 16) % 12) + " di sini."));
    }
    const Inherited inherited = inherit_ids(segments, current, made);
    std::set<std::string> seen;
    for (const auto& [segment, predecessor] : inherited.segments) {
      EXPECT_TRUE(seen.insert(segment.id).second);
      const auto [known, is_new] = text_of.emplace(segment.id, segment.text);
      EXPECT_EQ(known->second, segment.text);
    }
    segments = inherited.segments;
    made = inherited.segments_made;
  }
}

}  // namespace
}  // namespace kabar::life
