// What a person decides about one version of an article: the newest revision's.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "life/change.h"
#include "life/life.h"

namespace kabar::life {

// A person's words for one segment.
struct Edit {
  std::string segment;
  std::string text;
};

// All of these: not_found if there is no such article, language or segment; conflict if the worker is at it right now
// (try again), if it is superseded or if the article is withdrawn. Doing the same twice is harmless. `who` is logged.

// Readers may have it, now and after typos; a hold ends. Its sentences go into the translation memory. conflict, too,
// if a blocking finding or a stale sentence is left and `reason` is empty.
Result<void> approve(Life& life, std::string_view article, Language language, std::string_view who,
                     std::string_view reason);

// The version is checked and decided again; what readers see stays until then.
Result<void> edit(Life& life, std::string_view article, Language language, const std::vector<Edit>& edits,
                  std::string_view who);

// Both in one: readers have it as soon as the checks have seen the new words and none of them blocks.
Result<void> edit_and_approve(Life& life, std::string_view article, Language language, const std::vector<Edit>& edits,
                              std::string_view who, std::string_view reason);

// Keeps the language from readers, or takes it away from them, whatever revisions come and whatever the worker is at,
// until a person approves a version of it or lifts the hold.
Result<void> hold(Life& life, std::string_view article, Language language, std::string_view who,
                  std::string_view reason);

// Ends the hold without approving anything: the policy decides again. conflict if there is none.
Result<void> lift(Life& life, std::string_view article, Language language, std::string_view who);

// Overrules the computed kind of change of the newest revision; lowering to a typo needs a reason, and says that words
// of a person for changed sentences fit them as they are now. All its versions are decided again.
Result<void> overrule_change(Life& life, std::string_view article, ChangeKind kind, std::string_view who,
                             std::string_view reason);

}  // namespace kabar::life
