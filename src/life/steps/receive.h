// An article comes in: the first time, or again with another text.
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "article/article.h"
#include "life/life.h"

namespace kabar::life {

enum class Received {
  created,
  updated,
  unchanged,  // the newest revision says exactly this: sending again is harmless
};

// All of them in one transaction; one result each, in order. The text is stored and nothing else: the worker does
// the rest. Errors: bad_input (no id, no headline, no text), not_found (no such site), conflict (the article was
// withdrawn, or another site has this id); then nothing is stored. `who` is for the audit log.
Result<std::vector<Received>> receive(Life& life, std::span<const Article> articles, std::string_view who);

}  // namespace kabar::life
