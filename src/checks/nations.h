// Countries, their people and capitals in a text, whatever the language: what must never appear from nowhere.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/result.h"
#include "terms/fold.h"
#include "terms/phrase_index.h"
#include "terms/tsv.h"

namespace kabar::checks {

struct NationHit {
  int nation = 0;     // number of the nation
  bool hard = false;  // the word can mean nothing else
  Span span;
};

class Nations {
 public:
  Nations() = default;
  // `table` has the columns "code" (ISO 3166) and one per language: words besides the country's name, which is CLDR's.
  static Result<Nations> make(const terms::Table& table, std::string_view name);

  std::string_view code(int nation) const { return codes_[static_cast<size_t>(nation)]; }
  std::vector<NationHit> find(const terms::Folded& text, Language language) const;

 private:
  struct Word {
    int nation = 0;
    bool hard = false;
  };
  struct Words {
    explicit Words(Language language) : index(language) {}
    terms::PhraseIndex index;
    std::vector<Word> words;
  };
  std::vector<std::string> codes_;
  std::map<Language, Words> words_;
};

}  // namespace kabar::checks
