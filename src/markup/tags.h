// Inline tags of a sentence carried over to its translation.
#pragma once
#include <string>
#include <string_view>

#include "article/article.h"
#include "base/alignment.h"
#include "base/language.h"

namespace kabar::markup {

// Every tag of `source_tags` once, in an order and with spans that nest properly, on `target_text`. A tag goes where
// its words went by the alignment; a tagged name, number or address that stands unchanged in the target goes there;
// without any evidence a tag takes the place that it has in the source in proportion. A tag that held text holds text
// again as long as the target has enough. `source_tags` must nest properly (article.h); spans beyond the text are cut.
InlineTags project_tags(const InlineTags& source_tags, const Alignment& alignment, std::string_view source_text,
                        std::string_view target_text);

// text::typeset, the tags moving with their words.
void typeset(std::string& text, InlineTags& tags, Language language);

// Whether the tags are in order, lie within a text of `points` code points and nest properly.
bool is_well_nested(const InlineTags& tags, int points);

}  // namespace kabar::markup
