// Titles before people travel with their names: small models write "the president of Prabowo" for "Presiden Prabowo".
#pragma once
#include <span>
#include <vector>

#include "terms/name_table.h"
#include "terms/titles.h"
#include "translate/fixed_terms.h"

namespace kabar::translate {

// A person behind a title ("Gubernur Jawa Barat Dedi Mulyadi", "mantan Menteri Keuangan (Menkeu) Sri Mulyani",
// "Presiden Amerika Serikat Donald Trump") becomes one piece with it and with the place, body or nation between them,
// in the order of each target. An unknown name of one word is taken for a person only if `table` knows it. `pieces` are
// in order and stay so.
void join_titles(const Read& read, std::span<const Language> targets, const terms::Titles& titles,
                 const terms::NameTable& table, std::vector<Fixed>& pieces);

}  // namespace kabar::translate
