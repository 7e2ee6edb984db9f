// Times, scores and languages as columns.
#pragma once
#include <optional>

#include "base/clock.h"
#include "base/language.h"
#include "db/connection.h"

namespace kabar::store {

inline int64_t to_seconds(Time time) { return time.time_since_epoch().count(); }

inline std::optional<int64_t> to_seconds(const std::optional<Time>& time) {
  return time ? std::optional<int64_t>(to_seconds(*time)) : std::nullopt;
}

inline Time read_time(const db::Row& row, int column) { return Time(std::chrono::seconds(row.integer(column))); }

inline std::optional<Time> read_optional_time(const db::Row& row, int column) {
  return row.null(column) ? std::nullopt : std::optional<Time>(read_time(row, column));
}

inline std::optional<float> read_optional_score(const db::Row& row, int column) {
  return row.null(column) ? std::nullopt : std::optional<float>(static_cast<float>(row.real(column)));
}

inline std::optional<double> to_real(const std::optional<float>& score) {
  return score ? std::optional<double>(*score) : std::nullopt;
}

inline Language read_language(const db::Row& row, int column) {
  return Language::parse(row.text(column)).value_or(Language());
}

}  // namespace kabar::store
