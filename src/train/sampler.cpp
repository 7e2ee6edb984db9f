#include "train/sampler.h"

#include <algorithm>
#include <numeric>

#include "base/result.h"

namespace kabar::train {

Sampler::Sampler(const std::vector<PackedRecord>& records, std::vector<double> weights, uint64_t seed)
    : records_(records), groups_(weights.size()), seed_(seed), random_(seed) {
  for (size_t i = 0; i < records.size(); ++i) {
    const size_t group = records[i].group;
    if (group < groups_.size()) groups_[group].records.push_back(static_cast<uint32_t>(i));
  }
  double sum = 0;
  for (size_t g = 0; g < groups_.size(); ++g) {
    sum += weights[g] * static_cast<double>(groups_[g].records.size());
    groups_[g].share = sum;
  }
  KABAR_CHECK(sum > 0);
  for (size_t g = 0; g < groups_.size(); ++g) {
    groups_[g].share /= sum;
    shuffle(g);
  }
}

void Sampler::shuffle(size_t index) {
  Group& group = groups_[index];
  group.order = group.records;
  Random random(seed_ * 1000003 + index * 8191 + group.place.round);
  for (size_t i = group.order.size(); i > 1; --i) {
    std::swap(group.order[i - 1], group.order[random.below(static_cast<uint32_t>(i))]);
  }
}

const PackedRecord& Sampler::next() {
  const double point = random_.uniform();
  size_t index = 0;
  while (index + 1 < groups_.size() && (point >= groups_[index].share || groups_[index].records.empty())) ++index;
  Group& group = groups_[index];
  if (group.place.position >= group.order.size()) {
    ++group.place.round;
    group.place.position = 0;
    shuffle(index);
  }
  return records_[group.order[group.place.position++]];
}

SamplerState Sampler::state() const {
  SamplerState state;
  state.random = random_.state();
  for (const Group& group : groups_) state.groups.push_back(group.place);
  return state;
}

void Sampler::restore(const SamplerState& state) {
  random_ = Random(state.random);
  for (size_t g = 0; g < groups_.size() && g < state.groups.size(); ++g) {
    groups_[g].place = state.groups[g];
    shuffle(g);
  }
}

namespace {

void add_sentence(const std::vector<uint16_t>& pieces, Sentences& sentences) {
  sentences.ids.insert(sentences.ids.end(), pieces.begin(), pieces.end());
  sentences.ids.push_back(kEndOfSentence);
  sentences.starts.push_back(sentences.tokens());
}

// Each target piece its links, and the end of the target to the end of the source.
void add_links(const PackedRecord& record, const PackedTarget& target, HeadBatch& head) {
  size_t link = 0;
  for (size_t t = 0; t < target.pieces.size(); ++t) {
    for (; link < target.links.size() && target.links[link].target == t; ++link) {
      head.link_keys.push_back(target.links[link].source);
    }
    head.link_starts.push_back(static_cast<int>(head.link_keys.size()));
  }
  head.link_keys.push_back(static_cast<int>(record.pieces.size()));
  head.link_starts.push_back(static_cast<int>(head.link_keys.size()));
}

}  // namespace

Batch make_batch(const std::vector<const PackedRecord*>& records, int heads) {
  Batch batch;
  batch.heads.resize(static_cast<size_t>(heads));
  for (const PackedRecord* record : records) {
    const int source = batch.sources.count();
    add_sentence(record->pieces, batch.sources);
    for (const PackedTarget& target : record->targets) {
      if (target.head >= heads) continue;
      HeadBatch& head = batch.heads[target.head];
      head.sources.push_back(source);
      add_sentence(target.pieces, head.targets);
      add_links(*record, target, head);
    }
  }
  return batch;
}

std::vector<Batch> draw_batches(Sampler& sampler, int heads, int target_tokens, int parts) {
  std::vector<std::vector<const PackedRecord*>> records(static_cast<size_t>(parts));
  std::vector<size_t> work(static_cast<size_t>(parts));
  for (int tokens = 0; tokens < target_tokens;) {
    const PackedRecord& record = sampler.next();
    size_t own = 2 * record.pieces.size();
    for (const PackedTarget& target : record.targets) {
      own += target.pieces.size();
      tokens += static_cast<int>(target.pieces.size()) + 1;
    }
    const size_t least = static_cast<size_t>(std::min_element(work.begin(), work.end()) - work.begin());
    work[least] += own;
    records[least].push_back(&record);
  }
  std::vector<Batch> batches;
  for (const auto& part : records) batches.push_back(make_batch(part, heads));
  return batches;
}

std::vector<int> words_by_frequency(const std::vector<PackedRecord>& records, int head, int vocabulary) {
  std::vector<int64_t> counts(static_cast<size_t>(vocabulary));
  for (const PackedRecord& record : records) {
    for (const PackedTarget& target : record.targets) {
      if (target.head != head) continue;
      for (const uint16_t piece : target.pieces) {
        if (piece < vocabulary) ++counts[piece];
      }
    }
  }
  std::vector<int> words(static_cast<size_t>(vocabulary));
  std::iota(words.begin(), words.end(), 0);
  std::stable_sort(words.begin(), words.end(),
                   [&](int a, int b) { return counts[static_cast<size_t>(a)] > counts[static_cast<size_t>(b)]; });
  return words;
}

Candidates draw_candidates(const std::vector<Batch>& batches, int head, const std::vector<int>& by_frequency,
                           int frequent, int drawn, Random& random) {
  const int vocabulary = static_cast<int>(by_frequency.size());
  Candidates candidates;
  std::vector<char> taken(by_frequency.size());
  const auto take = [&](int id) {
    if (taken[static_cast<size_t>(id)]) return false;
    taken[static_cast<size_t>(id)] = 1;
    candidates.ids.push_back(id);
    return true;
  };
  take(kEndOfSentence);
  for (int i = 0; i < std::min(frequent, vocabulary); ++i) take(by_frequency[static_cast<size_t>(i)]);
  for (const Batch& batch : batches) {
    for (const int id : batch.heads[static_cast<size_t>(head)].targets.ids) take(id);
  }
  candidates.weight.assign(candidates.ids.size(), 1.0f);
  const int rest = vocabulary - static_cast<int>(candidates.ids.size());
  drawn = std::min(drawn, rest);
  if (drawn == 0) return candidates;
  for (int i = 0; i < drawn;) i += take(static_cast<int>(random.below(static_cast<uint32_t>(vocabulary)))) ? 1 : 0;
  candidates.weight.resize(candidates.ids.size(), static_cast<float>(rest) / static_cast<float>(drawn));
  return candidates;
}

}  // namespace kabar::train
