#include "translate/finish.h"

#include "markup/tags.h"
#include "text/typography.h"

namespace kabar::translate {
namespace {

// The links of the hypothesis, between what was sent and what was written, as links between what the reporter wrote
// and what readers see.
Alignment finished_alignment(const Alignment& alignment, const EditedText& sent, const EditedText& restored,
                             const EditedText& typeset) {
  Alignment finished;
  for (AlignmentLink link : alignment) {
    link.source = sent.to_original(link.source);
    link.target = typeset.to_edited(restored.to_edited(link.target));
    if (!link.target.empty()) finished.push_back(link);
  }
  return finished;
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
  const EditedText restored = restore(written, prepared.sent.held, target_index, target);
  const EditedText typeset(restored.text(), text::typography_edits(restored.text(), target));
  result.text = typeset.text();
  result.origin = prepared.wordless ? Origin::copy : Origin::machine;
  if (!prepared.wordless) result.model = model;
  result.alignment = finished_alignment(hypothesis.alignment, prepared.sent.source, restored, typeset);
  result.tags = markup::project_tags(segment.tags, result.alignment, segment.text, result.text);
  return result;
}

}  // namespace kabar::translate
