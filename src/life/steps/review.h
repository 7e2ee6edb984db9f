// What a person decides about one version of an article: the newest revision's.
#pragma once
#include <string>
#include <string_view>

#include "life/change.h"
#include "life/life.h"

namespace kabar::life {

// All four: not_found if there is no such article, language or segment; conflict if the worker is at it right now (try
// again), if it is superseded or if the article is withdrawn. Doing the same twice is harmless. `who` is logged.

// Readers may have it, now and after typos. Its sentences go into the translation memory. bad_input if a blocking
// finding or a stale sentence is left and `reason` is empty.
Result<void> approve(Life& life, std::string_view article, Language language, std::string_view who,
                     std::string_view reason);

// The person's words for one segment. The version is checked and decided again; what readers see stays until then.
Result<void> edit(Life& life, std::string_view article, Language language, std::string_view segment,
                  std::string_view text, std::string_view who);

// Keeps the version from readers, or takes it away from them.
Result<void> hold(Life& life, std::string_view article, Language language, std::string_view who,
                  std::string_view reason);

// Overrules the computed kind of change of the newest revision; lowering to a typo needs a reason. All its versions
// are decided again.
Result<void> overrule_change(Life& life, std::string_view article, ChangeKind kind, std::string_view who,
                             std::string_view reason);

}  // namespace kabar::life
