// What cannot be read at all: the wrong language or script, loops, source words and placeholders left in.
#include <algorithm>
#include <span>
#include <unordered_map>

#include "base/utf8.h"
#include "checks/list.h"
#include "checks/reading.h"

namespace kabar::checks {
namespace {

struct Scripts {
  int latin = 0, han = 0, kana = 0, arabic = 0, hangul = 0, cyrillic = 0, other = 0;
  int all() const { return latin + han + kana + arabic + hangul + cyrillic + other; }
};

Scripts scripts_of(std::u32string_view text) {
  Scripts scripts;
  for (char32_t point : text) {
    if (!terms::is_word_point(point) || terms::is_digit_point(point)) continue;
    if (point < 0x250) {
      ++scripts.latin;
    } else if (point >= 0x0400 && point <= 0x052F) {
      ++scripts.cyrillic;
    } else if (point >= 0x0600 && point <= 0x08FF) {
      ++scripts.arabic;
    } else if (point >= 0x3040 && point <= 0x30FF) {
      ++scripts.kana;
    } else if (point >= 0xAC00 && point <= 0xD7AF) {
      ++scripts.hangul;
    } else if (terms::is_unspaced_point(point)) {
      ++scripts.han;
    } else {
      ++scripts.other;
    }
  }
  return scripts;
}

// Points of the script that the language is written in.
int own_points(const Scripts& scripts, Language language) {
  if (language == Language::zh) return scripts.han;
  if (language == Language::ja) return scripts.han + scripts.kana;
  if (language == Language::ar) return scripts.arabic;
  return scripts.latin;
}

// Share of the small words of `side` that are in a list, in per cent; -1 with fewer than four words.
int share_in(const Side& side, const WordList* list) {
  if (list == nullptr) return -1;
  int words = 0, known = 0;
  for (const Word& word : side.words) {
    if (word.capital || !word.latin || word.folded.size() < 2) continue;
    ++words;
    known += list->contains(word.folded);
  }
  return words < 4 ? -1 : known * 100 / words;
}

// The most frequent small words of a language; no other of the three has them.
int function_words(const Side& side, Language language) {
  static constexpr std::u32string_view kIndonesian[] = {U"yang", U"dan", U"di",   U"dari", U"dengan", U"untuk",
                                                        U"pada", U"itu", U"akan", U"oleh", U"tidak",  U"dalam"};
  static constexpr std::u32string_view kEnglish[] = {U"the",  U"of", U"and",  U"to",   U"that", U"was", U"is",
                                                     U"with", U"by", U"from", U"were", U"has",  U"will"};
  static constexpr std::u32string_view kFrench[] = {U"le",   U"la",  U"les", U"des", U"et",  U"une", U"que", U"dans",
                                                    U"pour", U"sur", U"du",  U"au",  U"est", U"un",  U"par"};
  const std::span<const std::u32string_view> words =
      language == Language::id   ? std::span<const std::u32string_view>(kIndonesian)
      : language == Language::en ? std::span<const std::u32string_view>(kEnglish)
                                 : std::span<const std::u32string_view>(kFrench);
  return static_cast<int>(std::count_if(side.words.begin(), side.words.end(), [&](const Word& word) {
    return std::find(words.begin(), words.end(), word.folded) != words.end();
  }));
}

bool has_letters(const Side& side) {
  return std::any_of(side.folded.points.begin(), side.folded.points.end(),
                     [](char32_t point) { return terms::is_word_point(point) && !terms::is_digit_point(point); });
}

void run_language(const Reading& reading, Report& report) {
  const Side& target = reading.target;
  const Span whole{0, static_cast<int>(target.folded.text.size())};
  if (!has_letters(reading.source)) return;
  const bool blank = std::all_of(target.folded.points.begin(), target.folded.points.end(),
                                 [](char32_t point) { return !terms::is_word_point(point); });
  if (blank) {
    report.add("language", Severity::error, std::nullopt, std::nullopt, "language.empty").blocking = true;
    return;
  }
  const Scripts scripts = scripts_of(target.folded.text);
  const int own = own_points(scripts, target.language);
  const int all = scripts.all();
  const bool latin =
      target.language != Language::zh && target.language != Language::ja && target.language != Language::ar;
  // Chinese and Japanese say in one letter what Latin needs three for: names and brands may outweigh them in points.
  const int foreign_max = target.language == Language::zh || target.language == Language::ja ? 6 : 2;
  const bool named_only =
      own == 0 &&
      std::all_of(target.words.begin(), target.words.end(),
                  [](const Word& word) { return word.capital || !word.latin || word.folded.size() < 2; }) &&
      target.words.size() <= 4;
  const bool no_kana = target.language == Language::ja && scripts.kana == 0 && scripts.han > 14;
  const bool has_kana = target.language == Language::zh && scripts.kana >= 3;
  if (all >= 4 && !named_only && (own * foreign_max < all - own || no_kana || has_kana)) {
    report.add("language", Severity::error, std::nullopt, whole, "language.script").blocking = true;
    return;
  }
  if (!latin) return;
  const int mine = share_in(target, reading.knowledge.word_list(target.language));
  constexpr int kOwnShare = 70;  // with more words of its own it is in no other language
  const bool no_function_words = function_words(target, target.language) == 0;
  if (mine > kOwnShare && !no_function_words) return;
  for (Language other : {Language::id, Language::en, Language::fr}) {
    if (other == target.language) continue;
    const int theirs = share_in(target, reading.knowledge.word_list(other));
    const bool by_list = mine >= 0 && theirs >= 75 && theirs >= mine + 30;
    const bool by_function_words = no_function_words && function_words(target, other) >= 2;
    if (by_list || by_function_words) {
      report.add("language", Severity::error, std::nullopt, whole, "language.wrong", other.view()).blocking = true;
      return;
    }
  }
}

bool in_fact(const Side& side, Span span) {
  return std::any_of(side.facts.begin(), side.facts.end(),
                     [&](const text::Fact& fact) { return fact.span.overlaps(span); });
}

// "iPhone"; "del" in "Callejon del Beso": part of a name whatever its first letter.
bool is_in_name(const Side& side, size_t number) {
  const Word& word = side.words[number];
  for (int i = word.span.begin + 1; i < word.span.end; ++i) {
    if (terms::is_upper_point(side.folded.text[static_cast<size_t>(i)])) return true;
  }
  const auto beside = [&](size_t other, int from, int to) {
    return from + 1 == to && side.words[other].latin && side.words[other].capital;
  };
  return (number > 0 && beside(number - 1, side.words[number - 1].span.end, word.span.begin)) ||
         (number + 1 < side.words.size() && beside(number + 1, word.span.end, side.words[number + 1].span.begin));
}

// "wifi": the word of many languages.
bool is_international(const Reading& reading, const Word& word) {
  const std::string written = reading.target.slice(word.span);
  const auto found = reading.knowledge.lexicon.find(written, reading.source.language, Language::en);
  return found.size() == 1 && !found[0].renderings.empty() && found[0].renderings[0].text == written;
}

// Words in a row that are Indonesian and not of the target's language.
void run_leftover(const Reading& reading, Report& report) {
  const Side& target = reading.target;
  const WordList* indonesian = reading.knowledge.word_list(reading.source.language);
  const WordList* own = reading.knowledge.word_list(target.language);
  if (indonesian == nullptr) return;
  const bool unspaced_or_arabic = own == nullptr;
  const auto in_source = [&](std::u32string_view folded) {
    return std::any_of(reading.source.words.begin(), reading.source.words.end(),
                       [&](const Word& word) { return word.folded == folded; });
  };
  int run = 0;
  int lone = 0;
  int capitals = 0;
  Span span;
  for (size_t i = 0; i <= target.words.size(); ++i) {
    const bool left = i < target.words.size() && target.words[i].latin && target.words[i].folded.size() >= 3 &&
                      (!target.words[i].capital || reading.source.title_case) &&
                      indonesian->contains(target.words[i].folded) &&
                      (own == nullptr || !own->contains(target.words[i].folded)) &&
                      !reading.is_rendered_term(target.words[i].span) && !in_fact(target, target.words[i].span);
    if (left) {
      if (run++ == 0) span.begin = target.words[i].span.begin;
      span.end = target.words[i].span.end;
      lone += in_source(target.words[i].folded);
      capitals += target.words[i].capital;
      continue;
    }
    // In a headline capitals may be names: only a row of them is sure to be none.
    if (run >= 2 && (capitals == 0 || run >= 3)) {
      report.add("leftover", Severity::error, std::nullopt, span, "leftover.words", target.slice(span)).blocking = true;
      return;
    }
    if (run == 1 && lone > 0 && capitals == 0) {
      const bool foreign =
          unspaced_or_arabic && (is_in_name(target, i - 1) || is_international(reading, target.words[i - 1]));
      const bool quoted =
          span.begin > 0 &&
          std::u32string_view(U"\"“«‘'(（「").find(target.folded.text[static_cast<size_t>(span.begin) - 1]) !=
              std::u32string_view::npos;
      const Severity severity = quoted || foreign    ? Severity::info
                                : unspaced_or_arabic ? Severity::error
                                                     : Severity::warning;
      report.add("leftover", severity, std::nullopt, span, "leftover.words", target.slice(span));
      if (!quoted && !foreign) return;
    }
    run = lone = capitals = 0;
  }
}

void run_placeholder(const Reading& reading, Report& report) {
  const std::u32string& text = reading.target.folded.text;
  for (size_t at = 0; at < text.size(); ++at) {
    size_t end = at;
    const bool private_use = text[at] >= 0xE000 && text[at] <= 0xF8FF;
    if (private_use) end = at + 1;
    if (text.compare(at, 4, U"XNUM") == 0 || text.compare(at, 5, U"<unk>") == 0) end = at + 4;
    if (text[at] == 0x2047) end = at + 1;  // ⁇, a vocabulary's unknown piece
    if (end == at) continue;
    const Span span{static_cast<int>(at), static_cast<int>(end)};
    const std::string piece = reading.target.slice(span);
    if (reading.source.text.find(piece) != std::string_view::npos) return;
    report.add("placeholder", Severity::error, std::nullopt, span, "placeholder.leak", piece).blocking = true;
    return;
  }
}

struct Loop {
  int times = 0;
  size_t begin = 0, end = 0;
};

// The most often that a piece of 1 … kPeriodMax units follows itself.
template <typename Unit>
Loop longest_loop(const std::vector<Unit>& units, size_t period) {
  Loop best;
  size_t same = 0;
  for (size_t i = period; i <= units.size(); ++i) {
    if (i < units.size() && units[i] == units[i - period]) {
      ++same;
      continue;
    }
    const int times = static_cast<int>(same / period) + 1;
    if (times > best.times) best = {times, i - same - period, i};
    same = 0;
  }
  return best;
}

bool crosses_mark(const Side& side, const Loop& loop) {
  const std::u32string_view text = side.folded.text;
  const auto begin = static_cast<size_t>(side.words[loop.begin].span.end);
  const auto end = static_cast<size_t>(side.words[loop.end - 1].span.begin);
  return text.substr(begin, end - begin).find_first_of(U".,;:!?\"”»؟،؛()—") != std::u32string_view::npos;
}

int worst_loop(const Side& side, Span& span) {
  constexpr size_t kPeriodMax = 8;
  int worst = 1;
  std::vector<size_t> hashes;
  for (const Word& word : side.words) hashes.push_back(std::hash<std::u32string_view>()(word.folded));
  // The words of unspaced text are its figures and Latin names: no neighbours.
  if (terms::is_unspaced(side.language)) hashes.clear();
  for (size_t period = 1; period <= kPeriodMax && period * 2 <= hashes.size(); ++period) {
    const Loop loop = longest_loop(hashes, period);
    // "… the guru. The guru", "to the theatre, the theatre": one clause ends so and the next begins so.
    if (loop.times == 2 && crosses_mark(side, loop)) continue;
    // One word said twice ("very very", "hati-hati") is language; a phrase said twice in a row is not.
    const int times = period == 1 ? loop.times - 1 : loop.times;
    if (times > worst) {
      worst = times;
      span = {side.words[loop.begin].span.begin, side.words[loop.end - 1].span.end};
    }
  }
  if (side.words.size() * 3 < side.folded.points.size() / 4 || terms::is_unspaced(side.language)) {
    std::vector<char32_t> points(side.folded.points.begin(), side.folded.points.end());
    for (size_t period = 2; period <= 16 && period * 2 <= points.size(); ++period) {
      const Loop loop = longest_loop(points, period);
      const bool letters =
          std::any_of(points.begin() + static_cast<long>(loop.begin), points.begin() + static_cast<long>(loop.end),
                      [](char32_t point) { return terms::is_word_point(point) && !terms::is_digit_point(point); });
      const int times = period < 4 ? loop.times - 1 : loop.times;
      if (letters && times > worst) {
        worst = times;
        span = side.folded.span(loop.begin, loop.end);
      }
    }
  }
  return worst;
}

// "trafficking trafficking", "candidates candidate": the same word again, which only a slip or a loop writes.
std::optional<Span> doubled_word(const Side& side) {
  static constexpr std::u32string_view kGrammatical[] = {U"nous", U"vous", U"that", U"had"};
  for (size_t i = 1; i < side.words.size(); ++i) {
    const Word& a = side.words[i - 1];
    const Word& b = side.words[i];
    // Only a blank between them: no mark, no hyphen.
    if (b.span.begin != a.span.end + 1 || side.folded.text[static_cast<size_t>(a.span.end)] != U' ') continue;
    const std::u32string_view shorter = a.folded.size() < b.folded.size() ? a.folded : b.folded;
    const std::u32string_view longer = a.folded.size() < b.folded.size() ? b.folded : a.folded;
    if (shorter.size() < 3 || terms::is_digit_point(shorter[0]) || !longer.starts_with(shorter)) continue;
    // التصنيف تصنيف: only one of them has the article.
    if (side.language == Language::ar && side.slice(a.span) != side.slice(b.span)) continue;
    const std::u32string_view ending = longer.substr(shorter.size());
    const bool plural = shorter.size() >= 4 && a.latin && (ending == U"s" || ending == U"es");
    if (!ending.empty() && !plural) continue;
    if (std::find(std::begin(kGrammatical), std::end(kGrammatical), shorter) != std::end(kGrammatical)) continue;
    return Span{a.span.begin, b.span.end};
  }
  return std::nullopt;
}

bool is_han(char32_t point) { return point >= 0x3400 && point <= 0x9FFF; }
bool is_kana_letter(char32_t point) {
  return (point >= 0x3041 && point <= 0x3096) || (point >= 0x30A1 && point <= 0x30FA);
}

// Unspaced text: one letter three times, or a piece of two Han characters and more that follows itself. Kana alone may
// ("ますます"), in short pieces.
std::optional<Span> doubled_piece(const Side& side) {
  constexpr size_t kPeriodMax = 12;
  const std::u32string& text = side.folded.text;
  for (size_t i = 2; i < text.size(); ++i) {
    if (text[i] == text[i - 1] && text[i] == text[i - 2] && (is_han(text[i]) || is_kana_letter(text[i]))) {
      return Span{static_cast<int>(i) - 2, static_cast<int>(i) + 1};
    }
  }
  for (size_t period = 2; period <= kPeriodMax && period * 2 <= text.size(); ++period) {
    size_t same = 0, han = 0;
    for (size_t i = period; i < text.size(); ++i) {
      const bool equal = text[i] == text[i - period] && (is_han(text[i]) || is_kana_letter(text[i]));
      same = equal ? same + 1 : 0;
      han = !equal ? 0 : is_han(text[i]) ? han + 1 : han;
      if (same < period || (period < 4 && han < 2 && !(period == 3 && han == 1))) continue;
      if (period == 2 && text[i - 1] == U'一') continue;  // 一点一点, 一軒一軒: one after the other
      return Span{static_cast<int>(i + 1 - 2 * period), static_cast<int>(i + 1)};
    }
  }
  return std::nullopt;
}

// "Parepare", "Bora-Bora": names that say themselves twice, which text without blanks then does too.
bool has_doubled_name(const Side& side) {
  for (size_t i = 0; i < side.words.size(); ++i) {
    const Word& word = side.words[i];
    if (!word.capital) continue;
    const std::u32string_view folded = word.folded;
    const size_t half = folded.size() / 2;
    if (half >= 2 && folded.size() == 2 * half && folded.starts_with(folded.substr(half))) return true;
    if (i > 0 && side.words[i - 1].folded == folded && side.words[i - 1].span.end + 1 == word.span.begin) return true;
  }
  return false;
}

// "satu per satu", "batu demi batu", "menunggu, menunggu": many languages say this with the word twice.
bool iterates(const Side& source) {
  const std::vector<Word>& words = source.words;
  for (size_t i = 0; i + 1 < words.size(); ++i) {
    const bool each = words[i].folded == U"demi" || words[i].folded == U"per";
    const bool again = words[i].folded.size() >= 3 &&
                       ((i + 2 < words.size() && words[i + 2].folded == words[i].folded) ||
                        (words[i + 1].folded == words[i].folded && words[i + 1].span.begin > words[i].span.end + 1));
    if (each || again) return true;
  }
  return false;
}

void run_repetition(const Reading& reading, Report& report) {
  const bool unspaced = terms::is_unspaced(reading.target.language);
  const std::optional<Span> doubled = unspaced ? doubled_piece(reading.target) : doubled_word(reading.target);
  const bool intended = iterates(reading.source);
  if (doubled && !intended && !doubled_word(reading.source) && !has_doubled_name(reading.source)) {
    report.add("repetition", Severity::error, std::nullopt, doubled, "repetition.loop", reading.target.slice(*doubled))
        .blocking = true;
    return;
  }
  Span target_span, source_span;
  const int target = worst_loop(reading.target, target_span);
  if (target < 2) return;
  if (target <= worst_loop(reading.source, source_span) || (target <= 3 && intended)) return;
  const Severity severity = target >= 3 || target_span.size() >= 12 ? Severity::error : Severity::warning;
  report.add("repetition", severity, std::nullopt, target_span, "repetition.loop", reading.target.slice(target_span))
      .blocking = severity == Severity::error;
}

constexpr Example kLanguageExamples[] = {
    {Language::fr, "Pemerintah akan menaikkan harga beras.", "The government will raise the price of rice.",
     Finds::error},
    {Language::ar, "Pemerintah akan menaikkan harga beras.", "Pemerintah akan menaikkan harga beras.", Finds::error},
    {Language::zh, "Pemerintah menaikkan harga beras.", "政府上调大米价格。", Finds::nothing},
};
constexpr Example kLeftoverExamples[] = {
    {Language::en, "Polisi memeriksa pelaku di rumah sakit.", "Police questioned «pelaku» at the hospital.",
     Finds::warning},
    {Language::ja, "Polisi memeriksa pelaku di rumah sakit.", "警察は«pelaku»を病院で取り調べた。", Finds::error},
    {Language::en, "Polisi memeriksa pelaku.", "Police questioned the perpetrator.", Finds::nothing},
    {Language::zh, "Ia membeli iPhone di Plaza del Sol.", "他在Plaza del Sol买了iPhone。", Finds::nothing},
};
constexpr Example kRepetitionExamples[] = {
    {Language::fr, "Dana hibah pokmas disalurkan.", "Les «fonds de fonds de fonds de fonds» ont été versés.",
     Finds::error},
    {Language::en, "Polisi menyelidiki perdagangan itu.", "Police looked into the «trafficking trafficking».",
     Finds::error},
    {Language::zh, "Gempa terjadi Minggu dini hari.", "地震发生在周日«凌晨凌晨»。", Finds::error},
    {Language::ja, "Harga semakin naik.", "物価はますます上がっている。", Finds::nothing},
    {Language::zh, "Kereta berangkat dari Parepare.", "列车从帕雷帕雷出发。", Finds::nothing},
    {Language::fr, "Pada pukul 19.00 WIB, Indonesia menghadapi Thailand.",
     "À 19 h (heure de l’ouest de l’Indonésie), l’Indonésie affronte la Thaïlande.", Finds::nothing},
    {Language::fr, "Kami saling bertemu.", "Nous nous sommes rencontrés.", Finds::nothing},
    {Language::en, "Ia sangat, sangat lelah.", "He is very, very tired.", Finds::nothing},
    {Language::en, "Penumpang dicek satu per satu.", "Passengers were checked one by one by officers.", Finds::nothing},
    {Language::ar, "Kota itu dibangun batu demi batu.", "بُنيت المدينة حجرا حجرا.", Finds::nothing},
};
constexpr Example kPlaceholderExamples[] = {
    {Language::zh, "Pemungutan suara berlangsung pukul 07.00.", "投票于«XNUM»X进行。", Finds::error},
    {Language::zh, "Pemungutan suara berlangsung pukul 07.00.", "投票于7时进行。", Finds::nothing},
};

}  // namespace

const Check kLanguage = {"language", "The translation is empty, or in the wrong language or script.", run_language,
                         kLanguageExamples};
const Check kLeftover = {"leftover", "Words of the source were left untranslated.", run_leftover, kLeftoverExamples};
const Check kRepetition = {"repetition", "The same words follow each other again and again.", run_repetition,
                           kRepetitionExamples};
const Check kPlaceholder = {"placeholder", "A placeholder of the machine reached the text.", run_placeholder,
                            kPlaceholderExamples};

}  // namespace kabar::checks
