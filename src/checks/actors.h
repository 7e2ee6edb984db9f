// Names that stand once on each side: whoever compares their places knows which is which.
#pragma once
#include <vector>

#include "base/span.h"

namespace kabar::checks {

struct Reading;

struct Actor {
  Span source, target;
  bool named = true;
};

// Persons, bodies and places of the termbase, countries, and words with a capital that both sides write the same.
std::vector<Actor> named_actors(const Reading& reading);

}  // namespace kabar::checks
