// How long a translation is for its source: a small model per language, measured on the project's pairs.
#pragma once
#include <map>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/result.h"
#include "terms/tsv.h"

namespace kabar::checks {

class LengthModels {
 public:
  // Columns target, source_from (code points), mean, deviation: of ln((target + 5) / (source + 5)).
  static Result<LengthModels> make(const terms::Table& table, std::string_view name);

  // How many standard deviations the length of the target is above (+) or below (-) what is usual; 0 if unknown.
  float deviation(Language target, int source_points, int target_points) const;

 private:
  struct Bucket {
    int from = 0;
    float mean = 0;
    float deviation = 1;
  };
  std::map<Language, std::vector<Bucket>> buckets_;  // ascending
};

}  // namespace kabar::checks
