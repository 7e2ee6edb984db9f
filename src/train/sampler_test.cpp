#include "train/sampler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace kabar::train {
namespace {

std::vector<PackedRecord> numbered_records(int count, uint8_t group) {
  std::vector<PackedRecord> records;
  for (int i = 0; i < count; ++i) {
    PackedRecord record;
    record.group = group;
    record.pieces = {static_cast<uint16_t>(i + 2)};
    record.targets.push_back({0, {static_cast<uint16_t>(i + 2)}, {{0, 0}}});
    records.push_back(record);
  }
  return records;
}

TEST(Sampler, DrawsEveryRecordOncePerRound) {
  const std::vector<PackedRecord> records = numbered_records(7, 0);
  Sampler sampler(records, {1}, 5);
  for (int round = 0; round < 3; ++round) {
    std::set<int> seen;
    for (int i = 0; i < 7; ++i) seen.insert(sampler.next().pieces[0]);
    EXPECT_EQ(seen.size(), 7u);
  }
}

TEST(Sampler, DrawsGroupsBySizeTimesWeight) {
  std::vector<PackedRecord> records = numbered_records(100, 0);
  const std::vector<PackedRecord> others = numbered_records(50, 1);
  records.insert(records.end(), others.begin(), others.end());
  Sampler sampler(records, {1, 6}, 5);  // 100 : 300
  int second = 0;
  for (int i = 0; i < 4000; ++i) second += sampler.next().group == 1;
  EXPECT_NEAR(second, 3000, 150);
}

TEST(Sampler, GoesOnFromItsState) {
  const std::vector<PackedRecord> records = numbered_records(11, 0);
  Sampler first(records, {1}, 5);
  for (int i = 0; i < 15; ++i) first.next();
  Sampler second(records, {1}, 5);
  second.restore(first.state());
  for (int i = 0; i < 30; ++i) EXPECT_EQ(first.next().pieces[0], second.next().pieces[0]);
}

TEST(MakeBatch, EndsSentencesAndKeepsLinks) {
  PackedRecord record;
  record.pieces = {5, 6, 7};
  record.targets.push_back({1, {8, 9}, {{0, 0}, {2, 0}}});
  const Batch batch = make_batch({&record}, 2);
  EXPECT_EQ(batch.sources.ids, (std::vector<int>{5, 6, 7, 0}));
  EXPECT_EQ(batch.heads[0].targets.count(), 0);
  EXPECT_EQ(batch.heads[1].targets.ids, (std::vector<int>{8, 9, 0}));
  EXPECT_EQ(batch.heads[1].link_starts, (std::vector<int>{0, 2, 2, 3}));
  EXPECT_EQ(batch.heads[1].link_keys, (std::vector<int>{0, 2, 3}));  // the ends are linked
}

TEST(DrawCandidates, CountsTheWholeVocabulary) {
  const std::vector<PackedRecord> records = numbered_records(20, 0);
  const std::vector<int> words = words_by_frequency(records, 0, 100);
  Random random(1);
  const std::vector<Batch> batches = {make_batch({&records[0], &records[19]}, 1)};
  const Candidates candidates = draw_candidates(batches, 0, words, 5, 10, random);
  double sum = 0;
  for (const float weight : candidates.weight) sum += static_cast<double>(weight);
  EXPECT_NEAR(sum, 100, 1e-3);
  EXPECT_EQ(std::set<int>(candidates.ids.begin(), candidates.ids.end()).size(), candidates.ids.size());
  for (const int id : {0, 2, 21}) {
    EXPECT_NE(std::find(candidates.ids.begin(), candidates.ids.end(), id), candidates.ids.end());
  }
  EXPECT_EQ(draw_candidates(batches, 0, words, 100, 0, random).ids.size(), 100u);
}

}  // namespace
}  // namespace kabar::train
