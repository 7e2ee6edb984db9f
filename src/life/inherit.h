// Which sentence of a new revision is which of the old one.
#pragma once
#include <span>
#include <vector>

#include "store/articles.h"

namespace kabar::life {

struct Inherited {
  std::vector<store::StoredSegment> segments;  // in the order of `current`
  std::vector<std::string> removed;            // ids of `previous` that have neither heir nor successor
  int segments_made = 0;
};

// An unchanged sentence keeps its id wherever it stands: paragraphs may be moved, split or joined. A changed one gets
// a new id and names the most similar old sentence that has no heir as its predecessor (half of the words or more
// in common). New ids are "s" and a number above `segments_made`; no number is ever used twice.
Inherited inherit_ids(std::span<const store::StoredSegment> previous, std::vector<Segment> current, int segments_made);

}  // namespace kabar::life
