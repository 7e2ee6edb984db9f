// A pair read once: what every check needs of both sides, parsed a single time.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/lazy.h"
#include "checks/check.h"
#include "checks/concepts.h"
#include "checks/length.h"
#include "checks/letters.h"
#include "checks/lexical.h"
#include "checks/names.h"
#include "checks/nations.h"
#include "checks/word_coverage.h"
#include "terms/generics.h"
#include "terms/lexicon.h"
#include "terms/name_table.h"
#include "terms/termbase.h"
#include "terms/titles.h"
#include "text/facts/compare.h"

namespace kabar::checks {

// Of the languages that write names with capitals. A translation needs few of them.
struct WordLists {
  std::map<Language, Lazy<WordList>> words;
  std::map<Language, Lazy<WordList>> rare_words;  // more of them, for the check for made-up words alone
  std::map<Language, Lazy<LetterModel>> letters;
};

struct KnowledgeData {
  terms::Termbase termbase;
  std::unique_ptr<Lazy<terms::Termbase>> english_termbase;  // the same, for English texts
  Concepts concepts;
  Concepts roles;    // who acts on whom: of role_checks.cpp
  Concepts genders;  // who is a man, who a woman: of nation_checks.cpp
  // Things of a kind of which one may be taken for another: of kind_check.cpp. Per language, with the same numbers.
  std::map<Language, Lazy<Concepts>> kinds;
  Nations nations;
  LexicalTables lexical;
  terms::Lexicon lexicon;
  terms::NameTable names;
  terms::Generics generics;
  terms::Titles titles;
  LengthModels lengths;
  WordLists lists;

  void set_termbase(terms::Termbase base);
  const terms::Termbase& termbase_for(Language source) const;
  // Nothing if there is no list for the language.
  const WordList* word_list(Language language) const;
};

struct Word {
  Span span;                   // code points of the text
  std::u32string_view folded;  // of Side::folded
  bool capital = false;        // begins with a capital letter
  bool all_capitals = false;   // two letters or more, all capitals
  bool starts_sentence = false;
  bool latin = false;
};

struct Side {
  std::string_view text;
  Language language;
  terms::Folded folded;
  std::vector<text::Fact> facts;
  std::vector<ConceptHit> concepts;
  std::vector<NationHit> nations;
  std::vector<Word> words;  // runs of letters and digits; Han and kana are left out
  bool title_case = false;  // most words begin with a capital: capitals tell nothing

  std::string slice(Span span) const;
  bool has_fact(Span span) const;  // one that overlaps the span; so the next two
  bool has_nation(Span span) const;
  bool has_concept(Span span) const;
  bool has_nation_number(int nation) const;
};

struct Reading {
  const Pair& pair;
  const KnowledgeData& knowledge;
  Side source;
  Side target;
  std::vector<terms::TermMatch> terms;            // of the source
  std::vector<terms::RenderingMatch> renderings;  // of the target, of any term
  text::FactComparison facts;
  std::optional<LexicalTables::Coverage> coverage;  // of the source by the target; nothing without a table
  WordCoverage words;                               // the same by the lexicon, whose words have a meaning
  std::vector<bool> has_concept;                    // by number: one of the sides has it

  bool headline() const { return pair.block_type == BlockType::headline; }
  // Whether a term overlaps this piece of the source.
  bool has_term(Span source) const;
  // Whether this piece of the target is a right rendering of a term that the source has.
  bool is_rendered_term(Span target) const;
  // Whether a source word outside of `except` is known to be translated so: then it stands for that word.
  bool is_explained(Span target, Span except = {}) const;
  // Whether this piece of the source is usually translated by this piece of the target.
  bool is_rendered_by(Span source, Span target) const;
  // Whether this piece of the target is the usual translation of a source word outside of `except`.
  bool is_usual(Span target, Span except) const;
};

Reading read_pair(const Pair& pair, const KnowledgeData& knowledge);

// Collects findings with their words in the editor's language.
class Report {
 public:
  Report(Language editor, std::vector<Finding>& findings) : editor_(editor), findings_(findings) {}

  // `key` names a message of messages.cpp; `first` and `second` fill {0} and {1}.
  Finding& add(std::string_view check, Severity severity, std::optional<Span> source, std::optional<Span> target,
               std::string_view key, std::string_view first = {}, std::string_view second = {});

 private:
  Language editor_;
  std::vector<Finding>& findings_;
};

}  // namespace kabar::checks
