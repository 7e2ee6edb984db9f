#include "site/word_iterator.h"

#include <map>
#include <memory>

#include "base/result.h"

namespace kabar::site {

icu::BreakIterator* word_iterator(Language language) {
  thread_local std::map<Language, std::unique_ptr<icu::BreakIterator>> iterators;
  std::unique_ptr<icu::BreakIterator>& iterator = iterators[language];
  if (!iterator) {
    UErrorCode error = U_ZERO_ERROR;
    iterator.reset(icu::BreakIterator::createWordInstance(icu::Locale(language.code().c_str()), error));
    if (U_FAILURE(error)) iterator.reset();
  }
  return iterator.get();
}

}  // namespace kabar::site
