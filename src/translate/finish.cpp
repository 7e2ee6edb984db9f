#include "translate/finish.h"

#include <algorithm>

#include <unicode/uchar.h>

#include "base/utf8.h"
#include "markup/tags.h"
#include "text/elision.h"
#include "text/typography.h"

namespace kabar::translate {
namespace {

// The links of the hypothesis, between what was sent and what was written, as links between what the reporter wrote
// and what readers see: after each of `edits` in turn.
Alignment finished_alignment(const Alignment& alignment, const EditedText& sent,
                             std::initializer_list<const EditedText*> edits) {
  Alignment finished;
  for (AlignmentLink link : alignment) {
    link.source = sent.to_original(link.source);
    for (const EditedText* edited : edits) link.target = edited->to_edited(link.target);
    if (!link.target.empty()) finished.push_back(link);
  }
  return finished;
}

// A sentence begins with a capital if the source does: models drop it now and then, and a headline has it in the
// source.
void capitalise_like(std::string_view source, std::string& text) {
  const auto first_letter = [](const std::u32string& points) {
    return std::find_if(points.begin(), points.end(), [](char32_t c) { return u_isalnum(static_cast<UChar32>(c)); });
  };
  const std::u32string said = decode_utf8(source);
  std::u32string points = decode_utf8(text);
  const auto from = first_letter(said);
  const auto to = first_letter(points);
  if (from == said.end() || to == points.end() || !u_isupper(static_cast<UChar32>(*from))) return;
  const auto capital = static_cast<char32_t>(u_totitle(static_cast<UChar32>(*to)));
  if (capital == *to) return;
  points[static_cast<size_t>(to - points.begin())] = capital;
  text = encode_utf8(points);
}

}  // namespace

TranslatedSegment finish(const Prepared& prepared, const mt::Hypothesis& hypothesis, size_t target_index,
                         Language target, const std::string& model) {
  const Segment& segment = prepared.segment;
  TranslatedSegment result;
  result.id = segment.id;
  result.block_id = segment.block_id;
  result.source = segment.text;
  // What has no words is its own translation but for its facts.
  const std::string& written = prepared.wordless ? prepared.text() : hypothesis.text;
  const EditedText restored =
      restore(written, prepared.sent.held, target_index, target, is_headline(prepared.segment.block_type));
  const EditedText joined(restored.text(), text::elision_edits(restored.text(), target, restored.replaced()));
  const EditedText typeset(joined.text(), text::typography_edits(joined.text(), target));
  result.text = typeset.text();
  if (!prepared.wordless) capitalise_like(segment.text, result.text);
  result.origin = prepared.wordless ? Origin::copy : Origin::machine;
  if (!prepared.wordless) result.model = model;
  result.alignment = finished_alignment(hypothesis.alignment, prepared.sent.source, {&restored, &joined, &typeset});
  result.tags = markup::project_tags(segment.tags, result.alignment, segment.text, result.text);
  return result;
}

}  // namespace kabar::translate
