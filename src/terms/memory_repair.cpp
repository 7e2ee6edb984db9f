#include <algorithm>

#include "base/utf8.h"
#include "terms/fold.h"
#include "terms/memory.h"
#include "text/facts/fact.h"

namespace kabar::terms {
namespace {

using text::Fact;

// The text with its facts taken out, to see whether anything else differs.
std::u32string frame_of(std::string_view text, const std::vector<Fact>& facts, Language language) {
  const std::u32string points = decode_utf8(text);
  std::u32string frame;
  int at = 0;
  for (const Fact& fact : facts) {
    frame += std::u32string_view(points).substr(static_cast<size_t>(at), static_cast<size_t>(fact.span.begin - at));
    frame += U'\uFFFC';  // stands for a fact
    at = fact.span.end;
  }
  frame += std::u32string_view(points).substr(static_cast<size_t>(at));
  return fold(encode_utf8(frame), language).points;
}

}  // namespace

std::optional<std::string> repair_figures(const MemoryEntry& entry, std::string_view text, Language source,
                                          Language target) {
  const std::vector<Fact> old_facts = text::find_facts(entry.source, source);
  const std::vector<Fact> new_facts = text::find_facts(text, source);
  if (old_facts.size() != new_facts.size() || old_facts.empty()) return std::nullopt;
  if (frame_of(entry.source, old_facts, source) != frame_of(text, new_facts, source)) return std::nullopt;

  std::vector<Fact> target_facts = text::find_facts(entry.target, target);
  std::vector<std::pair<Span, std::string>> changes;
  for (size_t i = 0; i < old_facts.size(); ++i) {
    if (old_facts[i].kind != new_facts[i].kind) return std::nullopt;
    if (old_facts[i].text == new_facts[i].text) continue;
    // The counterpart must be the only one of its value, or we may change the wrong one.
    const auto is_counterpart = [&](const Fact& fact) { return text::same_fact(old_facts[i], fact); };
    const auto first = std::find_if(target_facts.begin(), target_facts.end(), is_counterpart);
    if (first == target_facts.end() || std::any_of(first + 1, target_facts.end(), is_counterpart)) return std::nullopt;
    changes.emplace_back(first->span, text::write_fact(new_facts[i], target));
  }
  std::sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  const std::u32string points = decode_utf8(entry.target);
  std::u32string out;
  int at = 0;
  for (const auto& [span, replacement] : changes) {
    if (span.begin < at) return std::nullopt;
    out += std::u32string_view(points).substr(static_cast<size_t>(at), static_cast<size_t>(span.begin - at));
    out += decode_utf8(replacement);
    at = span.end;
  }
  out += std::u32string_view(points).substr(static_cast<size_t>(at));
  return encode_utf8(out);
}

}  // namespace kabar::terms
