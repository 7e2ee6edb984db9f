#include "terms/term_tsv.h"

#include <algorithm>
#include <charconv>
#include <functional>

#include <fmt/format.h>

#include "terms/tsv.h"

namespace kabar::terms {
namespace {

constexpr size_t kValuesMax = 64;
constexpr size_t kValueBytesMax = 4096;

// The one list of the columns that do not belong to a language: name, how to read it, how to write it.
struct Column {
  std::string_view name;
  bool (*read)(Term&, const std::string& cell);  // false: malformed
  std::string (*write)(const Term&);
};

bool read_year(int& year, const std::string& cell) {
  if (cell.empty()) return true;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), year);
  return error == std::errc() && end == cell.data() + cell.size() && year >= 1900 && year <= 2200;
}

std::string write_year(int year) { return year == 0 ? std::string() : std::to_string(year); }

bool is_id(const std::string& id) {
  return !id.empty() && id.size() <= 100 && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

#define KABAR_TEXT_COLUMN(field)                                                                               \
  {                                                                                                            \
#field, [](Term& t, const std::string& c) { t.field = c; return true; }, [](const Term& t) { return t.field; } \
  }
#define KABAR_LIST_COLUMN(name, field)                     \
  {                                                        \
    name,                                                  \
        [](Term& t, const std::string& c) {                \
          t.field = split_values(c);                       \
          return true;                                     \
        },                                                 \
        [](const Term& t) { return join_values(t.field); } \
  }

const Column kColumns[] = {
    {"id",
     [](Term& t, const std::string& c) {
       t.id = c;
       return is_id(c);
     },
     [](const Term& t) { return t.id; }},
    {"kind",
     [](Term& t, const std::string& c) {
       const std::optional<TermKind> kind = parse_term_kind(c);
       t.kind = kind.value_or(TermKind::term);
       return kind.has_value();
     },
     [](const Term& t) { return std::string(name_of(t.kind)); }},
    {"term",
     [](Term& t, const std::string& c) {
       t.term = c;
       return !c.empty();
     },
     [](const Term& t) { return t.term; }},
    KABAR_LIST_COLUMN("forms", forms),
    KABAR_LIST_COLUMN("acronym", acronyms),
    {"gender",
     [](Term& t, const std::string& c) {
       t.gender = c.empty() ? '\0' : c[0];
       return c.empty() || c == "m" || c == "f";
     },
     [](const Term& t) { return t.gender == 0 ? std::string() : std::string(1, t.gender); }},
    KABAR_LIST_COLUMN("context", context),
    KABAR_LIST_COLUMN("scope", scope),
    {"since", [](Term& t, const std::string& c) { return read_year(t.since, c); },
     [](const Term& t) { return write_year(t.since); }},
    {"until", [](Term& t, const std::string& c) { return read_year(t.until, c); },
     [](const Term& t) { return write_year(t.until); }},
    KABAR_TEXT_COLUMN(note),
    KABAR_TEXT_COLUMN(added_by),
    KABAR_TEXT_COLUMN(added_on),
    KABAR_TEXT_COLUMN(example),
};

#undef KABAR_TEXT_COLUMN
#undef KABAR_LIST_COLUMN

enum class Part { right, wrong, first, example };

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

void read_rendering(Rendering& rendering, Part part, const std::string& cell) {
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

Result<void> read_cell(Term& term, const std::string& column, const std::string& cell) {
  const std::vector<std::string> values = split_values(cell);
  if (values.size() > kValuesMax) {
    return fail(ErrorKind::limit, term.place, fmt::format("more than {} values in '{}'", kValuesMax, column));
  }
  for (const std::string& value : values) {
    if (value.size() > kValueBytesMax) {
      return fail(ErrorKind::limit, term.place, fmt::format("a value in '{}' is too long", column));
    }
  }
  for (const Column& known : kColumns) {
    if (known.name != column) continue;
    if (known.read(term, cell)) return {};
    return fail(ErrorKind::bad_input, term.place, fmt::format("'{}' is no valid {}", cell, column));
  }
  const auto named = language_column(column);
  if (named && !cell.empty()) read_rendering(term.renderings[named->first], named->second, cell);
  return {};
}

}  // namespace

Result<std::vector<Term>> parse_terms(std::string_view text, std::string_view name) {
  KABAR_ASSIGN(const Table table, parse_table(text, name));
  for (const std::string& column : table.columns) {
    const bool known = std::any_of(std::begin(kColumns), std::end(kColumns),
                                   [&](const Column& candidate) { return candidate.name == column; });
    if (!known && !language_column(column)) {
      return fail(ErrorKind::bad_input, std::string(name), fmt::format("unknown column '{}'", column));
    }
  }
  for (std::string_view needed : {"id", "kind", "term"}) {
    if (!table.columns.empty() && table.column(needed) < 0) {
      return fail(ErrorKind::bad_input, std::string(name), fmt::format("column '{}' is missing", needed));
    }
  }
  std::vector<Term> terms;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    Term term;
    term.place = fmt::format("{}:{}", name, table.lines[row]);
    for (size_t column = 0; column < table.columns.size(); ++column) {
      KABAR_TRY(read_cell(term, table.columns[column], table.rows[row][column]));
    }
    terms.push_back(std::move(term));
  }
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
