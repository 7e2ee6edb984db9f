#include "translate/prepare.h"

#include <algorithm>
#include <iterator>

#include <unicode/uchar.h>

#include "base/one_of.h"
#include "base/utf8.h"
#include "text/title_case.h"
#include "translate/case_evidence.h"
#include "translate/join_titles.h"
#include "translate/periods.h"

namespace kabar::translate {
namespace {

// Whether letters are left when the fixed pieces are taken out.
bool has_words(const std::u32string& points, const std::vector<Fixed>& fixed) {
  for (size_t i = 0; i < points.size(); ++i) {
    const int at = static_cast<int>(i);
    const bool inside = std::any_of(fixed.begin(), fixed.end(), [&](const Fixed& piece) {
      return piece.source.begin <= at && at < piece.source.end;
    });
    if (!inside && u_isalpha(static_cast<UChar32>(points[i]))) return true;
  }
  return false;
}

bool overlaps_any(Span span, const std::vector<Fixed>& fixed) {
  return std::any_of(fixed.begin(), fixed.end(), [&](const Fixed& piece) { return piece.source.overlaps(span); });
}

bool overlaps_any(Span span, const std::vector<Span>& spans) {
  return std::any_of(spans.begin(), spans.end(), [&](Span other) { return other.overlaps(span); });
}

bool overlaps_any(Span span, const std::vector<Edit>& edits) {
  return std::any_of(edits.begin(), edits.end(), [&](const Edit& edit) { return edit.span.overlaps(span); });
}

bool is_in_words(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) &&
         text.find_first_of("@/#") == std::string_view::npos;
}

// "AS" has other forms in other languages ("the US", 米国): what the termbase says is no name to be copied.
bool is_said_by_a_term(Span span, const TermUses& uses) {
  return std::any_of(uses.begin(), uses.end(), [&](const std::vector<terms::TermUse>& target) {
    return std::any_of(target.begin(), target.end(),
                       [&](const terms::TermUse& use) { return use.source.contains(span) && !use.any_of.empty(); });
  });
}

bool is_inside_a_term(Span span, const TermUses& uses) {
  return std::any_of(uses.begin(), uses.end(), [&](const std::vector<terms::TermUse>& target) {
    return std::any_of(target.begin(), target.end(),
                       [&](const terms::TermUse& use) { return use.source.contains(span) && use.source != span; });
  });
}

// As the model's training text was written: to the model a typographic quote would be an unknown word.
std::vector<Edit> plain_characters(const std::u32string& points) {
  std::vector<Edit> edits;
  for (size_t i = 0; i < points.size(); ++i) {
    const char32_t plain = text::plain_character(points[i]);
    const int at = static_cast<int>(i);
    if (plain != points[i]) edits.push_back({{at, at + 1}, encode_utf8(std::u32string_view(&plain, 1))});
  }
  return edits;
}

// "Lima calon unggul.": what opens a sentence and is a number is no place.
void drop_numbers(const Read& read, int year, TermUses& uses) {
  std::vector<Span> openers;
  for (const text::Word& word : read.words) {
    if (word.sentence_start) openers.push_back(word.span);
  }
  const auto opens = [&](const terms::TermUse& use) { return is_one_of(use.source, openers); };
  const bool any = std::any_of(uses.begin(), uses.end(), [&](const std::vector<terms::TermUse>& of_target) {
    return std::any_of(of_target.begin(), of_target.end(), opens);
  });
  if (!any) return;  // most often: facts are dear to find
  const std::vector<text::Fact> facts = text::find_facts(read.text, Language::id, {year});
  const auto is_number = [&](const terms::TermUse& use) {
    return std::any_of(facts.begin(), facts.end(),
                       [&](const text::Fact& fact) { return fact.spelled && fact.span.contains(use.source); });
  };
  for (std::vector<terms::TermUse>& of_target : uses) {
    std::erase_if(of_target, [&](const terms::TermUse& use) { return opens(use) && is_number(use); });
  }
}

// What keeps its capitals also in a headline: dates, and the names of the termbase but for "Lima", which is five there.
std::vector<Span> known_names(const std::string& text, const terms::TermContext& context, Language language,
                              const terms::Termbase& termbase) {
  std::vector<Span> spans;
  std::vector<Span> numbers;
  for (const text::Fact& fact : text::find_facts(text, language, {context.year})) {
    if (fact.kind == text::FactKind::date) spans.push_back(fact.span);
    if (fact.spelled) numbers.push_back(fact.span);
  }
  const Language target = language == Language::en ? Language::fr : Language::en;  // any in which names have renderings
  for (const terms::TermUse& use : terms::constraints_for(termbase, text, target, context, nullptr)) {
    const bool number = std::find(numbers.begin(), numbers.end(), use.source) != numbers.end();
    if (is_name(*use.term) && !number) spans.push_back(use.source);
  }
  return spans;
}

// The text of the segment; a headline in title case as a sentence.
std::string plain_case(const Segment& segment, const CaseEvidence& evidence, const terms::TermContext& context,
                       const checks::Knowledge& knowledge) {
  const std::vector<text::Word> words = text::words_of(decode_utf8(segment.text));
  if (!text::is_title_case(segment.text, words, is_headline(segment.block_type))) return segment.text;
  return text::sentence_case(
      segment.text, words, known_names(segment.text, context, evidence.language, knowledge.termbase(evidence.language)),
      [&](const text::Word& word) { return is_written_small(word, evidence, knowledge); });
}

void add_edits(std::vector<Edit>& edits, std::vector<Edit> more, const std::vector<Fixed>& fixed) {
  std::erase_if(more,
                [&](const Edit& edit) { return overlaps_any(edit.span, fixed) || overlaps_any(edit.span, edits); });
  edits.insert(edits.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  std::sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.span.begin < b.span.begin; });
}

}  // namespace

std::vector<Prepared> prepare(std::span<const Segment> article, std::span<const size_t> wanted, const Context& context,
                              std::span<const Language> targets, const mt::Translator& translator,
                              const checks::Knowledge& knowledge) {
  const terms::Termbase& termbase = knowledge.termbase(context.source);
  CaseEvidence evidence = collect_case_evidence(article, context.source, knowledge);
  const bool placeholders = std::all_of(targets.begin(), targets.end(), [&](Language target) {
    return translator.keeps_placeholders(context.source, target);
  });
  Mentioned mentioned;
  std::vector<Prepared> all;
  for (size_t i = 0; i < article.size(); ++i) {
    Prepared& one = all.emplace_back();
    one.segment = article[i];
    if (!context.continuous) {
      mentioned = {};
      evidence = collect_case_evidence(article.subspan(i, 1), context.source, knowledge);
    } else if (i > 0) {
      one.context_before = article[i - 1].text;
    }
    const terms::TermContext term_context{one.context_before, context.section, context.year};
    const bool has_case_evidence = context.source == Language::id || context.source == Language::en;
    const std::string text =
        has_case_evidence ? plain_case(article[i], evidence, term_context, knowledge) : article[i].text;
    const Read read(text);
    one.uses = find_term_uses(termbase, text, targets, term_context, mentioned);
    if (context.source == Language::id) drop_numbers(read, context.year, one.uses);
    const std::vector<Span> initials =
        context.source == Language::id ? drop_initials(read, one.uses) : std::vector<Span>();
    std::vector<Fixed> facts = fixed_facts(text, context.source, targets, {context.year});
    // "Perang Tiga Puluh Tahun": a number in words may be part of a term.
    std::erase_if(facts, [&](const Fixed& fact) {
      return is_in_words(slice_points(text, fact.source)) && is_inside_a_term(fact.source, one.uses);
    });
    one.fixed = merge_fixed(std::move(facts), fixed_terms(one.uses));
    std::vector<Edit> rewritten;
    if (context.source == Language::id) {
      rewritten = terms::expand_acronyms(termbase, text, term_context, mentioned.expanded);
      add_edits(rewritten, spell_periods(text), {});
      std::erase_if(rewritten, [&](const Edit& edit) {
        return overlaps_any(edit.span, one.fixed) || overlaps_any(edit.span, initials);
      });
      const BlockType block = text == article[i].text ? article[i].block_type : BlockType::headline;
      // "Striker Liverpool Mohamed Salah": a title that opens a sentence is no name, in whatever language it is.
      const IsWord is_title = [&](const text::Word& word) { return knowledge.titles().contains(fold_case(word.text)); };
      const IsWord is_word = [&](const text::Word& word) {
        return is_plain_word(word, knowledge) || (word.sentence_start && is_title(word));
      };
      const std::vector<Name> names = find_names(read, block, evidence.names, is_word);
      drop_terms_in_names(names, knowledge.names(), is_title, read, one.uses, one.fixed);
      std::vector<Span> held;
      for (const Fixed& piece : one.fixed) held.push_back(piece.source);
      const IsWord is_generic = [&](const text::Word& word) {
        return knowledge.generics().contains(fold_case(word.text));
      };
      std::vector<Fixed> free_names =
          fixed_names(cut_names(read, names, held, is_generic), targets, knowledge.names(), mentioned);
      std::erase_if(free_names, [&](const Fixed& name) {
        return is_said_by_a_term(name.source, one.uses) || overlaps_any(name.source, rewritten);
      });
      one.fixed = merge_fixed(std::move(one.fixed), free_names);
      join_generics(read, targets, knowledge.generics(), knowledge.titles(), one.fixed);
      join_titles(read, targets, knowledge.titles(), knowledge.names(), one.fixed);
      std::erase_if(rewritten, [&](const Edit& edit) { return overlaps_any(edit.span, one.fixed); });
      // To the model, words with capitals are strangers.
      for (const text::Word& word : plain_capitals(read, names, is_word)) {
        if (overlaps_any(word.span, one.fixed) || overlaps_any(word.span, rewritten)) continue;
        rewritten.push_back({word.span, fold_case(word.text)});
      }
      std::sort(rewritten.begin(), rewritten.end(), [](const Edit& a, const Edit& b) { return a.span < b.span; });
    }
    const std::u32string points = decode_utf8(text);
    one.wordless = !has_words(points, one.fixed);
    one.placeholders = placeholders || one.wordless;
    add_edits(rewritten, plain_characters(points), one.placeholders ? one.fixed : std::vector<Fixed>{});
    one.sent = protect(text, one.placeholders ? one.fixed : std::vector<Fixed>{}, std::move(rewritten));
  }
  std::vector<Prepared> result;
  for (const size_t i : wanted) result.push_back(all.at(i));
  return result;
}

std::vector<mt::SentenceConstraints> constraints_of(const Prepared& prepared, Span piece) {
  std::vector<mt::SentenceConstraints> constraints;
  const auto within = [&](Span source) {
    const Span sent = prepared.sent.source.to_edited(source);
    return piece.contains(sent) ? std::optional(Span{sent.begin - piece.begin, sent.end - piece.begin}) : std::nullopt;
  };
  const size_t first = prepared.demanded.value_or(0);
  const size_t end = prepared.demanded ? first + 1 : prepared.uses.size();
  for (size_t t = first; t < end; ++t) {
    mt::SentenceConstraints& asked = constraints.emplace_back();
    if (!prepared.placeholders) {
      for (const Fixed& fixed : prepared.fixed) {
        if (const auto span = within(fixed.source)) asked.required.push_back({*span, {fixed.renderings[t]}});
      }
    }
    if (!prepared.demanded) continue;
    for (const terms::TermUse& use : prepared.uses[t]) {
      const auto span = within(use.source);
      const bool held = std::any_of(prepared.fixed.begin(), prepared.fixed.end(),
                                    [&](const Fixed& fixed) { return fixed.source.overlaps(use.source); });
      if (!span || held) continue;
      if (!use.any_of.empty()) asked.required.push_back({*span, use.any_of});
      asked.forbidden.insert(asked.forbidden.end(), use.forbidden.begin(), use.forbidden.end());
    }
  }
  const bool nothing = std::all_of(constraints.begin(), constraints.end(),
                                   [](const mt::SentenceConstraints& asked) { return asked.empty(); });
  if (nothing) constraints.clear();
  return constraints;
}

}  // namespace kabar::translate
