// What of the corpus is kept: no near-duplicates, and of the large groups the part most like news.
#pragma once
#include <string_view>
#include <vector>

#include "train/data_recipe.h"
#include "train/examples.h"
#include "train/vocabularies.h"

namespace kabar::train {

// Equal for sentences that have the same words of four letters and more, in any order: the versions of one
// documentation differ in numbers, marks and small words.
size_t near_duplicate_key(std::string_view text);

// Takes out sentences that repeat another of a group that is cut down anyway (keep < 1). Returns how many.
int drop_near_duplicates(std::vector<Example>& examples, const std::vector<GroupRule>& groups);

// Of every group with keep < 1, keeps that share of the examples: those whose sources are most like the groups marked
// `domain`. Returns how many were taken out.
int keep_most_like_domain(std::vector<Example>& examples, const std::vector<GroupRule>& groups,
                          const Vocabularies& vocabularies);

}  // namespace kabar::train
