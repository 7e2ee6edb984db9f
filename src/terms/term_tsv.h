// Termbase entries as TSV (docs/formats/termbase.md).
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "terms/term.h"
#include "terms/tsv.h"

namespace kabar::terms {

// The rows of one file, all of them checked, each made a Term when it is asked for: a program that translates one
// sentence needs a handful of twenty thousand. Immutable; any number of threads.
// Rules that concern several rows are those of check_terms (terms/term_rules.h).
class TermRows {
 public:
  // Errors name the line: unknown column, missing id, kind or term, malformed value.
  static Result<TermRows> parse(std::string text, std::string_view name);

  size_t size() const { return table_.size(); }
  Term term(size_t row) const;
  std::string place(size_t row) const;  // "file:line"

  // What a column of one language holds.
  enum class Part { right, wrong, first, example };
  std::vector<Language> languages() const;
  // The number of a column, none if the file lacks it.
  std::optional<size_t> column(std::string_view name) const;
  std::optional<size_t> column(Language language, Part part) const;
  // Replaces `cells` by those of a row.
  void read(size_t row, std::vector<std::string_view>& cells) const { table_.read(row, cells); }

 private:
  std::string name_;
  std::unique_ptr<const std::string> text_;  // what the table points into
  TableView table_;
};

// All rows at once.
Result<std::vector<Term>> parse_terms(std::string_view text, std::string_view name);

// All entries with all columns that any of them uses.
std::string write_terms(const std::vector<Term>& terms);

}  // namespace kabar::terms
