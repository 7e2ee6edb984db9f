#include "terms/term_tsv.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "terms/tsv.h"

namespace kabar::terms {
namespace {

constexpr size_t kValuesMax = 64;
constexpr size_t kValueBytesMax = 4096;

// The one list of the columns that do not belong to a language: name, what it may hold, how to read and to write it.
struct Column {
  std::string_view name;
  bool (*valid)(std::string_view cell);  // null: anything
  void (*read)(Term&, std::string_view cell);
  std::string (*write)(const Term&);
};

int parse_year(std::string_view cell) {
  int year = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), year);
  return error == std::errc() && end == cell.data() + cell.size() ? year : 0;
}

bool is_year(std::string_view cell) {
  const int year = parse_year(cell);
  return cell.empty() || (year >= 1900 && year <= 2200);
}

std::string write_year(int year) { return year == 0 ? std::string() : std::to_string(year); }

bool is_id(std::string_view id) {
  return !id.empty() && id.size() <= 100 && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

#define KABAR_TEXT_COLUMN(field)                                                                              \
  {                                                                                                           \
#field, nullptr, [](Term & t, std::string_view c) { t.field = c; }, [](const Term& t) { return t.field; } \
  }
#define KABAR_LIST_COLUMN(name, field)                                             \
  {                                                                                \
    name, nullptr, [](Term& t, std::string_view c) { t.field = split_values(c); }, \
        [](const Term& t) { return join_values(t.field); }                         \
  }

const Column kColumns[] = {
    {"id", is_id, [](Term& t, std::string_view c) { t.id = c; }, [](const Term& t) { return t.id; }},
    {"kind", [](std::string_view c) { return parse_term_kind(c).has_value(); },
     [](Term& t, std::string_view c) { t.kind = parse_term_kind(c).value_or(TermKind::term); },
     [](const Term& t) { return std::string(name_of(t.kind)); }},
    {"term", [](std::string_view c) { return !c.empty(); }, [](Term& t, std::string_view c) { t.term = c; },
     [](const Term& t) { return t.term; }},
    KABAR_LIST_COLUMN("forms", forms),
    KABAR_LIST_COLUMN("acronym", acronyms),
    {"gender", [](std::string_view c) { return c.empty() || c == "m" || c == "f"; },
     [](Term& t, std::string_view c) { t.gender = c.empty() ? '\0' : c[0]; },
     [](const Term& t) { return t.gender == 0 ? std::string() : std::string(1, t.gender); }},
    KABAR_LIST_COLUMN("context", context),
    KABAR_LIST_COLUMN("scope", scope),
    {"since", is_year, [](Term& t, std::string_view c) { t.since = parse_year(c); },
     [](const Term& t) { return write_year(t.since); }},
    {"until", is_year, [](Term& t, std::string_view c) { t.until = parse_year(c); },
     [](const Term& t) { return write_year(t.until); }},
    KABAR_TEXT_COLUMN(note),
    KABAR_TEXT_COLUMN(added_by),
    KABAR_TEXT_COLUMN(added_on),
    KABAR_TEXT_COLUMN(example),
};

#undef KABAR_TEXT_COLUMN
#undef KABAR_LIST_COLUMN

using Part = TermRows::Part;

// "en", "en_not", "en_first", "example_en".
std::optional<std::pair<Language, Part>> language_column(std::string_view name) {
  Part part = Part::right;
  if (name.starts_with("example_")) {
    part = Part::example;
    name.remove_prefix(8);
  } else if (name.ends_with("_not")) {
    part = Part::wrong;
    name.remove_suffix(4);
  } else if (name.ends_with("_first")) {
    part = Part::first;
    name.remove_suffix(6);
  }
  const std::optional<Language> language = Language::parse(name);
  if (!language) return std::nullopt;
  return std::pair(*language, part);
}

void read_rendering(Rendering& rendering, Part part, std::string_view cell) {
  if (part == Part::right) rendering.right = split_values(cell);
  if (part == Part::wrong) rendering.wrong = split_values(cell);
  if (part == Part::first) rendering.first = cell;
  if (part == Part::example) rendering.example = cell;
}

std::string write_rendering(const Rendering& rendering, Part part) {
  switch (part) {
    case Part::right:
      return join_values(rendering.right);
    case Part::wrong:
      return join_values(rendering.wrong);
    case Part::first:
      return rendering.first;
    case Part::example:
      return rendering.example;
  }
  return {};
}

const Column* find_column(std::string_view name) {
  const auto known = std::find_if(std::begin(kColumns), std::end(kColumns),
                                  [&](const Column& candidate) { return candidate.name == name; });
  return known == std::end(kColumns) ? nullptr : &*known;
}

// What is wrong with a cell, empty if nothing is.
Error check_cell(std::string_view name, const Column* column, std::string_view cell) {
  if (cell.size() > std::min(kValuesMax, kValueBytesMax)) {  // else it cannot hold too much
    size_t values = 0, longest = 0;
    each_value(cell, [&](std::string_view value) { ++values, longest = std::max(longest, value.size()); });
    if (values > kValuesMax)
      return {ErrorKind::limit, {}, fmt::format("more than {} values in '{}'", kValuesMax, name)};
    if (longest > kValueBytesMax) return {ErrorKind::limit, {}, fmt::format("a value in '{}' is too long", name)};
  }
  if (column == nullptr || column->valid == nullptr || column->valid(cell)) return {};
  return {ErrorKind::bad_input, {}, fmt::format("'{}' is no valid {}", cell, name)};
}

}  // namespace

Result<TermRows> TermRows::parse(std::string text, std::string_view name) {
  TermRows rows;
  rows.name_ = name;
  rows.text_ = std::make_unique<const std::string>(std::move(text));
  KABAR_ASSIGN(rows.table_, TableView::parse(*rows.text_, name));
  const std::vector<std::string_view>& columns = rows.table_.columns();
  std::vector<const Column*> known;
  for (std::string_view column : columns) {
    known.push_back(find_column(column));
    if (known.back() == nullptr && !language_column(column)) {
      return fail(ErrorKind::bad_input, std::string(name), fmt::format("unknown column '{}'", column));
    }
  }
  for (std::string_view needed : {"id", "kind", "term"}) {
    if (!columns.empty() && !rows.column(needed)) {
      return fail(ErrorKind::bad_input, std::string(name), fmt::format("column '{}' is missing", needed));
    }
  }
  std::vector<std::string_view> cells;
  for (size_t row = 0; row < rows.size(); ++row) {
    rows.read(row, cells);
    for (size_t i = 0; i < cells.size(); ++i) {
      Error error = check_cell(columns[i], known[i], cells[i]);
      if (!error.message.empty()) return fail(error.kind, rows.place(row), std::move(error.message));
    }
  }
  return rows;
}

Term TermRows::term(size_t row) const {
  std::vector<std::string_view> cells;
  read(row, cells);
  Term term;
  term.place = place(row);
  for (size_t i = 0; i < cells.size(); ++i) {
    const std::string_view name = table_.columns()[i];
    if (const Column* known = find_column(name)) {
      known->read(term, cells[i]);
    } else if (const auto named = language_column(name); named && !cells[i].empty()) {
      read_rendering(term.renderings[named->first], named->second, cells[i]);
    }
  }
  return term;
}

std::string TermRows::place(size_t row) const { return fmt::format("{}:{}", name_, table_.line(row)); }

std::vector<Language> TermRows::languages() const {
  std::vector<Language> languages;
  for (std::string_view name : table_.columns()) {
    const auto named = language_column(name);
    if (named && find_column(name) == nullptr) languages.push_back(named->first);
  }
  return languages;
}

std::optional<size_t> TermRows::column(std::string_view name) const {
  const std::vector<std::string_view>& columns = table_.columns();
  const auto found = std::find(columns.begin(), columns.end(), name);
  if (found == columns.end()) return std::nullopt;
  return static_cast<size_t>(found - columns.begin());
}

std::optional<size_t> TermRows::column(Language language, Part part) const {
  const std::vector<std::string_view>& columns = table_.columns();
  for (size_t i = 0; i < columns.size(); ++i) {
    if (language_column(columns[i]) == std::pair(language, part)) return i;
  }
  return std::nullopt;
}

Result<std::vector<Term>> parse_terms(std::string_view text, std::string_view name) {
  KABAR_ASSIGN(const TermRows rows, TermRows::parse(std::string(text), name));
  std::vector<Term> terms;
  for (size_t row = 0; row < rows.size(); ++row) terms.push_back(rows.term(row));
  return terms;
}

std::string write_terms(const std::vector<Term>& terms) {
  std::map<Language, int> languages;
  for (const Term& term : terms) {
    for (const auto& [language, rendering] : term.renderings) languages[language] = 1;
  }
  std::string out;
  for (const Column& column : kColumns) out += (out.empty() ? "" : "\t") + std::string(column.name);
  for (const auto& [language, used] : languages) {
    out += fmt::format("\t{0}\t{0}_not\t{0}_first\texample_{0}", language.view());
  }
  out += '\n';
  for (const Term& term : terms) {
    std::string row;
    for (const Column& column : kColumns) row += (&column == kColumns ? "" : "\t") + column.write(term);
    for (const auto& [language, used] : languages) {
      for (Part part : {Part::right, Part::wrong, Part::first, Part::example}) {
        row += '\t' + write_rendering(term.rendering(language), part);
      }
    }
    while (row.ends_with('\t')) row.pop_back();
    out += row + '\n';
  }
  return out;
}

}  // namespace kabar::terms
