#include "site/messages.h"

#include <unordered_map>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unicode/datefmt.h>
#include <unicode/dtptngen.h>
#include <unicode/gregocal.h>
#include <unicode/msgfmt.h>
#include <unicode/numfmt.h>
#include <unicode/smpdtfmt.h>

#include "base/file.h"
#include "base/toml.h"
#include "site/edition.h"

namespace kabar::site {
namespace {

constexpr size_t kMessageBytesMax = 1 << 20;
constexpr size_t kDatesKeptMax = 20'000;  // per language; then the cache starts anew
constexpr size_t kSaidMax = 200;          // per message and language

struct StringHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};
template <typename T>
using StringMap = std::unordered_map<std::string, T, StringHash, std::equal_to<>>;

struct Message {
  std::string plain;                           // what it says without arguments
  std::unique_ptr<icu::MessageFormat> format;  // only if it takes arguments
  std::map<std::string, std::string> said;     // by the arguments: most come again on every page
};

struct LanguageMessages {
  StringMap<Message> messages;
  std::unique_ptr<icu::SimpleDateFormat> date_time;
  std::unique_ptr<icu::SimpleDateFormat> date;
  std::unique_ptr<icu::SimpleDateFormat> month;
  std::unique_ptr<icu::NumberFormat> number;
  std::unordered_map<int64_t, std::string> date_times;
  std::unordered_map<int64_t, std::string> dates;
};

icu::UnicodeString from_utf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

std::string to_utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

Result<Message> parse_message(std::string_view pattern, const icu::Locale& locale, const std::string& place) {
  Message message;
  if (pattern.find('{') == std::string_view::npos) {
    message.plain = pattern;
    return message;
  }
  UErrorCode status = U_ZERO_ERROR;
  UParseError where;
  message.format = std::make_unique<icu::MessageFormat>(from_utf8(pattern), locale, where, status);
  if (U_FAILURE(status))
    return fail(ErrorKind::bad_input, place, fmt::format("not an ICU message: {}", u_errorName(status)));
  return message;
}

Result<StringMap<Message>> read_messages(const std::filesystem::path& path, const icu::Locale& locale) {
  KABAR_ASSIGN(const std::string bytes, read_file(path, kMessageBytesMax));
  KABAR_ASSIGN(const toml::table table, parse_toml(bytes, path.string()));
  StringMap<Message> messages;
  for (const auto& [key, value] : table) {
    const std::string place = fmt::format("{}: {}", path.string(), key.str());
    if (!value.is_string()) return fail(ErrorKind::bad_input, place, "a message must be a string");
    KABAR_ASSIGN(Message message, parse_message(value.ref<std::string>(), locale, place));
    messages.emplace(key.str(), std::move(message));
  }
  return messages;
}

std::unique_ptr<icu::SimpleDateFormat> date_format(const icu::Locale& locale, const char* skeleton,
                                                   const icu::TimeZone& zone) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::DateTimePatternGenerator> generator(
      icu::DateTimePatternGenerator::createInstance(locale, status));
  const icu::UnicodeString pattern = generator->getBestPattern(icu::UnicodeString(skeleton), status);
  auto format = std::make_unique<icu::SimpleDateFormat>(pattern, locale, status);
  KABAR_CHECK(U_SUCCESS(status));  // the data of ICU is there
  format->setTimeZone(zone);
  return format;
}

std::string format_date(const icu::SimpleDateFormat& format, Time time) {
  icu::UnicodeString out;
  format.format(static_cast<UDate>(time.time_since_epoch().count()) * 1000.0, out);
  return to_utf8(out);
}

}  // namespace

bool is_time_zone(const std::string& name) {
  const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(from_utf8(name)));
  return *zone != icu::TimeZone::getUnknown();
}

struct Messages::State {
  std::map<Language, LanguageMessages> languages;
  std::unique_ptr<icu::TimeZone> zone;
  bool jakarta = false;

  LanguageMessages& of(Language language) {
    const auto found = languages.find(language);
    KABAR_CHECK(found != languages.end());
    return found->second;
  }
  Message& message(Language language, std::string_view key) {
    LanguageMessages& own = of(language);
    const auto found = own.messages.find(key);
    if (found == own.messages.end()) fmt::print(stderr, "no message \"{}\"\n", key);
    KABAR_CHECK(found != own.messages.end());
    return found->second;
  }
};

Messages::Messages(std::unique_ptr<State> state) : state_(std::move(state)) {}
Messages::Messages(Messages&&) noexcept = default;
Messages& Messages::operator=(Messages&&) noexcept = default;
Messages::~Messages() = default;

Result<Messages> Messages::load(const std::filesystem::path& folder, const std::vector<Language>& languages,
                                const std::string& time_zone) {
  auto state = std::make_unique<State>();
  state->zone.reset(icu::TimeZone::createTimeZone(from_utf8(time_zone)));
  if (*state->zone == icu::TimeZone::getUnknown())
    return fail(ErrorKind::bad_input, "time_zone", "unknown time zone " + time_zone);
  state->jakarta = time_zone == "Asia/Jakarta";
  const LanguageMessages* first = nullptr;
  for (const Language language : languages) {
    const std::filesystem::path path = folder / (language.code() + ".toml");
    const icu::Locale locale(std::string(edition_of(language).icu_locale).c_str());
    LanguageMessages own;
    KABAR_ASSIGN(own.messages, read_messages(path, locale));
    if (first == nullptr) first = &own;
    for (const auto& [key, message] : first->messages) {
      if (!own.messages.contains(key))
        return fail(ErrorKind::bad_input, path.string(), "missing message \"" + key + "\"");
    }
    for (const auto& [key, message] : own.messages) {
      if (!first->messages.contains(key))
        return fail(ErrorKind::bad_input, path.string(), "unknown message \"" + key + "\"");
    }
    // The zone is a message for Jakarta, because readers say "WIB" and ICU says "GMT+7"; else ICU's.
    own.date_time = date_format(locale, state->jakarta ? "yMMMMdjmm" : "yMMMMdjmmO", *state->zone);
    own.date = date_format(locale, "yMMMMd", *state->zone);
    own.month = date_format(locale, "yMMMM", *state->zone);
    UErrorCode status = U_ZERO_ERROR;
    own.number.reset(icu::NumberFormat::createInstance(locale, status));
    KABAR_CHECK(U_SUCCESS(status));
    first = &state->languages.try_emplace(language, std::move(own)).first->second;
  }
  return Messages(std::move(state));
}

const std::string& Messages::text(Language language, std::string_view key) const {
  return state_->message(language, key).plain;
}

std::string Messages::text(Language language, std::string_view key, std::initializer_list<Argument> arguments) const {
  Message& message = state_->message(language, key);
  if (!message.format) return message.plain;
  std::string said_with;
  for (const auto& [name, value] : arguments) {
    const int* const number = std::get_if<int>(&value);
    said_with.append(name) += '=';
    if (number != nullptr) {
      said_with += std::to_string(*number);
    } else {
      said_with += std::get<std::string_view>(value);
    }
    said_with += '\0';  // stands in no text
  }
  if (message.said.size() >= kSaidMax) message.said.clear();
  const auto [said, is_new] = message.said.try_emplace(std::move(said_with));
  if (!is_new) return said->second;
  std::vector<icu::UnicodeString> names;
  std::vector<icu::Formattable> values;
  for (const auto& [name, value] : arguments) {
    names.emplace_back(name);
    if (const int* number = std::get_if<int>(&value)) {
      values.emplace_back(*number);
    } else {
      values.emplace_back(from_utf8(std::get<std::string_view>(value)));
    }
  }
  icu::UnicodeString out;
  UErrorCode status = U_ZERO_ERROR;
  message.format->format(names.data(), values.data(), static_cast<int32_t>(names.size()), out, status);
  KABAR_CHECK(U_SUCCESS(status));
  return said->second = to_utf8(out);
}

bool Messages::has(std::string_view key) const {
  const LanguageMessages& any = state_->languages.begin()->second;
  return any.messages.find(key) != any.messages.end();
}

std::vector<std::string> Messages::keys() const {
  std::map<std::string, int> sorted;
  for (const auto& [key, message] : state_->languages.begin()->second.messages) sorted[key] = 0;
  std::vector<std::string> keys;
  keys.reserve(sorted.size());
  for (const auto& [key, unused] : sorted) keys.push_back(key);
  return keys;
}

const std::string& Messages::date_time(Language language, Time time) const {
  if (is_day(time)) return date(language, time);
  LanguageMessages& own = state_->of(language);
  if (own.date_times.size() > kDatesKeptMax) own.date_times.clear();
  std::string& text = own.date_times[time.time_since_epoch().count()];
  if (text.empty()) {
    text = format_date(*own.date_time, time);
    if (state_->jakarta) {
      const std::string& zone = this->text(language, "zone_jakarta");
      if (!zone.starts_with("（")) text += ' ';
      text += zone;
    }
  }
  return text;
}

const std::string& Messages::date(Language language, Time time) const {
  LanguageMessages& own = state_->of(language);
  if (own.dates.size() > kDatesKeptMax) own.dates.clear();
  std::string& text = own.dates[time.time_since_epoch().count()];
  if (text.empty()) text = format_date(*own.date, time);
  return text;
}

std::string Messages::month(Language language, int year, int month) const {
  // The middle of the month is in the month in every zone.
  const std::chrono::sys_days day =
      std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month)) / std::chrono::day(15);
  return format_date(*state_->of(language).month, day);
}

std::string Messages::number(Language language, int number) const {
  icu::UnicodeString out;
  state_->of(language).number->format(number, out);
  return to_utf8(out);
}

std::pair<int, int> Messages::month_of(Time time) const {
  int32_t raw = 0;
  int32_t saving = 0;
  UErrorCode status = U_ZERO_ERROR;
  state_->zone->getOffset(static_cast<UDate>(time.time_since_epoch().count()) * 1000.0, false, raw, saving, status);
  KABAR_CHECK(U_SUCCESS(status));
  const std::chrono::year_month_day day(
      std::chrono::floor<std::chrono::days>(time + std::chrono::seconds((raw + saving) / 1000)));
  return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month()))};
}

namespace {
constexpr std::chrono::hours kJakarta(7);
}

bool is_day(Time time) {
  return (time + kJakarta).time_since_epoch() % std::chrono::hours(24) == Time::duration::zero();
}

std::string iso_day_or_time(Time time) {
  return is_day(time) ? iso_time(time + kJakarta).substr(0, 10) : iso_time(time);
}

std::string iso_time(Time time) {
  const auto midnight = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day day(midnight);
  const std::chrono::hh_mm_ss clock(time - midnight);
  const int year = static_cast<int>(day.year());
  if (year < 1000 || year > 9999) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
  }
  // A page has a dozen of them, so the digits are set one by one.
  std::string text = "0000-00-00T00:00:00Z";
  const auto set = [&text](size_t end, long value) {
    for (; value > 0; value /= 10) text[--end] = static_cast<char>('0' + value % 10);
  };
  set(4, year);
  set(7, static_cast<unsigned>(day.month()));
  set(10, static_cast<unsigned>(day.day()));
  set(13, clock.hours().count());
  set(16, clock.minutes().count());
  set(19, clock.seconds().count());
  return text;
}

std::string rfc822_time(Time time) {
  return fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

}  // namespace kabar::site
