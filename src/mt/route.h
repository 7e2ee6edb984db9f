// Which models lead from one language to another.
#pragma once
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "mt/packed_model.h"

namespace kabar::mt {

struct Route {
  const PackedModel* first = nullptr;  // null = there is no way
  int first_head = 0;
  const PackedModel* second = nullptr;  // from English, if the first leads there only
  int second_head = 0;

  bool exists() const { return first != nullptr; }
  bool pivots() const { return second != nullptr; }
};

// A direct model before a pair through English; earlier models before later ones.
Route find_route(std::span<const std::shared_ptr<const PackedModel>> models, Language source, Language target);
// "starter 1", or "a 1 + b 2" for a pair; empty without a way.
std::string name_of(const Route& route);

}  // namespace kabar::mt
