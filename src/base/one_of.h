// Whether something stands in a short list.
#pragma once
#include <algorithm>
#include <initializer_list>

namespace kabar {

template <typename List>
constexpr bool is_one_of(const auto& item, const List& list) {
  return std::ranges::find(list, item) != std::ranges::end(list);
}

template <typename T>
constexpr bool is_one_of(const auto& item, std::initializer_list<T> list) {
  return std::ranges::find(list, item) != std::ranges::end(list);
}

}  // namespace kabar
