// Articles before the names of bodies: the model wrote around a placeholder and could not know that one is needed.
#pragma once
#include <string_view>

#include "base/language.h"

namespace kabar::translate {

// What is to be written before `name`, the rendering of an organisation, with a blank behind where one belongs: "the ",
// "la ", "l'"; empty where `before`, the translation up to it, has an article or another determiner, where the name
// is one that takes none (Pertamina, Bank Indonesia), and in languages other than English and French. Said only at the
// start of a sentence and behind prepositions and conjunctions, where nothing else can be meant.
std::string_view missing_article(std::string_view before, std::string_view name, Language target);

}  // namespace kabar::translate
