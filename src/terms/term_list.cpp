#include "terms/term_list.h"

#include <algorithm>
#include <future>
#include <set>

#include "base/file.h"

namespace kabar::terms {
namespace {

constexpr size_t kFileBytesMax = 64u << 20;

// The cells of a row; an absent column is empty.
class Cells {
 public:
  Cells(const TermRows& rows, size_t row) { rows.read(row, cells_); }
  std::string_view operator[](std::optional<size_t> column) const {
    return column ? cells_[*column] : std::string_view();
  }

 private:
  std::vector<std::string_view> cells_;
};

}  // namespace

TermList::TermList(std::vector<Term> terms) {
  for (Term& term : terms) add(std::move(term));
}

void TermList::add(Term term) { entries_.emplace_back().term = new Term(std::move(term)); }

void TermList::add(std::shared_ptr<const TermRows> rows, size_t row) {
  if (files_.empty() || files_.back().rows != rows) {
    const TermRows& file = *rows;
    files_.push_back({rows,
                      file.column("id"),
                      file.column("term"),
                      file.column("forms"),
                      file.column("acronym"),
                      file.column("context"),
                      file.column("scope"),
                      {}});
    using Part = TermRows::Part;
    for (Language language : file.languages()) {
      files_.back().renderings[language] = {file.column(language, Part::right), file.column(language, Part::wrong),
                                            file.column(language, Part::first)};
    }
  }
  Entry& entry = entries_.emplace_back();
  entry.file = static_cast<int32_t>(files_.size()) - 1;
  entry.row = static_cast<uint32_t>(row);
}

void TermList::add(const TermList& other, size_t number) {
  const Entry& entry = other.entries_[number];
  if (entry.file < 0) {
    add(*entry.term);
  } else {
    add(other.files_[static_cast<size_t>(entry.file)].rows, entry.row);
  }
}

const Term& TermList::operator[](size_t number) const {
  const Entry& entry = entries_[number];
  if (const Term* const made = entry.term.load(std::memory_order_acquire)) return *made;
  auto fresh = std::make_unique<const Term>(files_[static_cast<size_t>(entry.file)].rows->term(entry.row));
  const Term* made = nullptr;
  if (!entry.term.compare_exchange_strong(made, fresh.get(), std::memory_order_acq_rel)) return *made;
  return *fresh.release();
}

std::vector<Term> TermList::terms() const {
  std::vector<Term> terms;
  for (size_t i = 0; i < size(); ++i) terms.push_back((*this)[i]);
  return terms;
}

void TermList::read_forms(size_t number, TermForms& forms) const {
  forms.forms.clear();
  forms.context.clear();
  const Entry& entry = entries_[number];
  if (entry.file < 0) {
    const Term& term = *entry.term;
    forms.id = term.id;
    forms.forms.push_back(term.term);
    forms.forms.insert(forms.forms.end(), term.forms.begin(), term.forms.end());
    forms.forms.insert(forms.forms.end(), term.acronyms.begin(), term.acronyms.end());
    forms.context.assign(term.context.begin(), term.context.end());
    forms.scoped = !term.scope.empty();
    return;
  }
  const File& file = files_[static_cast<size_t>(entry.file)];
  const Cells cells(*file.rows, entry.row);
  forms.id = cells[file.id];
  forms.forms.push_back(cells[file.term]);
  each_value(cells[file.forms], [&](std::string_view value) { forms.forms.push_back(value); });
  each_value(cells[file.acronyms], [&](std::string_view value) { forms.forms.push_back(value); });
  each_value(cells[file.context], [&](std::string_view value) { forms.context.push_back(value); });
  forms.scoped = !cells[file.scope].empty();
}

void TermList::read_renderings(size_t number, Language language, TermRenderings& renderings) const {
  renderings.right.clear();
  renderings.wrong.clear();
  renderings.first = {};
  const Entry& entry = entries_[number];
  if (entry.file < 0) {
    const Rendering& rendering = (*entry.term).rendering(language);
    renderings.right.assign(rendering.right.begin(), rendering.right.end());
    renderings.wrong.assign(rendering.wrong.begin(), rendering.wrong.end());
    renderings.first = rendering.first;
    return;
  }
  const File& file = files_[static_cast<size_t>(entry.file)];
  const auto columns = file.renderings.find(language);
  if (columns == file.renderings.end()) return;
  const Cells cells(*file.rows, entry.row);
  each_value(cells[columns->second.right], [&](std::string_view value) { renderings.right.push_back(value); });
  each_value(cells[columns->second.wrong], [&](std::string_view value) { renderings.wrong.push_back(value); });
  renderings.first = cells[columns->second.first];
}

std::string TermList::place(size_t number) const {
  const Entry& entry = entries_[number];
  return entry.file < 0 ? (*entry.term).place : files_[static_cast<size_t>(entry.file)].rows->place(entry.row);
}

std::vector<Language> TermList::languages() const {
  std::set<Language> languages;
  for (const File& file : files_) {
    for (const auto& [language, unused] : file.renderings) languages.insert(language);
  }
  for (const Entry& entry : entries_) {
    if (entry.file >= 0) continue;
    for (const auto& [language, unused] : (*entry.term).renderings) languages.insert(language);
  }
  return {languages.begin(), languages.end()};
}

Result<TermList> read_term_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".tsv") files.push_back(entry.path());
  }
  if (error) return fail(ErrorKind::not_found, folder.string(), "cannot read the folder of the termbase");
  std::sort(files.begin(), files.end());
  // A program that translates one sentence waits for this: the files are read side by side.
  const auto read = [](const std::filesystem::path& file) -> Result<TermRows> {
    KABAR_ASSIGN(std::string text, read_file(file, kFileBytesMax));
    return TermRows::parse(std::move(text), file.filename().string());
  };
  std::vector<std::future<Result<TermRows>>> parts;
  parts.reserve(files.size());
  for (const std::filesystem::path& file : files) parts.push_back(std::async(std::launch::async, read, file));
  TermList list;
  for (std::future<Result<TermRows>>& part : parts) {
    KABAR_ASSIGN(TermRows rows, part.get());
    const auto shared = std::make_shared<const TermRows>(std::move(rows));
    for (size_t row = 0; row < shared->size(); ++row) list.add(shared, row);
  }
  return list;
}

}  // namespace kabar::terms
