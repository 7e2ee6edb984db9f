#include "translate/fixed_terms.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/one_of.h"
#include "base/utf8.h"
#include "terms/transliterate.h"
#include "text/elision.h"
#include "text/words.h"

namespace kabar::translate {
namespace {

using terms::TermKind;
using terms::TermUse;

bool writes_latin(Language language) {
  return language != Language::zh && language != Language::ja && language != Language::ar;
}

// In brackets as the script has them.
std::string with_original(const std::string& rendering, const std::string& latin, Language target) {
  return target == Language::ar ? fmt::format("{} ({})", rendering, latin) : fmt::format("{}（{}）", rendering, latin);
}

bool is_named(const Fixed& piece) { return piece.named != Named::nothing && piece.named != Named::measure; }

// Before a place of the termbase these belong to it also in small letters.
constexpr std::string_view kOfPlaces[] = {"kota",   "kabupaten", "provinsi", "kecamatan", "desa",
                                          "sungai", "danau",     "gunung",   "selat",     "pulau"};
constexpr std::string_view kQuantities[] = {"puluhan", "ratusan",  "ribuan", "sebuah",  "banyak",
                                            "para",    "beberapa", "semua",  "seluruh", "setiap",
                                            "dua",     "tiga",     "empat",  "lima",    "sejumlah"};

std::string render_name(const Name& name, Language target, const terms::NameTable& table, Mentioned& mentioned) {
  if (name.acronym || writes_latin(target)) return name.text;
  const terms::Transliteration written = terms::transliterate(name.text, target, table);
  if (written.text.empty()) return name.text;
  const bool first = mentioned.names[target].insert(name.text).second;
  // What newspapers write is known to their readers; only Chinese characters do not tell how the name is spelled.
  const bool plain = written.established && target != Language::zh;
  return first && !plain && written.text != name.text ? with_original(written.text, name.text, target) : written.text;
}

}  // namespace

bool is_name(const terms::Term& term) {
  return term.kind == TermKind::person || term.kind == TermKind::place || term.kind == TermKind::organisation ||
         term.kind == TermKind::law || term.kind == TermKind::keep;
}

TermUses find_term_uses(const terms::Termbase& termbase, std::string_view text, std::span<const Language> targets,
                        const terms::TermContext& context, Mentioned& mentioned) {
  TermUses uses;
  for (const Language target : targets) {
    uses.push_back(terms::constraints_for(termbase, text, target, context, &mentioned.terms[target]));
  }
  return uses;
}

std::vector<Fixed> fixed_terms(const TermUses& uses) {
  std::vector<Fixed> fixed;
  if (uses.empty()) return fixed;
  for (const TermUse& use : uses.front()) {
    if (!is_name(*use.term)) continue;
    const bool person = use.term->kind == TermKind::person;
    Fixed piece{use.source, 'X', {}, person ? Named::person : Named::other, use.term->gender};
    for (const std::vector<TermUse>& of_target : uses) {
      const auto same = std::find_if(of_target.begin(), of_target.end(), [&](const TermUse& other) {
        return other.term == use.term && other.source == use.source && !other.any_of.empty();
      });
      if (same == of_target.end()) break;
      piece.renderings.push_back(same->any_of.front());
    }
    if (piece.renderings.size() == uses.size()) fixed.push_back(std::move(piece));
  }
  return fixed;
}

std::vector<Fixed> fixed_names(std::span<const Name> names, std::span<const Language> targets,
                               const terms::NameTable& table, Mentioned& mentioned) {
  std::vector<Fixed> fixed;
  for (const Name& name : names) {
    Fixed& piece = fixed.emplace_back(Fixed{name.span, 'X', {}, name.acronym ? Named::other : Named::unknown});
    for (const Language target : targets) piece.renderings.push_back(render_name(name, target, table, mentioned));
  }
  return fixed;
}

std::vector<Span> drop_initials(const Read& read, TermUses& uses) {
  constexpr int kInitialsMax = 3;
  std::vector<Span> initials;
  const std::vector<text::Word>& words = read.words;
  for (size_t i = 0; i < words.size(); ++i) {
    const text::Word& word = words[i];
    if (!word.all_capitals || word.span.size() > kInitialsMax) continue;
    const auto before = [&](size_t n) { return i >= n ? fold_case(words[i - n].text) : std::string(); };
    const bool listed = before(1) == "dan" && i >= 2 && !initials.empty() && initials.back() == words[i - 2].span;
    const bool announced = is_one_of(before(1), {"berinisial", "inisial", "tersangka", "terdakwa", "pelaku", "korban"});
    const std::string_view behind = slice_points(read.text, {word.span.end, word.span.end + 3});
    const bool aged = behind.size() == 3 && (behind.starts_with(" (") || behind.starts_with(", ")) &&
                      behind[2] >= '1' && behind[2] <= '9';
    if (!announced && !aged && !listed) continue;
    initials.push_back(word.span);
    for (std::vector<TermUse>& of_target : uses) {
      std::erase_if(of_target, [&](const TermUse& use) { return use.source == word.span; });
    }
  }
  return initials;
}

void drop_terms_in_names(std::span<const Name> names, const terms::NameTable& table, const IsWord& is_title,
                         const Read& read, TermUses& uses, std::vector<Fixed>& pieces) {
  const auto is_part = [&](std::string_view word) { return !table.form(word, Language::zh).empty(); };
  for (const Name& name : names) {
    const bool after_office = follows_office(read, name, is_title);  // "Pelatih Chelsea Enzo Maresca"
    const auto is_part_of_name = [&](Span span) {
      return name.span.contains(span) && span != name.span && is_part(slice_points(read.text, span)) &&
             !(after_office && span.begin == name.span.begin);
    };
    for (std::vector<TermUse>& of_target : uses) {
      std::erase_if(of_target, [&](const TermUse& use) {
        const TermKind kind = use.term->kind;
        return is_part_of_name(use.source) &&
               (kind == TermKind::place || kind == TermKind::organisation || kind == TermKind::person);
      });
    }
    std::erase_if(pieces, [&](const Fixed& piece) { return is_named(piece) && is_part_of_name(piece.source); });
  }
}

void join_generics(const Read& read, std::span<const Language> targets, const terms::Generics& generics,
                   const terms::Titles& titles, std::vector<Fixed>& pieces) {
  const std::vector<text::Word>& words = read.words;
  for (size_t p = 0; p < pieces.size(); ++p) {
    Fixed& piece = pieces[p];
    const auto begins = [&](const text::Word& word) { return word.span.begin == piece.source.begin; };
    const auto first = static_cast<size_t>(std::find_if(words.begin(), words.end(), begins) - words.begin());
    if (!is_named(piece) || first == words.size()) continue;
    const int free_from = p == 0 ? 0 : pieces[p - 1].source.end;
    // The longest generic that ends right before the name.
    std::string generic;
    size_t at = first;
    std::string candidate;
    for (size_t n = 1; n <= terms::Generics::kWordsMax && n <= first; ++n) {
      const text::Word& word = words[first - n];
      if (!words[first - n + 1].adjacent || word.span.begin < free_from) break;
      candidate = fold_case(word.text) + (candidate.empty() ? "" : " " + candidate);
      if (generics.contains(candidate)) generic = candidate, at = first - n;
    }
    // "Wali Kota Bandung" is a mayor, "ibu kota" a capital.
    const std::string before = at > 0 && words[at].adjacent ? fold_case(words[at - 1].text) : "";
    const bool other = titles.contains(before + " " + generic) || (generic == "kota" && before == "ibu");
    if (generic.empty() || other) continue;
    // "pasar Eropa", "puluhan rumah sakit Gaza": a word of the sentence and a place, no name.
    const bool small = !words[at].capital;
    const bool counted = is_one_of(before, kQuantities);
    const bool loose =
        piece.named != Named::unknown && (generic == "pasar" || (small && !is_one_of(generic, kOfPlaces)));
    if (counted || loose) continue;
    for (size_t t = 0; t < targets.size(); ++t) {
      if (auto joined = generics.join(generic, piece.renderings[t], targets[t]))
        // "la ville de Osaka": later, nothing inside a name is touched.
        piece.renderings[t] = text::apply_edits(*joined, text::elision_edits(*joined, targets[t]));
    }
    piece.source.begin = words[at].span.begin;
    piece.named = Named::other;
  }
}

}  // namespace kabar::translate
