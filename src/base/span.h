// A piece of a text: [begin, end), counted in Unicode code points of that text.
#pragma once
#include <compare>

namespace kabar {

struct Span {
  int begin = 0;
  int end = 0;

  int size() const { return end - begin; }
  bool empty() const { return end <= begin; }
  bool contains(const Span& other) const { return begin <= other.begin && other.end <= end; }
  bool overlaps(const Span& other) const { return begin < other.end && other.begin < end; }
  auto operator<=>(const Span&) const = default;
};

}  // namespace kabar
