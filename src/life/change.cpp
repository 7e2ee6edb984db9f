#include "life/change.h"

#include <algorithm>
#include <map>
#include <string>

#include <fmt/format.h>
#include <unicode/uchar.h>

#include "base/one_of.h"
#include "base/utf8.h"
#include "life/words.h"
#include "text/facts/fact.h"

namespace kabar::life {
namespace {

// Words that change what is said of somebody although they differ by little, or that a misspelling may turn into:
// negation, offices, the stations of a criminal case, who says it. Compared by folded form.
constexpr std::string_view kLoadedWords[] = {
    "tidak",     "tak",     "bukan",     "belum",    "jangan",    "tanpa",    "calon",    "mantan",    "eks",
    "wakil",     "plt",     "pj",        "presiden", "menteri",   "gubernur", "bupati",   "wali",      "kota",
    "direktur",  "ketua",   "kepala",    "hakim",    "jaksa",     "saksi",    "terlapor", "tersangka", "terdakwa",
    "terpidana", "korban",  "bebas",     "tewas",    "meninggal", "disita",   "disitat",  "menurut",   "kata",
    "ujar",      "mengaku", "membantah", "menolak",  "menerima",  "diduga",   "dituduh",  "didakwa",   "divonis",
    "naik",      "turun",   "kalah",     "menang",   "semua",     "sebagian", "hanya",    "harus",     "boleh",
    "wajib",     "bisa",    "akan",      "sudah",    "telah",     "sedang",   "lebih",    "kurang",    "sebelum",
    "sesudah",   "setelah", "juta",      "ribu",     "miliar",    "triliun",  "ratus",    "puluh",
};

bool is_loaded(std::string_view folded) { return is_one_of(folded, kLoadedWords); }

bool begins_with_capital(std::string_view word) {
  const std::u32string points = decode_utf8(word);
  return !points.empty() && u_isupper(static_cast<UChar32>(points.front()));
}

bool has_digit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "anak-anak" is a word as its parts are.
bool is_word(std::string_view folded, const KnowsWord& knows) {
  while (true) {
    const size_t hyphen = folded.find('-');
    if (!knows(folded.substr(0, hyphen))) return false;
    if (hyphen == std::string_view::npos) return true;
    folded.remove_prefix(hyphen + 1);
  }
}

// A misspelling: few letters differ, neither spelling is a name or a word that carries the meaning, and just one of the
// two is a word at all. Of two words each says something ("membela", "mencela"); of two unknown ones nobody can tell.
bool is_misspelling(std::string_view before, std::string_view after, const KnowsWord& knows) {
  const std::string folded_before = fold_case(before);
  const std::string folded_after = fold_case(after);
  if (folded_before == folded_after) return true;  // capitals only
  if (has_digit(before) || has_digit(after)) return false;
  if (begins_with_capital(before) || begins_with_capital(after)) return false;
  if (is_loaded(folded_before) || is_loaded(folded_after)) return false;
  const int length = std::min(count_points(before), count_points(after));
  const int distance = edit_distance(folded_before, folded_after);
  const bool close = distance == 1 ? length >= 4 : distance == 2 && length >= 6;
  return close && is_word(folded_before, knows) != is_word(folded_after, knows);
}

bool is_quote(char32_t point) {
  return point == U'"' || point == U'“' || point == U'”' || point == U'«' || point == U'»';
}

// What stands between quotation marks, which must stay word for word. A quotation that goes on in the next sentence
// reaches to the end of this one.
std::vector<std::string> quotations(std::string_view text) {
  std::vector<std::string> parts;
  bool inside = false;
  for (char32_t point : decode_utf8(text)) {
    if (is_quote(point)) {
      inside = !inside;
      if (inside) parts.emplace_back();
    } else if (inside) {
      append_utf8(parts.back(), point);
    }
  }
  return parts;
}

std::string fact_difference(std::string_view before, std::string_view after, Language language) {
  const std::vector<text::Fact> old_facts = text::find_facts(before, language);
  const std::vector<text::Fact> new_facts = text::find_facts(after, language);
  for (size_t i = 0; i < std::max(old_facts.size(), new_facts.size()); ++i) {
    if (i >= old_facts.size()) return fmt::format("\"{}\" was added", new_facts[i].text);
    if (i >= new_facts.size()) return fmt::format("\"{}\" was removed", old_facts[i].text);
    if (!text::same_fact(old_facts[i], new_facts[i])) {
      return fmt::format("\"{}\" became \"{}\"", old_facts[i].text, new_facts[i].text);
    }
  }
  return "";
}

}  // namespace

std::string_view name_of(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::first:
      return "first";
    case ChangeKind::typo:
      return "typo";
    case ChangeKind::substance:
      break;
  }
  return "substance";
}

std::string difference_in_substance(std::string_view before, std::string_view after, Language language,
                                    const KnowsWord& knows) {
  if (std::string facts = fact_difference(before, after, language); !facts.empty()) return facts;
  if (quotations(before) != quotations(after)) return "a quotation changed";
  if (before.ends_with('?') != after.ends_with('?')) return "a statement became a question, or a question a statement";
  const std::vector<std::string> old_words = words_of(before);
  const std::vector<std::string> new_words = words_of(after);
  // Words are compared one by one: a word more or less is substance anyway, so no diff is needed.
  for (size_t i = 0; i < std::min(old_words.size(), new_words.size()); ++i) {
    if (old_words[i] == new_words[i] || is_misspelling(old_words[i], new_words[i], knows)) continue;
    if (old_words.size() > new_words.size()) return fmt::format("\"{}\" was removed", old_words[i]);
    if (old_words.size() < new_words.size()) return fmt::format("\"{}\" was added", new_words[i]);
    return fmt::format("\"{}\" became \"{}\"", old_words[i], new_words[i]);
  }
  if (old_words.size() > new_words.size()) return fmt::format("\"{}\" was removed", old_words[new_words.size()]);
  if (old_words.size() < new_words.size()) return fmt::format("\"{}\" was added", new_words[old_words.size()]);
  return "";
}

Change classify_change(std::span<const store::StoredSegment> previous, const Inherited& current, Language language,
                       const KnowsWord& knows) {
  if (previous.empty()) return {ChangeKind::first, ""};
  std::map<std::string_view, std::string_view> old_texts;
  for (const store::StoredSegment& stored : previous) old_texts[stored.segment.id] = stored.segment.text;
  for (const auto& [segment, predecessor] : current.segments) {
    if (old_texts.contains(segment.id)) continue;
    if (predecessor.empty()) return {ChangeKind::substance, fmt::format("added: {}", segment.text)};
    if (segment.block_type == BlockType::headline) return {ChangeKind::substance, "the headline changed"};
    const std::string difference = difference_in_substance(old_texts.at(predecessor), segment.text, language, knows);
    if (!difference.empty()) return {ChangeKind::substance, difference};
  }
  if (current.removed.empty()) return {ChangeKind::typo, ""};
  return {ChangeKind::substance, fmt::format("removed: {}", old_texts.at(current.removed.front()))};
}

}  // namespace kabar::life
