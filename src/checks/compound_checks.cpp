// Compounds that were put together from the meanings of their words: "kambing hitam" is a scapegoat, no black goat.
//
// The lexicon tells what a compound is and what its words are by themselves. Only where these have nothing in common
// can a translation be told to be literal.
#include <algorithm>
#include <map>

#include "base/utf8.h"
#include "checks/list.h"
#include "checks/reading.h"
#include "checks/standing.h"

namespace kabar::checks {
namespace {

constexpr float kShareMin = 0.05f;  // rarer renderings of a single word are accidents

// Words of a compound that only join others.
constexpr std::u32string_view kJoining[] = {U"di",    U"ke",     U"dari", U"yang", U"dan",    U"dalam", U"pada",
                                            U"untuk", U"dengan", U"oleh", U"para", U"secara", U"si",    U"sang"};

// What they deny is said in many ways: the business of `negation`.
constexpr std::u32string_view kDenying[] = {U"tidak", U"tak", U"tanpa", U"bukan", U"belum"};

// "diberi nama", "mengeluarkan asap": a verb and what goes with it are seldom more than that.
bool is_affixed_verb(std::u32string_view word) {
  static constexpr std::u32string_view kPrefixes[] = {U"di", U"me", U"ber", U"ter"};
  return word.size() >= 6 && std::any_of(std::begin(kPrefixes), std::end(kPrefixes),
                                         [&](std::u32string_view prefix) { return word.starts_with(prefix); });
}

bool stands_beside(const Side& target, Span a, Span b) {
  const int gap = std::max(a.begin, b.begin) - std::min(a.end, b.end);
  if (gap < 0) return false;
  if (terms::is_unspaced(target.language)) return gap <= 1;
  const Span between{std::min(a.end, b.end), std::max(a.begin, b.begin)};
  return gap <= 8 && std::count_if(target.words.begin(), target.words.end(),
                                   [&](const Word& word) { return between.contains(word.span); }) <= 1;
}

// A word of a compound with the meanings that it has by itself. Where the lexicon leaves it out, because it is among
// the most frequent ones, the lexical table tells where it stands.
class PlainWord {
 public:
  PlainWord(const Reading& reading, const Word& word)
      : reading_(reading),
        span_(word.span),
        matches_(reading.knowledge.lexicon.find(reading.source.slice(word.span), reading.source.language,
                                                reading.target.language)) {}

  bool is_known() const { return !matches_.empty(); }
  // Whether the compound is said with one of these meanings: "obat" in "obat keras".
  bool is_said_in(const terms::LexiconMatch& compound) const {
    return std::any_of(matches_.begin(), matches_.end(), [&](const terms::LexiconMatch& match) {
      return std::any_of(match.renderings.begin(), match.renderings.end(), [&](const terms::LexiconRendering& own) {
        return std::any_of(compound.renderings.begin(), compound.renderings.end(),
                           [&](const terms::LexiconRendering& other) {
                             return Standing::share_word(own.text, other.text, reading_.target.language);
                           });
      });
    });
  }
  // Where the target has one of these meanings.
  std::vector<Span> places(const Standing& standing) const {
    std::vector<Span> places;
    if (!is_known()) {
      for (const Word& word : reading_.target.words) {
        if (reading_.is_rendered_by(span_, word.span)) places.push_back(word.span);
      }
    }
    for (const terms::LexiconMatch& match : matches_) {
      for (const terms::LexiconRendering& rendering : match.renderings) {
        if (rendering.share < kShareMin) continue;
        const std::vector<Span> more = standing.places(rendering.text);
        places.insert(places.end(), more.begin(), more.end());
      }
    }
    return places;
  }

 private:
  const Reading& reading_;
  Span span_;
  std::vector<terms::LexiconMatch> matches_;
};

// Where the words of the compound stand side by side, each with its own meaning; empty if they do not, or if none of
// them (with a verb, or in Arabic: not two of them) loses that meaning in the compound.
Span literal_place(const Reading& reading, const Standing& standing, const terms::LexiconMatch& compound) {
  std::vector<Span> before;  // places of the words before
  Span whole;
  int words = 0, opaque = 0;
  bool verb = false;
  for (const Word& word : reading.source.words) {
    if (!compound.source.contains(word.span)) continue;
    if (std::find(std::begin(kJoining), std::end(kJoining), word.folded) != std::end(kJoining)) continue;
    if (std::find(std::begin(kDenying), std::end(kDenying), word.folded) != std::end(kDenying)) return {};
    const PlainWord plain(reading, word);
    std::vector<Span> here;
    for (const Span place : plain.places(standing)) {
      const auto beside = [&](Span other) { return stands_beside(reading.target, other, place); };
      const auto neighbour = std::find_if(before.begin(), before.end(), beside);
      if (words > 0 && neighbour == before.end()) continue;
      whole = words == 0 ? place : Span{std::min(neighbour->begin, place.begin), std::max(neighbour->end, place.end)};
      here.push_back(place);
    }
    if (here.empty()) return {};
    before.insert(before.end(), here.begin(), here.end());
    ++words;
    verb = verb || is_affixed_verb(word.folded);
    opaque += plain.is_known() && !plain.is_said_in(compound);
  }
  // Arabic has so many words for one thing that half a meaning is soon another word.
  const bool both = verb || reading.target.language == Language::ar;
  return words >= 2 && opaque >= (both ? 2 : 1) ? whole : Span{};
}

void run_compound(const Reading& reading, Report& report) {
  if (reading.words.unsaid.empty()) return;
  const Standing standing(reading.target.folded, reading.target.language);
  for (const terms::LexiconMatch& compound : reading.words.unsaid) {
    const Span place = literal_place(reading, standing, compound);
    if (place.empty()) continue;
    report.add("compound", Severity::warning, compound.source, place, "compound.literal",
               reading.source.slice(compound.source), reading.target.slice(place));
  }
}

constexpr Example kCompoundExamples[] = {
    {Language::en, "Rudal itu membawa «hulu ledak».", "The missile carried an «upstream explosion».", Finds::warning},
    {Language::en, "Rudal itu membawa hulu ledak.", "The missile carried a warhead.", Finds::nothing},
    {Language::en, "Ia dioperasi karena «usus buntu».", "He was operated on for a «deadlocked intestine».",
     Finds::warning},
    {Language::en, "Ia dioperasi karena usus buntu.", "He had surgery for appendicitis.", Finds::nothing},
    {Language::en, "Warga membasmi «kutu busuk» di penginapan.", "Residents eradicated «rotten lice» at the inn.",
     Finds::warning},
    {Language::en, "Ia bekerja sebagai «pandai besi».", "He works as a «clever iron».", Finds::warning},
    {Language::en, "Ia bekerja sebagai pandai besi.", "He works as a blacksmith.", Finds::nothing},

    {Language::en, "Bayi itu diberi nama Harapan.", "The baby was given the name Harapan.", Finds::nothing},
    {Language::fr, "Gunung itu mengeluarkan asap.", "La montagne laisse sortir une fumée.", Finds::nothing},
    {Language::en, "Ulat bulu menyerang kebun mangga.", "Caterpillars attacked mango orchards.", Finds::nothing},
    {Language::en, "Skor terlihat di papan skor.", "The score is shown on the score board.", Finds::nothing},
    {Language::fr, "Ia makan «makanan ringan».", "Il a mangé de la «nourriture légère».", Finds::warning},
    {Language::fr, "Ia makan makanan ringan.", "Il a mangé un en-cas.", Finds::nothing},
    {Language::zh, "Rudal itu membawa hulu ledak.", "导弹携带弹头。", Finds::nothing},
    {Language::ja, "Rudal itu membawa «hulu ledak».", "ミサイルは«爆発の上流»を運んでいた。", Finds::warning},
    {Language::ja, "Rudal itu membawa hulu ledak.", "ミサイルは弾頭を運んでいた。", Finds::nothing},
    {Language::ar, "Ia sakit «usus buntu».", "هو مريض ب«أمعاء مسدودة».", Finds::warning},
    {Language::ar, "Ia sakit usus buntu.", "هو مصاب بالتهاب الزائدة الدودية.", Finds::nothing},
    {Language::fr, "Ia bekerja sebagai «pandai besi».", "Il travaille comme «fer intelligent».", Finds::warning},
    {Language::zh, "Anak itu menangkap «ulat bulu».", "那孩子抓到了«羽毛毛虫»。", Finds::nothing},
};

}  // namespace

const Check kCompound = {"compound", "A compound is rendered by the meanings of its words, not by its own.",
                         run_compound, kCompoundExamples};

}  // namespace kabar::checks
