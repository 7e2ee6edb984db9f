#include "train/patterns.h"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <optional>
#include <random>
#include <set>

#include "base/utf8.h"
#include "mt/placeholder.h"
#include "text/facts/fact.h"

namespace kabar::train {
namespace {

using Random = std::mt19937_64;

// From low to high, both included.
int64_t pick(Random& random, int64_t low, int64_t high) {
  return low + static_cast<int64_t>(random() % static_cast<uint64_t>(high - low + 1));
}

text::Fact number(int64_t digits, int scale = 0) {
  text::Fact fact;
  while (scale > 0 && digits % 10 == 0) {
    digits /= 10;
    --scale;
  }
  fact.value = {digits, scale};
  return fact;
}

text::Fact money(const char* currency, text::Fact fact) {
  fact.kind = text::FactKind::money;
  fact.currency = currency;
  return fact;
}

// The slots that hold a fact. Each number stays in one class of Arabic agreement, so that the noun beside it can be
// written in the pattern: {few} 3 to 10 with the plural, {tens}, {age} and {number} with the singular.
constexpr std::array<std::string_view, 12> kFactSlots = {"few",   "tens",   "age",   "number", "decimal", "percent",
                                                         "score", "rupiah", "price", "dollar", "date",    "time"};

text::Fact random_fact(std::string_view slot, Random& random) {
  constexpr int64_t kPowers[] = {1'000'000, 1'000'000'000, 1'000'000'000'000};
  text::Fact fact;
  if (slot == "few") return number(pick(random, 3, 10));
  if (slot == "tens") return number(pick(random, 11, 40));
  if (slot == "age") return number(pick(random, 17, 89));
  if (slot == "number")
    return number(pick(random, 0, 3) ? pick(random, 0, 9) * 100 + pick(random, 11, 99)
                                     : pick(random, 1, 48) * 1000 + pick(random, 11, 99) * 10);
  if (slot == "decimal") return number(pick(random, 31, 89), 1);
  if (slot == "price") return money("IDR", number(pick(random, 9, 190) * 500));
  if (slot == "dollar") return money("USD", number(pick(random, 2, 950) * kPowers[pick(random, 0, 1)]));
  if (slot == "rupiah") {
    const int64_t power = kPowers[pick(random, 0, 2)];
    return money("IDR",
                 number(pick(random, 0, 1) ? pick(random, 11, 99) * (power / 10) : pick(random, 2, 900) * power));
  }
  if (slot == "score") {
    fact.kind = text::FactKind::score;
    fact.value = {pick(random, 1, 5), 0};  // the winner's goals first, as the patterns say
    fact.value2 = {pick(random, 0, fact.value.digits - 1), 0};
  } else if (slot == "percent") {
    fact =
        number(pick(random, 0, 1) ? pick(random, 2, 99) : pick(random, 11, 989), static_cast<int>(pick(random, 0, 2)));
    fact.kind = text::FactKind::percent;
  } else if (slot == "date") {
    fact.kind = text::FactKind::date;
    fact.month = static_cast<int>(pick(random, 1, 12));
    fact.day = static_cast<int>(pick(random, 1, 28));
    fact.weekday = static_cast<int>(pick(random, 1, 7));
    if (pick(random, 0, 2) == 0) fact.year = static_cast<int>(pick(random, 2019, 2027));
  } else {  // time
    fact.kind = text::FactKind::time;
    fact.hour = static_cast<int>(pick(random, 0, 23));
    fact.minute = static_cast<int>(pick(random, 0, 11)) * 5;
    if (pick(random, 0, 1)) fact.zone = "WIB";
  }
  return fact;
}

char placeholder_kind(std::string_view slot) {
  if (slot == "percent") return 'P';
  if (slot == "date") return 'D';
  if (slot == "time") return 'T';
  if (slot == "rupiah" || slot == "price" || slot == "dollar") return 'M';
  return 'N';
}

// The name of a slot without the number that tells two of a kind apart: "place2" -> "place".
std::string_view kind_of(std::string_view slot) {
  while (!slot.empty() && slot.back() >= '0' && slot.back() <= '9') slot.remove_suffix(1);
  return slot;
}

bool is_fact(std::string_view slot) {
  return std::find(kFactSlots.begin(), kFactSlots.end(), kind_of(slot)) != kFactSlots.end();
}

// The names that the product takes out of a sentence; other tables hold plain words.
bool is_name(std::string_view slot) {
  constexpr std::array<std::string_view, 4> kNames = {"place", "city", "person", "organisation"};
  return std::find(kNames.begin(), kNames.end(), kind_of(slot)) != kNames.end();
}

// Calls take(text before a slot, slot) for each slot and take(rest, "") at the end.
template <typename Take>
void each_slot(std::string_view text, const Take& take) {
  for (size_t begin = 0;;) {
    const size_t open = text.find('{', begin);
    const size_t close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) {
      take(text.substr(begin), std::string_view());
      return;
    }
    take(text.substr(begin, open - begin), text.substr(open + 1, close - open - 1));
    begin = close + 1;
  }
}

std::set<std::string> slots_of(std::string_view text) {
  std::set<std::string> slots;
  each_slot(text, [&](std::string_view, std::string_view slot) {
    if (!slot.empty()) slots.emplace(slot);
  });
  return slots;
}

// What each slot of one sentence holds, in each language.
using Values = std::map<std::string, SixTexts, std::less<>>;

Values choose_values(const PatternSet& set, const PatternSet::Pattern& pattern, Random& random) {
  Values values;
  std::set<std::string> used;  // no value twice in a sentence
  for (const std::string& slot : slots_of(pattern.texts[0])) {
    SixTexts& texts = values[slot];
    for (int attempt = 0; attempt < 20; ++attempt) {
      if (is_fact(slot)) {
        const text::Fact fact = random_fact(kind_of(slot), random);
        for (size_t i = 0; i < texts.size(); ++i) texts[i] = text::write_fact(fact, kSixLanguages[i]);
      } else {
        const std::vector<SixTexts>& table = set.tables.at(std::string(kind_of(slot)));
        texts = table[static_cast<size_t>(pick(random, 0, static_cast<int64_t>(table.size()) - 1))];
      }
      if (used.insert(texts[0]).second) break;
    }
  }
  return values;
}

// Replaces facts and names by placeholders, numbered in the order of the source text.
void mask_values(std::string_view source, Values& values) {
  std::map<char, int> count;
  std::set<std::string> done;
  each_slot(source, [&](std::string_view, std::string_view slot) {
    if ((!is_fact(slot) && !is_name(slot)) || !done.emplace(slot).second) return;
    const char kind = is_fact(slot) ? placeholder_kind(kind_of(slot)) : 'X';
    if (count[kind] == mt::kPlaceholdersPerKind) return;
    values.find(slot)->second.fill(mt::to_string({kind, count[kind]++}));
  });
}

std::string fill(std::string_view pattern, const Values& values, size_t language) {
  std::string text;
  each_slot(pattern, [&](std::string_view before, std::string_view slot) {
    text += before;
    if (!slot.empty()) text += values.find(slot)->second[language];
  });
  if (kSixLanguages[language] == Language::fr) text = contract_french(text);
  if (kSixLanguages[language] == Language::ar) text = contract_arabic(text);
  std::u32string points = decode_utf8(text);
  if (!points.empty()) points[0] = static_cast<char32_t>(u_totitle(static_cast<UChar32>(points[0])));
  return encode_utf8(points);
}

Result<void> check_pattern(const PatternSet& set, const PatternSet::Pattern& pattern) {
  const std::set<std::string> slots = slots_of(pattern.texts[0]);
  for (size_t i = 1; i < pattern.texts.size(); ++i) {
    if (slots_of(pattern.texts[i]) != slots) {
      return fail(ErrorKind::bad_input, pattern.place,
                  fmt::format("the columns id and {} have different slots", kSixLanguages[i].view()));
    }
  }
  for (const std::string& slot : slots) {
    if (!is_fact(slot) && !set.tables.contains(std::string(kind_of(slot)))) {
      return fail(ErrorKind::bad_input, pattern.place, fmt::format("there is no slot {{{}}}", slot));
    }
  }
  return {};
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

bool is_french_vowel(char32_t c) {
  const char32_t lower = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
  return std::u32string_view(U"aeiouyàâéèêëîïôûùœ").find(lower) != std::u32string_view::npos;
}

}  // namespace

std::string contract_french(std::string_view text) {
  std::string out = " " + std::string(text);
  replace_all(out, " de le ", " du ");
  replace_all(out, " de les ", " des ");
  replace_all(out, " à le ", " au ");
  replace_all(out, " à les ", " aux ");
  std::u32string elided;
  const std::u32string points = decode_utf8(out);
  for (size_t i = 0; i < points.size(); ++i) {
    elided += points[i];
    // " de a…" -> " d'a…", " que i…" -> " qu'i…"
    const std::u32string_view end = elided;
    const bool elides = end.ends_with(U" de ") || end.ends_with(U" que ") || end.ends_with(U" De ");
    if (elides && i + 1 < points.size() && is_french_vowel(points[i + 1])) {
      elided.resize(elided.size() - 2);
      elided += U'\'';
    }
  }
  return encode_utf8(std::u32string_view(elided).substr(1));
}

std::string contract_arabic(std::string_view text) {
  std::string out = " " + std::string(text);
  replace_all(out, " لال", " لل");
  replace_all(out, " ولال", " ولل");
  return out.substr(1);
}

Result<PatternSet> read_patterns(const std::filesystem::path& folder) {
  PatternSet set;
  KABAR_ASSIGN(const std::vector<std::filesystem::path> tables, tsv_files(folder / "slots"));
  for (const std::filesystem::path& file : tables) {
    KABAR_ASSIGN(set.tables[file.stem().string()], read_six(file));
  }
  KABAR_ASSIGN(const std::vector<std::filesystem::path> files, tsv_files(folder));
  for (const std::filesystem::path& file : files) {
    KABAR_ASSIGN(const std::vector<SixTexts> lines, read_six(file));
    for (size_t i = 0; i < lines.size(); ++i) {
      set.patterns.push_back({lines[i], fmt::format("{}:{}", file.filename().string(), i + 1)});
      KABAR_TRY(check_pattern(set, set.patterns.back()));
    }
  }
  return set;
}

std::vector<Example> fill_patterns(const PatternSet& set, int count, double placeholder_share, uint64_t seed,
                                   int group) {
  std::vector<Example> examples;
  Random random(seed);
  for (int i = 0; i < count && !set.patterns.empty(); ++i) {
    const PatternSet::Pattern& pattern = set.patterns[static_cast<size_t>(i) % set.patterns.size()];
    const Values values = choose_values(set, pattern, random);
    const bool masked = static_cast<double>(random() >> 11) * 0x1p-53 < placeholder_share;
    for (size_t source = 0; source < kSources.size(); ++source) {
      Values shown = values;
      if (masked) mask_values(pattern.texts[source], shown);  // kSixLanguages begins with the sources
      Example& example = examples.emplace_back();
      example.source_language = static_cast<uint8_t>(source);
      example.group = static_cast<uint8_t>(group);
      example.source = normalize_training_text(fill(pattern.texts[source], shown, source), kSources[source]);
      for (size_t language = 0; language < kSixLanguages.size(); ++language) {
        const auto head = std::find(kHeads.begin(), kHeads.end(), kSixLanguages[language]);
        if (head == kHeads.end() || kSixLanguages[language] == kSources[source]) continue;
        example.targets[static_cast<size_t>(head - kHeads.begin())] =
            normalize_training_text(fill(pattern.texts[language], shown, language), kSixLanguages[language]);
      }
    }
  }
  return examples;
}

}  // namespace kabar::train
