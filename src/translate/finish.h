// Third step: what the translator wrote becomes what readers see.
#pragma once
#include <string>

#include "article/version.h"
#include "mt/translator.h"
#include "translate/prepare.h"

namespace kabar::translate {

// Puts the fixed pieces and the tags back and sets the text as the language demands. No findings or score yet.
TranslatedSegment finish(const Prepared& prepared, const mt::Hypothesis& hypothesis, size_t target_index,
                         Language target, const std::string& model);

}  // namespace kabar::translate
