#include "train/name_masking.h"

#include <sentencepiece_processor.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>

#include "base/utf8.h"
#include "mt/placeholder.h"

namespace kabar::train {
namespace {

constexpr std::string_view kSpace = "\u2581";  // ▁
constexpr size_t kWordsMax = 4;

using sentencepiece::SentencePieceProcessor;

bool begins_word(const SentencePieceProcessor& vocabulary, uint16_t piece) {
  return vocabulary.IdToPiece(piece).starts_with(kSpace);
}

// The first code point after the space sign; 0 if there is none.
char32_t first_letter(std::string_view piece) {
  if (piece.starts_with(kSpace)) piece.remove_prefix(kSpace.size());
  const std::u32string points = decode_utf8(piece);
  return points.empty() ? 0 : points.front();
}

bool is_word_part(std::string_view piece) {
  const char32_t c = first_letter(piece);
  return c != 0 && (u_isalnum(static_cast<UChar32>(c)) || c == U'-' || c == U'\'');
}

std::string text_of(const SentencePieceProcessor& vocabulary, const std::vector<uint16_t>& pieces, size_t begin,
                    size_t end) {
  std::string text;
  for (size_t i = begin; i < end; ++i) text += vocabulary.IdToPiece(pieces[i]);
  if (text.starts_with(kSpace)) text.erase(0, kSpace.size());
  return text;
}

bool all_script(std::u32string_view text, UScriptCode script) {
  return std::all_of(text.begin(), text.end(), [&](char32_t c) {
    UErrorCode error = U_ZERO_ERROR;
    const bool neutral = c == U'・' || c == U'ー' || c == U'·';
    return neutral || uscript_getScript(static_cast<UChar32>(c), &error) == script;
  });
}

bool looks_like_name(std::string_view text, Language language) {
  const std::u32string points = decode_utf8(text);
  if (points.empty()) return false;
  if (language == Language::ja) return points.size() >= 2 && all_script(points, USCRIPT_KATAKANA);
  if (language == Language::zh) return points.size() >= 2 && points.size() <= 8 && all_script(points, USCRIPT_HAN);
  if (language == Language::ar) return points.size() >= 3 && u_isalpha(static_cast<UChar32>(points.front()));
  return u_isupper(static_cast<UChar32>(points.front()));
}

int placeholder_piece(const SentencePieceProcessor& vocabulary, int index) {
  return vocabulary.PieceToId(mt::to_string({'X', index}));
}

}  // namespace

NameMasker::NameMasker(const Vocabularies& vocabularies) : vocabularies_(vocabularies) {}

std::vector<NameMasker::Run> NameMasker::names(const PackedRecord& record) const {
  const SentencePieceProcessor& vocabulary = vocabularies_.source();
  const std::vector<uint16_t>& pieces = record.pieces;
  const auto is_capital = [&](size_t i) {
    const std::string& piece = vocabulary.IdToPiece(pieces[i]);
    return piece.starts_with(kSpace) && u_isupper(static_cast<UChar32>(first_letter(piece)));
  };
  std::vector<Run> runs;
  size_t i = 1;
  while (i < pieces.size() && !begins_word(vocabulary, pieces[i])) ++i;  // the first word is capitalised anyway
  while (i < pieces.size()) {
    if (!is_capital(i)) {
      ++i;
      continue;
    }
    Run run{i, i};
    for (size_t words = 0; run.end < pieces.size() && is_capital(run.end) && words < kWordsMax; ++words) {
      ++run.end;
      while (run.end < pieces.size() && !begins_word(vocabulary, pieces[run.end]) &&
             is_word_part(vocabulary.IdToPiece(pieces[run.end]))) {
        ++run.end;
      }
      // Punctuation ends a name.
      if (run.end < pieces.size() && !begins_word(vocabulary, pieces[run.end])) break;
    }
    runs.push_back(run);
    i = run.end;
  }
  return runs;
}

std::optional<NameMasker::Run> NameMasker::counterpart(const PackedTarget& target, const Run& name) const {
  const auto in_name = [&](const PieceLink& link) { return link.source >= name.begin && link.source < name.end; };
  Run run{target.pieces.size(), 0};
  for (const PieceLink& link : target.links) {
    if (!in_name(link)) continue;
    run.begin = std::min<size_t>(run.begin, link.target);
    run.end = std::max<size_t>(run.end, link.target + size_t{1});
  }
  if (run.begin >= run.end) return std::nullopt;
  for (const PieceLink& link : target.links) {
    if (link.target >= run.begin && link.target < run.end && !in_name(link)) return std::nullopt;
  }
  const Language language = kHeads[target.head];
  const SentencePieceProcessor& vocabulary = vocabularies_.target(target.head);
  if (language != Language::zh && language != Language::ja) {
    if (!begins_word(vocabulary, target.pieces[run.begin])) return std::nullopt;
    const bool at_border = run.end == target.pieces.size() || begins_word(vocabulary, target.pieces[run.end]) ||
                           !is_word_part(vocabulary.IdToPiece(target.pieces[run.end]));
    if (!at_border) return std::nullopt;
  }
  const std::string text = text_of(vocabulary, target.pieces, run.begin, run.end);
  if (text.find(kSpace) == 0 || !looks_like_name(text, language)) return std::nullopt;
  return run;
}

bool NameMasker::mask_target(const PackedTarget& target, const std::vector<Run>& names, int first_index,
                             const std::vector<int>& new_positions, PackedTarget& masked) const {
  std::vector<std::optional<size_t>> name_at(target.pieces.size());
  for (size_t n = 0; n < names.size(); ++n) {
    const std::optional<Run> run = counterpart(target, names[n]);
    if (!run) return false;
    for (size_t j = run->begin; j < run->end; ++j) {
      if (name_at[j]) return false;
      name_at[j] = n;
    }
  }
  const SentencePieceProcessor& vocabulary = vocabularies_.target(target.head);
  masked.head = target.head;
  std::vector<int> positions(target.pieces.size());
  for (size_t j = 0; j < target.pieces.size(); ++j) {
    const bool first = name_at[j] && (j == 0 || name_at[j - 1] != name_at[j]);
    if (!name_at[j]) {
      masked.pieces.push_back(target.pieces[j]);
    } else if (first) {
      if (begins_word(vocabulary, target.pieces[j])) {
        masked.pieces.push_back(static_cast<uint16_t>(vocabulary.PieceToId(kSpace)));
      }
      const int index = first_index + static_cast<int>(*name_at[j]);
      masked.pieces.push_back(static_cast<uint16_t>(placeholder_piece(vocabulary, index)));
    }
    positions[j] = static_cast<int>(masked.pieces.size()) - 1;
  }
  for (const PieceLink& link : target.links) {
    masked.links.push_back(
        {static_cast<uint16_t>(new_positions[link.source]), static_cast<uint16_t>(positions[link.target])});
  }
  std::sort(masked.links.begin(), masked.links.end(), [](const PieceLink& a, const PieceLink& b) {
    return a.target != b.target ? a.target < b.target : a.source < b.source;
  });
  masked.links.erase(std::unique(masked.links.begin(), masked.links.end()), masked.links.end());
  return true;
}

std::optional<PackedRecord> NameMasker::mask(const PackedRecord& record) const {
  const SentencePieceProcessor& vocabulary = vocabularies_.source();
  int first_index = 0;  // after the terms that are masked already
  for (const uint16_t piece : record.pieces) {
    const auto placeholder = mt::parse_placeholder(vocabulary.IdToPiece(piece));
    if (placeholder && placeholder->kind == 'X') first_index = std::max(first_index, placeholder->index + 1);
  }
  std::vector<Run> runs = names(record);
  const int room = mt::kPlaceholdersPerKind - first_index;
  // Numbers go by place in the sentence, so names are only added where no term was masked before.
  if (runs.empty() || room != mt::kPlaceholdersPerKind || static_cast<int>(runs.size()) > room) return std::nullopt;

  PackedRecord masked{record.source_language, record.group, {}, {}};
  std::vector<int> positions(record.pieces.size());
  size_t next = 0;
  for (size_t i = 0; i < record.pieces.size(); ++i) {
    if (next < runs.size() && i >= runs[next].end) ++next;
    const bool inside = next < runs.size() && i >= runs[next].begin;
    if (!inside) {
      masked.pieces.push_back(record.pieces[i]);
    } else if (i == runs[next].begin) {
      masked.pieces.push_back(static_cast<uint16_t>(vocabulary.PieceToId(kSpace)));
      masked.pieces.push_back(static_cast<uint16_t>(placeholder_piece(vocabulary, static_cast<int>(next))));
    }
    positions[i] = static_cast<int>(masked.pieces.size()) - 1;
  }
  for (const PackedTarget& target : record.targets) {
    PackedTarget copy;
    if (mask_target(target, runs, first_index, positions, copy)) masked.targets.push_back(std::move(copy));
  }
  if (masked.targets.empty()) return std::nullopt;
  return masked;
}

}  // namespace kabar::train
