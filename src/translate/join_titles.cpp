#include "translate/join_titles.h"

#include <algorithm>
#include <optional>

#include "base/one_of.h"
#include "base/utf8.h"
#include "text/elision.h"

namespace kabar::translate {
namespace {

using text::Word;

// Also given names: before a name that the termbase does not know they may be a part of it ("Raja Juli Antoni").
constexpr std::string_view kAlsoNames[] = {"raja", "ratu", "sultan", "putri", "pangeran", "dewi", "agung", "imam"};
// Before a title: another person, who serves the one that has it ("Staf Khusus Presiden"), or a part of the title.
constexpr std::string_view kServants[] = {
    "staf", "khusus",  "bicara", "sekretaris", "asisten",  "ajudan",   "tim",      "penasihat", "utusan", "wakil",
    "ahli", "anggota", "kepala", "ketua",      "direktur", "jenderal", "komandan", "deputi",    "dewan",  "kantor"};

// Their titles are followed by a body as often as by a person: "pelatih Persib".
constexpr std::string_view kOfBodies[] = {
    "pelatih",   "kapten",    "pemain",   "kiper",    "bek",     "gelandang", "striker", "penyerang",  "winger",
    "manajer",   "asisten",   "direktur", "dirut",    "ketua",   "ketum",     "kepala",  "pimpinan",   "anggota",
    "komisaris", "ceo",       "pendiri",  "bos",      "pemilik", "warga",     "pegawai", "karyawan",   "rektor",
    "dekan",     "mahasiswa", "dosen",    "guru",     "siswa",   "gubernur",  "bupati",  "wali",       "walikota",
    "camat",     "lurah",     "kades",    "kapolres", "kapolda", "kapolsek",  "dandim",  "uskup",      "duta",
    "dubes",     "korban",    "petugas",  "polisi",   "juru",    "jubir",     "sekjen",  "sekretaris", "wakil"};

// What stands before a name, by the numbers of its words.
struct Before {
  terms::TitledName parts;  // but for `body` and `name`
  size_t begin = 0;         // the first word of all
  size_t title_begin = 0;
  std::optional<size_t> body;  // the piece between title and name
};

class Finder {
 public:
  Finder(const Read& read, const terms::Titles& titles, const terms::NameTable& table, const std::vector<Fixed>& pieces)
      : read_(read), words_(read.words), titles_(titles), table_(table), pieces_(pieces) {}

  std::optional<Before> find(size_t p) const {
    const Fixed& piece = pieces_[p];
    const auto begins = [&](const Word& word) { return word.span.begin == piece.source.begin; };
    const auto name = static_cast<size_t>(std::find_if(words_.begin(), words_.end(), begins) - words_.begin());
    if (name == words_.size() || !may_be_person(piece.named)) return std::nullopt;
    Before before;
    if (!find_title(name, before)) {
      const size_t between = find_place(name, p, before);
      if (between == name || !find_title(between, before)) return std::nullopt;
    }
    if (piece.named == Named::unknown && !is_likely_person(piece, before)) return std::nullopt;
    before.begin = before.title_begin;
    if (!find_modifier(before) && follows_another(before.begin, p)) return std::nullopt;
    before.parts.feminine = piece.gender == 'f';
    before.parts.titled = piece.named == Named::titled;
    return before;
  }

 private:
  // The longest title whose words end before word `end`.
  bool find_title(size_t end, Before& before) const {
    const size_t behind = skip_brackets(end);
    std::string words;
    for (size_t n = 1; n <= terms::Titles::kWordsMax && n <= behind; ++n) {
      const size_t at = behind - n;
      const bool joined = n > 1 ? words_[at + 1].adjacent : behind < end || follows(end);
      if (!joined) break;
      words = fold_case(words_[at].text) + (words.empty() ? "" : " " + words);
      if (titles_.contains(words)) before.parts.title = words, before.title_begin = at;
    }
    return !before.parts.title.empty();
  }

  // Behind a blank, or behind the stop of an abbreviation: "Kombes Pol. Ade".
  bool follows(size_t word) const {
    return words_[word].adjacent ||
           (word > 0 && slice_points(read_.text, {words_[word - 1].span.end, words_[word].span.begin}) == ". ");
  }

  // "Menteri Keuangan (Menkeu) Purbaya": a title in brackets says the one before it once more.
  size_t skip_brackets(size_t end) const {
    if (end < 2 || !titles_.contains(fold_case(words_[end - 1].text))) return end;
    const auto between = [&](size_t word) {
      return slice_points(read_.text, {words_[word - 1].span.end, words_[word].span.begin});
    };
    return between(end) == ") " && between(end - 1) == " (" ? end - 1 : end;
  }

  // The place, body or nation right before word `end`; returns its first word, or `end`.
  size_t find_place(size_t end, size_t p, Before& before) const {
    if (!words_[end].adjacent) return end;
    if (p > 0 && pieces_[p - 1].named == Named::other && pieces_[p - 1].source.end == words_[end - 1].span.end) {
      for (size_t at = end; at-- > 0;) {
        if (words_[at].span.begin != pieces_[p - 1].source.begin) continue;
        before.body = p - 1;
        return at;
      }
    }
    std::string words;
    size_t begin = end;
    for (size_t n = 1; n <= terms::Titles::kNationWordsMax && n <= end && words_[end - n + 1].adjacent; ++n) {
      words = fold_case(words_[end - n].text) + (words.empty() ? "" : " " + words);
      if (titles_.is_nation(words)) before.parts.nation = words, begin = end - n;
    }
    return begin;
  }

  // "mantan", "pelaksana tugas"
  bool find_modifier(Before& before) const {
    std::string words;
    for (size_t at = before.title_begin; at > 0 && at + 2 > before.title_begin && words_[at].adjacent; --at) {
      words = fold_case(words_[at - 1].text) + (words.empty() ? "" : " " + words);
      if (titles_.is_modifier(words)) before.parts.modifier = words, before.begin = at - 1;
    }
    return !before.parts.modifier.empty();
  }

  // "Staf Khusus Presiden Andi", "Lukman Hakim Saifuddin": the title is another's, or in the middle of a name.
  bool follows_another(size_t begin, size_t p) const {
    if (begin == 0 || !words_[begin].adjacent) return false;
    if (is_one_of(fold_case(words_[begin - 1].text), kServants)) return true;
    const auto ends_before = [&](const Fixed& piece) {
      return may_be_person(piece.named) && piece.source.end == words_[begin - 1].span.end;
    };
    return words_[begin].capital &&
           std::any_of(pieces_.begin(), pieces_.begin() + static_cast<ptrdiff_t>(p), ends_before);
  }

  // Whether a name that the termbase does not know is a person's.
  bool is_likely_person(const Fixed& piece, const Before& before) const {
    if (is_one_of(before.parts.title, kAlsoNames)) return false;
    const std::string_view name = slice_points(read_.text, piece.source);
    if (name.find(' ') != std::string_view::npos || !table_.form(name, Language::zh).empty()) return true;
    const bool placed = before.body || !before.parts.nation.empty();
    // "Ketua Mahkamah Konstitusi Suhartoyo": a long title names its body itself.
    const std::string_view title = before.parts.title;
    const bool complete = std::count(title.begin(), title.end(), ' ') >= 2;
    return placed || complete || !is_one_of(title.substr(0, title.find(' ')), kOfBodies);
  }

  const Read& read_;
  const std::vector<Word>& words_;
  const terms::Titles& titles_;
  const terms::NameTable& table_;
  const std::vector<Fixed>& pieces_;
};

}  // namespace

void join_titles(const Read& read, std::span<const Language> targets, const terms::Titles& titles,
                 const terms::NameTable& table, std::vector<Fixed>& pieces) {
  for (size_t p = 0; p < pieces.size(); ++p) {
    // A rank first, then the office before it: "Kapolri Jenderal Listyo".
    while (const std::optional<Before> before = Finder(read, titles, table, pieces).find(p)) {
      std::vector<std::string> joined;
      for (size_t t = 0; t < targets.size(); ++t) {
        terms::TitledName parts = before->parts;
        parts.name = pieces[p].renderings[t];
        if (before->body) parts.body = pieces[*before->body].renderings[t];
        const std::optional<std::string> text = titles.join(parts, targets[t]);
        if (!text) break;
        joined.push_back(text::apply_edits(*text, text::elision_edits(*text, targets[t])));
      }
      if (joined.size() != targets.size()) break;
      const Span whole{read.words[before->begin].span.begin, pieces[p].source.end};
      Fixed piece{whole, 'X', std::move(joined), Named::titled, before->parts.feminine ? 'f' : 'm'};
      const auto first =
          std::find_if(pieces.begin(), pieces.end(), [&](const Fixed& other) { return other.source.overlaps(whole); });
      const auto at = pieces.erase(first, pieces.begin() + static_cast<ptrdiff_t>(p) + 1);
      p = static_cast<size_t>(at - pieces.begin());
      pieces.insert(at, std::move(piece));
    }
  }
}

}  // namespace kabar::translate
