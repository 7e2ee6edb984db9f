// The entries of a termbase in order, most of them still rows of files: an entry becomes a Term when it is asked for.
#pragma once
#include <atomic>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/result.h"
#include "terms/term.h"
#include "terms/term_tsv.h"

namespace kabar::terms {

// What makes an entry known in a text and what it is called there, without its Term; points into the list.
struct TermForms {
  std::string_view id;
  std::vector<std::string_view> forms;    // the term, its forms, its acronyms
  std::vector<std::string_view> context;  // words that select it
  bool scoped = false;                    // not for every section
};

struct TermRenderings {
  std::vector<std::string_view> right, wrong;
  std::string_view first;
};

// Reading is safe for any number of threads, adding is not.
class TermList {
 public:
  TermList() = default;
  TermList(std::vector<Term> terms);  // not explicit: Terms are a list of them

  void add(Term term);
  void add(std::shared_ptr<const TermRows> rows, size_t row);
  // Takes entry `number` of `other` over, as it is.
  void add(const TermList& other, size_t number);

  size_t size() const { return entries_.size(); }
  const Term& operator[](size_t number) const;
  std::vector<Term> terms() const;  // all of them

  // These replace what they write to.
  void read_forms(size_t number, TermForms& forms) const;
  void read_renderings(size_t number, Language language, TermRenderings& renderings) const;
  std::string place(size_t number) const;
  std::vector<Language> languages() const;  // that any entry may have renderings in

 private:
  // Where the columns of a file are.
  struct RenderingColumns {
    std::optional<size_t> right, wrong, first;
  };
  struct File {
    std::shared_ptr<const TermRows> rows;
    std::optional<size_t> id, term, forms, acronyms, context, scope;
    std::map<Language, RenderingColumns> renderings;
  };
  struct Entry {
    int32_t file = -1;  // -1: made from the beginning
    uint32_t row = 0;
    mutable std::atomic<const Term*> term = nullptr;  // owned
    ~Entry() { delete term.load(); }
  };

  std::vector<File> files_;
  std::deque<Entry> entries_;  // they do not move
};

// All *.tsv files of a folder in the order of their names; at most 64 MiB each.
Result<TermList> read_term_folder(const std::filesystem::path& folder);

}  // namespace kabar::terms
