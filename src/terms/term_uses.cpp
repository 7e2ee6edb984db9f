#include "terms/term_uses.h"

#include <algorithm>

#include "base/utf8.h"

namespace kabar::terms {
namespace {

bool is_fixed(TermKind kind) { return kind != TermKind::idiom && kind != TermKind::sense; }

std::vector<std::string> literal_only(const std::vector<std::string>& values) {
  std::vector<std::string> literals;
  std::copy_if(values.begin(), values.end(), std::back_inserter(literals),
               [](const std::string& value) { return value.find('*') == std::string::npos; });
  return literals;
}

}  // namespace

std::vector<TermUse> constraints_for(const Termbase& base, std::string_view sentence, Language target,
                                     const TermContext& context, Mentions* mentions) {
  std::vector<TermUse> uses;
  for (const TermMatch& match : base.find_terms(fold(sentence, Language::id), context)) {
    const Rendering& rendering = match.term->rendering(target);
    TermUse use;
    use.term = match.term;
    use.source = match.span;
    use.fixed = is_fixed(match.term->kind);
    use.any_of = literal_only(rendering.right);
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
