// Numbers in words: Indonesian, English, French and Arabic share one grammar of units, multipliers and scales.
#include "text/facts/decimal.h"
#include "text/facts/numeral.h"

namespace kabar::text {
namespace {

constexpr int64_t kGroupMax = 1'000'000;

// Builds the value of a row of number words; take() says whether the next word still belongs to it.
class Builder {
 public:
  explicit Builder(Language language) : language_(language) {}

  bool take(const Entry& entry, bool joined_by_hyphen, bool joined_by_and) {
    switch (entry.sense) {
      case Sense::unit:
        return take_unit(entry.value, joined_by_hyphen, joined_by_and);
      case Sense::teen:
        return take_teen();
      case Sense::multiplier:
        return take_multiplier(entry.value);
      case Sense::scale:
        return group_ != 0 && take_scale(entry.value);
      case Sense::lone_scale:
        return take_scale(entry.value);
      case Sense::fixed:
        return take_fixed(entry.value);
      case Sense::half:
        return take_half();
      default:
        return false;
    }
  }
  std::optional<Decimal> value() const {
    int64_t sum = 0;
    if (__builtin_add_overflow(total_, group_, &sum)) return std::nullopt;
    return half_ ? add(Decimal{sum, 0}, Decimal{5, 1}) : Decimal{sum, 0};
  }
  bool ends_in_hundreds() const { return group_ >= 100 || (group_ == 0 && total_ > 0); }

 private:
  bool take_unit(int64_t value, bool joined_by_hyphen, bool joined_by_and) {
    if (half_ || fixed_) return false;
    const int64_t low = group_ % 100;
    const bool french = language_ == Language::fr;
    if (french && value == 20 && low == 4 && joined_by_hyphen) {  // quatre-vingt
      group_ += 76;
      return true;
    }
    // soixante-dix, quatre-vingt-quinze
    const bool seventies = french && (low == 60 || low == 80) && value >= 10 && value < 20;
    // Arabic says the unit first: خمسة وعشرون; and the ten with it: ثلاثة عشر.
    const bool unit_first = language_ == Language::ar && low > 0 && low < 10 &&
                            ((value >= 20 && value < 100 && joined_by_and) || value == 10);
    const bool dix_huit = french && low == 10 && value >= 7;
    const bool fits = value >= 100 ? group_ == 0 : value >= 10 ? low == 0 : low % 10 == 0 && (low != 10 || dix_huit);
    if (group_ != 0 && !fits && !seventies && !unit_first) return false;
    if (language_ == Language::ar && group_ != 0 && !unit_first && !joined_by_and) return false;
    group_ += value;
    return true;
  }
  bool take_teen() {
    const int64_t unit = group_ % 10;
    if (half_ || unit < 2 || group_ % 100 != unit) return false;
    group_ += 10;
    return true;
  }
  bool take_multiplier(int64_t by) {
    if (half_ || fixed_) return false;
    if (language_ == Language::id) {
      const int64_t unit = group_ % 10;
      if (unit == 0 || group_ % 100 != unit) return false;
      group_ += unit * (by - 1);
      return true;
    }
    // "cent" stands alone, "hundred" does not; "un cent" is a coin.
    if (group_ == 0 && (language_ != Language::fr || by != 100)) return false;
    if (group_ >= 100 || (group_ == 1 && language_ == Language::fr && by == 100)) return false;
    group_ = (group_ == 0 ? 1 : group_) * by;
    return true;
  }
  bool take_scale(int64_t by) {
    if (fixed_) return false;
    if (total_ > 0 && by >= last_scale_) return false;
    Decimal group{group_ == 0 ? 1 : group_, 0};
    if (half_) group = *add(group, Decimal{5, 1});
    const std::optional<Decimal> scaled = multiply(group, by);
    if (!scaled || scaled->scale != 0) return false;
    total_ += scaled->digits;
    group_ = 0;
    half_ = false;
    last_scale_ = by;
    return true;
  }
  bool take_fixed(int64_t value) {
    if (group_ != 0 || total_ != 0) return false;
    total_ = value;
    fixed_ = value < 1'000;  // ألفين may go on: "ألفين وخمسمئة"
    last_scale_ = 1'000;
    return true;
  }
  bool take_half() {
    if (half_ || group_ == 0 || language_ != Language::id) return false;
    half_ = true;
    return true;
  }

  Language language_;
  int64_t total_ = 0;
  int64_t group_ = 0;
  int64_t last_scale_ = 0;
  bool half_ = false;
  bool fixed_ = false;
};

constexpr Senses kNumberSenses =
    senses(Sense::unit, Sense::teen, Sense::multiplier, Sense::scale, Sense::lone_scale, Sense::fixed, Sense::half);
constexpr Senses kStartSenses = senses(Sense::unit, Sense::lone_scale, Sense::fixed);

// "puluhan ribu", "des dizaines de milliers", عشرات الآلاف: magnitudes multiply.
std::optional<Numeral> read_approximate(const FoldedText& text, int at, const Lexicon& lexicon) {
  const WordMatch first = lexicon.match(text, at, senses(Sense::approximate));
  if (!first) return std::nullopt;
  Numeral numeral{
      .begin = first.begin, .end = first.end, .value = {first.entry->value, 0}, .spelled = true, .approximate = true};
  for (int rounds = 0; rounds < 3; ++rounds) {
    int next = skip_gap(text, numeral.end);
    if (next == numeral.end) break;
    if (const WordMatch link = lexicon.match(text, next, senses(Sense::link_word))) {
      next = link.end + (is_blank(text.at(link.end)) ? 1 : 0);
    }
    const WordMatch scale =
        lexicon.match(text, next, senses(Sense::approximate, Sense::scale, Sense::lone_scale, Sense::multiplier));
    if (!scale) break;
    const std::optional<Decimal> value = multiply(numeral.value, scale.entry->value);
    if (!value) break;
    numeral.value = *value;
    numeral.end = scale.end;
  }
  return numeral;
}

// The next number word after `at`; its connectors are skipped.
struct NextWord {
  WordMatch match;
  bool hyphen = false;
  bool joined_by_and = false;
};

NextWord next_word(const FoldedText& text, int at, const Lexicon& lexicon, bool and_allowed) {
  NextWord next;
  next.hyphen = text.at(at) == U'-';
  int i = skip_gap(text, at);
  if (i == at) return next;
  if (const WordMatch link = lexicon.match(text, i, senses(Sense::and_word)); link && and_allowed) {
    next.joined_by_and = true;
    i = skip_gap(text, link.end);
  }
  next.match = lexicon.match(text, i, kNumberSenses);
  if (lexicon.language() == Language::ar && text.at(i) == U'و') next.joined_by_and = next.match.begin > i;
  return next;
}

// "kesembilan belas", الثاني والستين: the ordinal goes on as a number.
void read_ordinal_tail(const FoldedText& text, const Lexicon& lexicon, Numeral& numeral) {
  const WordMatch next =
      lexicon.match(text, skip_gap(text, numeral.end), senses(Sense::teen, Sense::multiplier, Sense::unit));
  if (!next || next.begin == numeral.end) return;
  const bool indonesian = lexicon.language() == Language::id;
  const bool arabic = lexicon.language() == Language::ar && next.entry->value >= 20 && next.entry->value < 100 &&
                      next.begin - numeral.end == 4;  // " وال"
  if (indonesian && next.entry->sense == Sense::teen) {
    numeral.value.digits += 10;
  } else if (indonesian && next.entry->sense == Sense::multiplier && next.entry->value == 10) {
    numeral.value.digits *= 10;
  } else if (arabic) {
    numeral.value.digits += next.entry->value;
  } else {
    return;
  }
  numeral.end = next.end;
}

// Words that only look like the start of a number: "pour cent", "50 cents", بالمئة, ألف ("he wrote").
bool is_false_start(const FoldedText& text, const WordMatch& word, Language language) {
  if (language == Language::ar) {
    const bool article =
        text.at(word.begin - 1) == U'ل' && (text.at(word.begin - 2) == U'ا' || text.at(word.begin - 2) == U'ل');
    // "the last three months" puts the numeral behind its noun, with an article.
    // "the million" is a figure too, بالمئة only percent.
    const bool percent =
        word.entry->value == 100 && (text.at(word.begin - 3) == U'ب' || text.at(word.begin - 4) == U'ي');
    const bool counted = (word.entry->sense == Sense::unit && word.entry->value >= 3 && !percent) ||
                         (word.entry->sense == Sense::lone_scale && word.entry->value >= 1'000'000);
    // لست is "I am not", no six.
    const bool is_not = word.entry->value == 6 && word.end - word.begin == 2 && text.at(word.begin - 1) == U'ل';
    return is_not ||
           (article && !counted && word.begin >= 2 && letter_class(text.at(word.begin - 1)) == LetterClass::arabic);
  }
  if (language != Language::fr || word.entry->sense != Sense::multiplier) return false;
  if (word.entry->value != 100) return true;
  const auto after = [&](std::u32string_view before) {
    const int size = static_cast<int>(before.size());
    return word.begin >= size &&
           std::u32string_view(text.points).substr(static_cast<size_t>(word.begin - size), before.size()) == before;
  };
  return after(U"pour ") || after(U"un ") || is_digit(text.at(word.begin - 2));
}

bool is_reduplicated(const FoldedText& text, int end) {
  return text.at(end) == U'-' && letter_class(text.at(end + 1)) == LetterClass::latin;
}

}  // namespace

std::optional<Numeral> read_number_words(const FoldedText& text, int at, const Lexicon& lexicon) {
  const Language language = lexicon.language();
  int begin = at;
  bool after_article = false;
  bool halved = false;
  if (const WordMatch article = lexicon.match(text, at, senses(Sense::article))) {
    begin = skip_gap(text, article.end);
    after_article = begin > article.end;
    halved = article.entry->value == 2;
    if (!after_article) return std::nullopt;
  }
  constexpr Senses kAfterArticle = senses(Sense::multiplier, Sense::scale, Sense::lone_scale);
  WordMatch word = lexicon.match(text, begin, after_article ? kAfterArticle : kStartSenses);
  // French "cent" begins a number too.
  if (!word && language == Language::fr) word = lexicon.match(text, begin, senses(Sense::multiplier));
  if (word && is_false_start(text, word, language)) word = {};
  // "dix-huitième" is no ten.
  if (word && language == Language::fr && lexicon.match(text, at, senses(Sense::ordinal)).end > word.end) word = {};
  if (!word) {
    if (after_article) return std::nullopt;
    if (std::optional<Numeral> numeral = read_approximate(text, at, lexicon)) return numeral;
    const WordMatch ordinal = lexicon.match(text, at, senses(Sense::ordinal));
    if (!ordinal) return std::nullopt;
    Numeral numeral{.begin = ordinal.begin,
                    .end = ordinal.end,
                    .value = {ordinal.entry->value, 0},
                    .spelled = true,
                    .ordinal = true};
    read_ordinal_tail(text, lexicon, numeral);
    return numeral;
  }

  Builder builder(language);
  if (after_article) builder.take(Entry{.form = {}, .sense = Sense::unit, .value = 1, .code = {}}, false, false);
  if (!builder.take(*word.entry, false, false)) return std::nullopt;
  Numeral numeral{.begin = after_article ? at : word.begin, .end = word.end, .spelled = true};
  for (int count = 0; count < 24; ++count) {
    const bool and_allowed = language == Language::fr || builder.ends_in_hundreds();
    const NextWord next = next_word(text, numeral.end, lexicon, and_allowed);
    // "tiga puluhan orang": some thirty.
    const WordMatch about = language == Language::id
                                ? lexicon.match(text, skip_gap(text, numeral.end), senses(Sense::approximate))
                                : WordMatch{};
    if (about && about.entry->value == 10 && about.begin > numeral.end &&
        builder.take(Entry{.form = {}, .sense = Sense::multiplier, .value = 10, .code = {}}, false, false)) {
      numeral.end = about.end;
      break;
    }
    if (!next.match || !builder.take(*next.match.entry, next.hyphen, next.joined_by_and)) break;
    numeral.end = next.match.end;
  }
  std::optional<Decimal> value = builder.value();
  if (halved && value) value = make_decimal(value->digits / 2, value->scale);
  // ألف alone is rather "he wrote" than a thousand.
  if (language == Language::ar && word.entry->sense == Sense::lone_scale && value && is_integer(*value, 1'000))
    return std::nullopt;
  if (!value || value->digits > kGroupMax * kGroupMax * kGroupMax) return std::nullopt;
  if (language == Language::id && is_reduplicated(text, numeral.end)) return std::nullopt;  // "dua-duanya"
  numeral.value = *value;
  return numeral;
}

}  // namespace kabar::text
