#include "translate/protect.h"

#include <algorithm>
#include <array>
#include <optional>

#include <unicode/uchar.h>

#include "base/utf8.h"
#include "text/unit_symbols.h"
#include "translate/articles.h"

namespace kabar::translate {
namespace {

constexpr int kUnitPointsMax = 10;  // a blank, the longest symbol and what comes after it

using text::Fact;
using text::FactKind;

char placeholder_kind(FactKind kind) {
  switch (kind) {
    case FactKind::percent:
      return 'P';
    case FactKind::money:
      return 'M';
    case FactKind::date:
      return 'D';
    case FactKind::time:
      return 'T';
    case FactKind::url:
    case FactKind::email:
    case FactKind::handle:
    case FactKind::hashtag:
      return 'C';
    case FactKind::number:
    case FactKind::score:
    case FactKind::range:
      return 'N';
  }
  return 'N';
}

bool has_figure(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool joins_without_spaces(Language language) { return language == Language::zh || language == Language::ja; }

// Whether a letter or figure stands at `point`.
bool is_word(std::string_view text, const PointIndex& index, int point) {
  if (point < 0 || point >= index.size()) return false;
  const std::u32string character = decode_utf8(slice_points(text.substr(index.byte_at(point), 4), {0, 1}));
  return !character.empty() && u_isalnum(static_cast<UChar32>(character[0]));
}

// Behind a word, a closing mark or another placeholder.
bool needs_blank(std::string_view text, const PointIndex& index, int before) {
  if (before < 0) return false;
  if (is_word(text, index, before)) return true;
  const std::string_view mark = text.substr(index.byte_at(before), index.byte_at(before + 1) - index.byte_at(before));
  return mark == "\u27E7" || mark == "," || mark == "." || mark == ";" || mark == ":" || mark == ")" || mark == "،";
}

std::string capitalised(const std::string& text) {
  std::u32string points = decode_utf8(text);
  if (!points.empty()) points[0] = static_cast<char32_t>(u_totitle(static_cast<UChar32>(points[0])));
  return encode_utf8(points);
}

bool is_counter(std::string_view text) {
  static constexpr std::string_view kCounters[] = {"年", "岁", "歳", "个", "個", "名", "人", "件", "条", "日"};
  return std::any_of(std::begin(kCounters), std::end(kCounters),
                     [&](std::string_view counter) { return text.starts_with(counter); });
}

// "l'" and "d'" before a rendering that has its own article: l'hôpital, de la ville.
void join_french(std::string_view before, Edit& edit) {
  const std::string& name = edit.replacement;
  const bool article =
      name.starts_with("l'") || name.starts_with("le ") || name.starts_with("la ") || name.starts_with("les ");
  if (!article || before.size() < 2) return;
  const std::string_view end = before.substr(before.size() - 2);
  if (end == "l'" || end == "L'") {
    edit.span.begin -= 2;
  } else if (end == "d'") {
    edit.span.begin -= 2;
    edit.replacement.insert(0, "de ");
  }
}

// The article before a person whose name opens the source, too: "The Prabowo came."
int article_points(std::string_view translation, Language target) {
  static constexpr std::string_view kEnglish[] = {"The "};
  static constexpr std::string_view kFrench[] = {"Le ", "La ", "Les ", "L'", "L’"};
  const auto opening = [&](std::span<const std::string_view> articles) {
    const auto found = std::find_if(articles.begin(), articles.end(),
                                    [&](std::string_view article) { return translation.starts_with(article); });
    return found == articles.end() ? 0 : count_points(*found);
  };
  return target == Language::en ? opening(kEnglish) : target == Language::fr ? opening(kFrench) : 0;
}

// How many code points at the end of `before` make the verb that opens the clause feminine: the ت of "قالت ", with the
// blank. Words in ات, وت and يت are nouns.
int feminine_points(std::string_view before) {
  static constexpr std::string_view kNouns[] = {"ات", "وت", "يت", "إنترنت"};
  if (!before.ends_with("ت ")) return 0;
  const std::string_view verb = before.substr(before.rfind(' ', before.size() - 2) + 1);  // npos + 1 is the start
  const std::string_view word = verb.substr(0, verb.size() - 1);
  const bool noun = std::any_of(std::begin(kNouns), std::end(kNouns), [&](auto end) { return word.ends_with(end); });
  const std::string_view rest = before.substr(0, before.size() - verb.size());
  const bool opens = rest.empty() || rest.ends_with("، ") || rest.ends_with(". ") || rest.ends_with("\" ");
  return opens && !noun && count_points(word) >= 4 ? 2 : 0;
}

}  // namespace

namespace {

// "lima belas", "sepuluh juta", "dua persen": every language writes them with figures.
bool is_long_number(const Fact& fact) {
  if (!fact.spelled || fact.approximate || fact.ordinal) return false;
  return fact.kind == FactKind::percent || (fact.kind == FactKind::number && fact.text.find(' ') != std::string::npos);
}

}  // namespace

std::vector<Fixed> fixed_facts(std::string_view text, Language source, std::span<const Language> targets,
                               const text::FactContext& context) {
  std::vector<Fixed> fixed;
  for (const Fact& fact : text::find_facts(text, source, context)) {
    const char kind = placeholder_kind(fact.kind);
    if (kind != 'C' && !has_figure(fact.text) && !is_long_number(fact)) continue;
    Fixed& piece = fixed.emplace_back(Fixed{fact.span, kind, {}});
    std::optional<text::UnitSymbol> unit;
    if (fact.kind == FactKind::number && source == Language::id) {
      unit = text::find_unit_symbol(slice_points(text, {fact.span.end, fact.span.end + kUnitPointsMax}));
    }
    // A unit that some target has no form for stays in the text; its figure is held all the same.
    if (unit && std::any_of(targets.begin(), targets.end(),
                            [&](Language target) { return text::write_unit(unit->number, "1", target).empty(); })) {
      unit.reset();
    }
    if (unit) piece.source.end += unit->points, piece.named = Named::measure;
    for (const Language target : targets) {
      const std::string written = kind == 'C' ? fact.text : text::write_fact(fact, target);
      piece.renderings.push_back(unit ? text::write_unit(unit->number, written, target) : written);
    }
    const bool complete = std::none_of(piece.renderings.begin(), piece.renderings.end(),
                                       [](const std::string& rendering) { return rendering.empty(); });
    if (!complete) fixed.pop_back();
  }
  return fixed;
}

std::vector<Fixed> merge_fixed(std::vector<Fixed> preferred, const std::vector<Fixed>& others) {
  const size_t count = preferred.size();
  for (const Fixed& other : others) {
    const bool free = std::none_of(preferred.begin(), preferred.begin() + static_cast<std::ptrdiff_t>(count),
                                   [&](const Fixed& piece) { return piece.source.overlaps(other.source); });
    if (free) preferred.push_back(other);
  }
  std::sort(preferred.begin(), preferred.end(),
            [](const Fixed& a, const Fixed& b) { return a.source.begin < b.source.begin; });
  return preferred;
}

Protected protect(std::string_view text, const std::vector<Fixed>& fixed, std::vector<Edit> rewritten) {
  Protected result;
  std::array<int, mt::kPlaceholderKinds.size()> used{};
  std::vector<Edit> edits = std::move(rewritten);
  for (const Fixed& piece : fixed) {
    int& index = used[mt::kPlaceholderKinds.find(piece.kind)];
    if (index == mt::kPlaceholdersPerKind) continue;
    const mt::Placeholder placeholder{piece.kind, index++};
    edits.push_back({piece.source, mt::to_string(placeholder)});
    result.held.push_back({placeholder, piece});
  }
  std::sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.span < b.span; });
  result.source = EditedText(text, edits);
  return result;
}

EditedText restore(std::string_view translation, const std::vector<Held>& held, size_t target_index, Language target,
                   bool headline) {
  const PointIndex index(translation);
  const auto is_space = [&](int point) {
    return point >= 0 && point < index.size() && translation[index.byte_at(point)] == ' ';
  };
  std::vector<Edit> edits;
  for (int point = 0; point < index.size(); ++point) {
    const auto placeholder = mt::parse_placeholder(translation.substr(index.byte_at(point)));
    if (!placeholder) continue;
    const auto found =
        std::find_if(held.begin(), held.end(), [&](const Held& item) { return item.placeholder == *placeholder; });
    Edit edit{{point, point + mt::kPlaceholderPoints}, {}};
    if (found != held.end()) edit.replacement = found->fixed.renderings.at(target_index);
    if (joins_without_spaces(target)) {
      const int free_from = edits.empty() ? 0 : edits.back().span.end;
      while (edit.span.begin > free_from && is_space(edit.span.begin - 1)) --edit.span.begin;
      while (is_space(edit.span.end)) ++edit.span.end;
      const bool thing =
          found != held.end() && (found->fixed.named == Named::other || found->fixed.named == Named::titled);
      if (thing && translation.substr(index.byte_at(edit.span.end)).starts_with("氏")) ++edit.span.end;
      // 5公斤名: a counter that the model wrote for a bare figure.
      const bool measure = found != held.end() && found->fixed.named == Named::measure;
      if (measure && is_counter(translation.substr(index.byte_at(edit.span.end)))) ++edit.span.end;
    } else if (!edit.replacement.empty()) {
      if (target == Language::fr) join_french(translation.substr(0, index.byte_at(edit.span.begin)), edit);
      if (found->fixed.named == Named::other && !headline) {
        edit.replacement.insert(
            0, missing_article(translation.substr(0, index.byte_at(edit.span.begin)), edit.replacement, target));
      }
      const bool titled = found->fixed.named == Named::titled;
      const bool person = may_be_person(found->fixed.named);
      if (person && point > 0 && found->fixed.source.begin == 0 && point == article_points(translation, target)) {
        edit.span.begin = 0;
      }
      // "the President Prabowo"
      const std::string_view before = translation.substr(0, index.byte_at(edit.span.begin));
      if (titled && target == Language::en && (before.ends_with(" the ") || before == "The ")) edit.span.begin -= 4;
      if (target == Language::ar && found->fixed.gender == 'm') edit.span.begin -= feminine_points(before);
      if (edit.span.begin == 0 && found->fixed.kind != 'C') edit.replacement = capitalised(edit.replacement);
      // A model may write a placeholder without the blank that a word would have.
      if (needs_blank(translation, index, edit.span.begin - 1)) edit.replacement.insert(0, 1, ' ');
      const size_t behind = index.byte_at(edit.span.end);
      if (is_word(translation, index, edit.span.end) && !mt::parse_placeholder(translation.substr(behind))) {
        edit.replacement += ' ';
      }
    }
    // "at 7 p.m." ends its sentence with one stop.
    const std::string_view rest = translation.substr(index.byte_at(edit.span.end));
    if (edit.replacement.ends_with("m.") && rest.starts_with(".") && !rest.starts_with("..")) ++edit.span.end;
    point = edit.span.end - 1;
    edits.push_back(std::move(edit));
  }
  return EditedText(translation, edits);
}

}  // namespace kabar::translate
