// Attention of one query over `count` tokens; a part of vector_kernels.h.
//
// Keys and values of a text are far more than a near cache holds, and a head has only a few cache lines of each row.
// So the rows are read block by block for all heads, and the values and the next keys are asked for meanwhile.
#pragma once

namespace {

// The keys and values of kLanes tokens, and the keys of the next ones.
struct Block {
  const float* keys[Isa::kLanes];
  const float* values[Isa::kLanes];
  const float* next_keys[Isa::kLanes];
};

// The scores of one head for the tokens of a block, whose first is `j`. The head's width is kParts whole vectors.
template <int kParts>
void score(const Attend& a, const Block& block, int head, int j) {
  const int first = head * a.head_width;
  const F factor = Isa::set(1.0f / __builtin_sqrtf(static_cast<float>(a.head_width)));
  F query[kParts];
  repeat<kParts>([&](auto p) { query[p] = Isa::mul(Isa::load(a.query + first + p * Isa::kLanes), factor); });
  F sums[Isa::kLanes];
  repeat<Isa::kLanes>([&](auto t) {
    const float* key = block.keys[t] + first;
    F sum = Isa::mul(query[0], Isa::load(key));
    repeat<kParts - 1>([&](auto p) { sum = Isa::fma(query[p + 1], Isa::load(key + (p + 1) * Isa::kLanes), sum); });
    sums[t] = sum;
    constexpr int kLineFloats = kCacheLine / static_cast<int>(sizeof(float));
    repeat<(kParts * Isa::kLanes + kLineFloats - 1) / kLineFloats>([&](auto line) {
      __builtin_prefetch(block.values[t] + first + line * kLineFloats);
      __builtin_prefetch(block.next_keys[t] + first + line * kLineFloats);
    });
  });
  Isa::store(a.weights + head * padded(a.count) + j, Isa::sum_each(sums));
}

// The weighted sums of the values of kHeads heads, kParts vectors each.
template <int kParts, int kHeads>
void mix(const Attend& a, int head) {
  constexpr int kSums = kParts * kHeads;
  const int first = head * a.head_width;
  const int stride = padded(a.count);
  const float* weights = a.weights + head * stride;
  F sums[kSums];
  repeat<kSums>([&](auto i) { sums[i] = Isa::set(0.0f); });
  for (int j = 0; j < a.count; ++j) {
    const float* value = a.values[j] + first;
    repeat<kSums>([&](auto i) {
      sums[i] = Isa::fma(Isa::set(weights[i / kParts * stride + j]), Isa::load(value + i * Isa::kLanes), sums[i]);
    });
  }
  repeat<kSums>([&](auto i) { Isa::store(a.out + first + i * Isa::kLanes, sums[i]); });
}

// Heads whose width is kParts whole vectors.
template <int kParts>
void attend_whole(const Attend& a) {
  for (int j = 0; j < a.count; j += Isa::kLanes) {
    Block block;
    for (int t = 0; t < Isa::kLanes; ++t) {
      const int token = smaller(j + t, a.count - 1);  // behind the last one that one again
      block.keys[t] = a.keys[token];
      block.values[t] = a.values[token];
      block.next_keys[t] = a.keys[smaller(token + Isa::kLanes, a.count - 1)];
    }
    for (int head = 0; head < a.heads; ++head) score<kParts>(a, block, head, j);
  }
  for (int head = 0; head < a.heads; ++head) softmax(a.weights + head * padded(a.count), a.count);
  constexpr int kTogether = kParts >= 8 ? 1 : 8 / kParts;  // eight sums hide the latency of two a cycle
  int head = 0;
  for (; head + kTogether <= a.heads; head += kTogether) mix<kParts, kTogether>(a, head);
  for (; head < a.heads; ++head) mix<kParts, 1>(a, head);
}

// One head of any width.
void attend_ragged(const Attend& a, int first, float* weights) {
  const float factor = 1.0f / __builtin_sqrtf(static_cast<float>(a.head_width));
  for (int j = 0; j < a.count; ++j) {
    F sums = Isa::set(0.0f);
    for (int k = 0; k < a.head_width; k += Isa::kLanes) {
      sums = Isa::fma(load_tail(a.query + first, k, a.head_width, 0.0f),
                      load_tail(a.keys[j] + first, k, a.head_width, 0.0f), sums);
    }
    weights[j] = Isa::sum(sums) * factor;
  }
  softmax(weights, a.count);
  for (int k = 0; k < a.head_width; k += Isa::kLanes) {
    F sums = Isa::set(0.0f);
    for (int j = 0; j < a.count; ++j) {
      sums = Isa::fma(Isa::set(weights[j]), load_tail(a.values[j] + first, k, a.head_width, 0.0f), sums);
    }
    store_tail(a.out + first, k, a.head_width, sums);
  }
}

void attend(const Attend& a) {
  if (a.head_width == 4 * Isa::kLanes) return attend_whole<4>(a);
  if (a.head_width == 8 * Isa::kLanes) return attend_whole<8>(a);
  if (a.head_width == 2 * Isa::kLanes) return attend_whole<2>(a);
  for (int head = 0; head < a.heads; ++head) {
    attend_ragged(a, head * a.head_width, a.weights + head * padded(a.count));
  }
}

}  // namespace
