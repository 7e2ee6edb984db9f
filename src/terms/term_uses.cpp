#include "terms/term_uses.h"

#include <algorithm>

#include "base/utf8.h"

namespace kabar::terms {
namespace {

bool is_name(TermKind kind) {
  return kind == TermKind::person || kind == TermKind::place || kind == TermKind::organisation ||
         kind == TermKind::keep;
}
bool is_fixed(TermKind kind) { return kind != TermKind::idiom && kind != TermKind::sense; }

std::vector<std::string> literal_only(const std::vector<std::string>& values) {
  std::vector<std::string> literals;
  std::copy_if(values.begin(), values.end(), std::back_inserter(literals),
               [](const std::string& value) { return value.find('*') == std::string::npos; });
  return literals;
}

// "Badan Nasional Penanggulangan Bencana (BNPB)": the second name of a term in brackets right behind the first.
bool is_in_brackets_behind(std::u32string_view text, Span name, Span behind) {
  const size_t end = static_cast<size_t>(behind.end);
  return behind.begin == name.end + 2 && text.substr(static_cast<size_t>(name.end), 2) == U" (" && end < text.size() &&
         text[end] == U')';
}

// The preferred rendering that is not the acronym itself; empty if there is none.
std::string long_form(const std::vector<std::string>& renderings, const std::string& acronym) {
  for (const std::string& rendering : renderings) {
    if (rendering != acronym) return rendering;
  }
  return {};
}

// Name and acronym become one use, so that the translation says the name once: "国家抗灾署（BNPB）".
void take_in_acronym(TermUse& use, Span acronym_span, const std::string& acronym, Language target) {
  const Rendering& rendering = use.term->rendering(target);
  use.source.end = acronym_span.end + 1;
  std::string both = rendering.first;
  if (both.empty()) {
    const std::string name = long_form(literal_only(rendering.right), acronym);
    if (name.empty()) return;
    both = is_unspaced(target) ? name + "（" + acronym + "）" : name + " (" + acronym + ")";
  }
  if (use.any_of.empty() || use.any_of.front() != both) use.any_of.insert(use.any_of.begin(), both);
}

}  // namespace

std::vector<TermUse> constraints_for(const Termbase& base, std::string_view sentence, Language target,
                                     const TermContext& context, Mentions* mentions) {
  std::vector<TermUse> uses;
  const std::u32string text = decode_utf8(sentence);
  for (const TermMatch& match : base.find_terms(fold(sentence, Language::id), context)) {
    if (!uses.empty() && uses.back().term == match.term &&
        is_in_brackets_behind(text, uses.back().source, match.span)) {
      const std::u32string_view acronym = std::u32string_view(text).substr(static_cast<size_t>(match.span.begin),
                                                                           static_cast<size_t>(match.span.size()));
      take_in_acronym(uses.back(), match.span, encode_utf8(acronym), target);
      continue;
    }
    const Rendering& rendering = match.term->rendering(target);
    TermUse use;
    use.term = match.term;
    use.source = match.span;
    use.fixed = is_fixed(match.term->kind);
    use.any_of = literal_only(rendering.right);
    // A name that the newsroom gave a rendering in some languages only stays as it is in the others.
    if (is_name(match.term->kind) && rendering.right.empty()) use.any_of.push_back(match.term->term);
    use.forbidden = literal_only(rendering.wrong);
    const bool first = mentions != nullptr && mentions->insert(match.term->id).second;
    if (first && !rendering.first.empty()) use.any_of.insert(use.any_of.begin(), rendering.first);
    if (!use.any_of.empty() || !use.forbidden.empty()) uses.push_back(std::move(use));
  }
  return uses;
}

std::vector<text::Edit> expand_acronyms(const Termbase& base, std::string_view sentence, const TermContext& context,
                                        Mentions& mentions) {
  const std::u32string text = decode_utf8(sentence);
  std::vector<text::Edit> edits;
  for (const TermMatch& match : base.find_terms(fold(sentence, Language::id), context)) {
    const size_t begin = static_cast<size_t>(match.span.begin);
    const std::string written =
        encode_utf8(std::u32string_view(text).substr(begin, static_cast<size_t>(match.span.size())));
    const std::vector<std::string>& acronyms = match.term->acronyms;
    if (!mentions.insert(match.term->id).second || !match.certain) continue;
    if (std::find(acronyms.begin(), acronyms.end(), written) == acronyms.end()) continue;
    const bool in_brackets = begin > 0 && text[begin - 1] == U'(';
    if (!in_brackets) edits.push_back({match.span, match.term->term + " (" + written + ")"});
  }
  return edits;
}

}  // namespace kabar::terms
