// ICU's word divisions: costly to make, so one is kept for each language and thread.
#pragma once
#include <unicode/brkiter.h>

#include "base/language.h"

namespace kabar::site {

// Belongs to the calling thread; setText() before use. Null if ICU lacks its data.
icu::BreakIterator* word_iterator(Language language);

}  // namespace kabar::site
