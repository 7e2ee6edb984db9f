// The interface texts of the site: data/messages/LANGUAGE.toml, ICU MessageFormat, and dates for readers.
#pragma once
#include <filesystem>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/language.h"
#include "base/result.h"

namespace kabar::site {

// Whether ICU knows a zone of this name: "Asia/Jakarta".
bool is_time_zone(const std::string& name);

// Not thread-safe: formatters and dates are cached.
class Messages {
 public:
  using Argument = std::pair<const char*, std::variant<std::string_view, int>>;

  // Reads a file per language. not_found for a language without one; bad_input with file and key for a missing key,
  // one that the first language does not have, or a pattern that ICU refuses. `time_zone`: "Asia/Jakarta".
  static Result<Messages> load(const std::filesystem::path& folder, const std::vector<Language>& languages,
                               const std::string& time_zone);
  Messages(Messages&&) noexcept;
  Messages& operator=(Messages&&) noexcept;
  ~Messages();

  // A text without arguments. The key must exist: a missing one is an error of ours and stops the program.
  const std::string& text(Language language, std::string_view key) const;
  std::string text(Language language, std::string_view key, std::initializer_list<Argument> arguments) const;
  bool has(std::string_view key) const;
  // All keys in alphabetical order.
  std::vector<std::string> keys() const;

  // "25 November 2026 pukul 21.30 WIB", "25 novembre 2026 à 21:30 (heure de Jakarta)"; the date alone of a mere day.
  const std::string& date_time(Language language, Time time) const;
  const std::string& date(Language language, Time time) const;
  std::string month(Language language, int year, int month) const;  // "November 2026"
  std::string number(Language language, int number) const;
  // Year and month (1…12) in the site's zone.
  std::pair<int, int> month_of(Time time) const;

 private:
  struct State;
  explicit Messages(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Whether the time only says on which day: a date without a time is midnight in Jakarta (docs/formats/article.md).
bool is_day(Time time);
// "2026-11-25T14:30:00Z", or "2026-11-25" for a mere day.
std::string iso_day_or_time(Time time);
// "2026-11-25T14:30:00Z".
std::string iso_time(Time time);
// RFC 822 as RSS 2.0 wants it: "Wed, 25 Nov 2026 14:30:00 GMT".
std::string rfc822_time(Time time);

}  // namespace kabar::site
