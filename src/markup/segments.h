// Blocks into sentences and back.
#pragma once
#include <span>
#include <vector>

#include "article/article.h"
#include "article/version.h"

namespace kabar::markup {

// Several times the longest sentence that anybody writes; everything that works on segments may count on it.
inline constexpr int kSegmentPointsMax = 1500;

// The sentences of all blocks with text, in order; the headline is the first. Headlines, datelines and other short
// furniture are one segment each. A sentence without an end (a transcript, a pasted table) is cut at kSegmentPointsMax.
// Ids are "b3.1", "b3.2", …: whoever stores them gives those that outlive a revision. A tag that reaches over several
// sentences is cut into one for each.
std::vector<Segment> segment(const Article& article);

// The article's blocks with the words of a version: the segments of a block joined, their tags in place. Blocks
// without text and blocks without a segment stay as they are. `language` is the version's.
std::vector<Block> blocks_of(const Article& article, std::span<const TranslatedSegment> segments, Language language);

}  // namespace kabar::markup
