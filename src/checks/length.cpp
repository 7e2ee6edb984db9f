#include "checks/length.h"

#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

namespace kabar::checks {

Result<LengthModels> LengthModels::make(const terms::Table& table, std::string_view name) {
  LengthModels models;
  for (std::string_view column : {"target", "source_from", "mean", "deviation"}) {
    if (table.column(column) < 0) {
      return fail(ErrorKind::bad_input, std::string(name), fmt::format("column '{}' is missing", column));
    }
  }
  for (size_t row = 0; row < table.rows.size(); ++row) {
    const auto cell = [&](std::string_view column) {
      return table.rows[row][static_cast<size_t>(table.column(column))];
    };
    const std::optional<Language> language = Language::parse(cell("target"));
    const Bucket bucket{std::atoi(cell("source_from").c_str()), std::strtof(cell("mean").c_str(), nullptr),
                        std::strtof(cell("deviation").c_str(), nullptr)};
    if (!language || !(bucket.deviation > 0)) {
      return fail(ErrorKind::bad_input, fmt::format("{}:{}", name, table.lines[row]), "no language or no deviation");
    }
    models.buckets_[*language].push_back(bucket);
  }
  return models;
}

float LengthModels::deviation(Language target, int source_points, int target_points) const {
  const auto found = buckets_.find(target);
  if (found == buckets_.end()) return 0;
  const Bucket* here = &found->second.front();
  for (const Bucket& bucket : found->second) {
    if (source_points >= bucket.from) here = &bucket;
  }
  constexpr float kOffset = 5;  // keeps the ratio of very short texts in bounds
  const float ratio =
      std::log((static_cast<float>(target_points) + kOffset) / (static_cast<float>(source_points) + kOffset));
  return (ratio - here->mean) / here->deviation;
}

}  // namespace kabar::checks
