// Sentences that speak of somebody whom only the text around them names.
#pragma once
#include <string_view>

#include "base/language.h"

namespace kabar::life {

// Whether the sentence has a pronoun of the third person ("ia", "dia", "katanya", "rumahnya"): its translation then
// depends on who that is (he or she), and fits no other article. Known for Indonesian; false for other languages,
// which say it with words of their own.
bool refers_back(std::string_view sentence, Language language);

}  // namespace kabar::life
