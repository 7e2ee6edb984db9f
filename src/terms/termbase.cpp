#include "terms/termbase.h"

#include <algorithm>
#include <future>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "base/file.h"
#include "base/utf8.h"
#include "terms/term_tsv.h"

namespace kabar::terms {
namespace {

constexpr size_t kFileBytesMax = 64u << 20;

bool has_capital(std::string_view text) {
  for (char32_t point : decode_utf8(text)) {
    if (is_upper_point(point)) return true;
  }
  return false;
}

// "WHO" must not be found in "who": abbreviations keep their capitals in every language.
bool is_abbreviation(std::string_view text) {
  int letters = 0;
  for (char32_t point : decode_utf8(text)) {
    if (is_upper_point(point)) {
      ++letters;
    } else if (is_word_point(point) && !is_digit_point(point)) {
      return false;
    }
  }
  return letters >= 2;
}

}  // namespace

Termbase::Termbase()
    : terms_(std::make_shared<const std::vector<Term>>()), forms_(Language::id), context_words_(Language::id) {
  forms_.build();
  context_words_.build();
}

Result<Termbase> Termbase::make(std::vector<Term> list, Language source) {
  std::set<std::string_view> ids;
  for (const Term& term : list) {
    if (!ids.insert(term.id).second) {
      return fail(ErrorKind::bad_input, term.place, fmt::format("the id '{}' occurs twice", term.id));
    }
  }
  Termbase base;
  base.source_ = source;
  base.terms_ = std::make_shared<const std::vector<Term>>(std::move(list));
  base.forms_ = PhraseIndex(source);
  base.context_words_ = PhraseIndex(source);
  for (int number = 0; const Term& term : *base.terms_) {
    const auto add_form = [&](const std::string& form) {
      base.forms_.add(form, static_cast<int>(base.form_terms_.size()), has_capital(form));
      base.form_terms_.push_back({number, has_capital(form)});
    };
    add_form(term.term);
    for (const std::string& form : term.forms) add_form(form);
    for (const std::string& form : term.acronyms) add_form(form);
    for (const std::string& word : term.context) base.context_words_.add(word, number, false);
    for (const auto& [language, unused] : term.renderings) {
      std::shared_ptr<Renderings>& here = base.renderings_[language];
      if (here == nullptr) here = std::make_shared<Renderings>(language);
    }
    ++number;
  }
  base.forms_.build();
  base.context_words_.build();
  return base;
}

void Termbase::index_renderings(Renderings& renderings, Language language) const {
  for (int number = 0; const Term& term : *terms_) {
    const Rendering& rendering = term.rendering(language);
    const auto add = [&](const std::string& text, int variant, bool wrong) {
      renderings.index.add(text, static_cast<int>(renderings.variants.size()), is_abbreviation(text));
      renderings.variants.push_back({number, variant, wrong});
    };
    for (size_t i = 0; i < rendering.right.size(); ++i) add(rendering.right[i], static_cast<int>(i), false);
    for (size_t i = 0; i < rendering.wrong.size(); ++i) add(rendering.wrong[i], static_cast<int>(i), true);
    if (!rendering.first.empty()) add(rendering.first, -1, false);
    ++number;
  }
  renderings.index.build();
}

const Term* Termbase::find_id(std::string_view id) const {
  const auto found = std::find_if(terms_->begin(), terms_->end(), [&](const Term& term) { return term.id == id; });
  return found == terms_->end() ? nullptr : &*found;
}

bool Termbase::holds(const Term& term, const TermContext& context) const {
  if (context.year != 0 && term.since != 0 && context.year < term.since) return false;
  if (context.year != 0 && term.until != 0 && context.year > term.until) return false;
  return term.scope.empty() || context.section.empty() ||
         std::find(term.scope.begin(), term.scope.end(), context.section) != term.scope.end();
}

std::vector<TermMatch> Termbase::find_terms(const Folded& source, const TermContext& context) const {
  std::vector<PhraseMatch> matches = forms_.find(source);
  if (matches.empty()) return {};
  // The longest first; of equally long ones the earlier.
  std::sort(matches.begin(), matches.end(), [](const PhraseMatch& a, const PhraseMatch& b) {
    const size_t a_size = a.end - a.begin, b_size = b.end - b.begin;
    return a_size != b_size ? a_size > b_size : a.begin != b.begin ? a.begin < b.begin : a.id < b.id;
  });
  std::vector<PhraseMatch> words = context_words_.find(source);
  const size_t own_words = words.size();
  if (!context.before.empty()) {
    const std::vector<PhraseMatch> before = context_words_.find(fold(context.before, source_));
    words.insert(words.end(), before.begin(), before.end());
  }
  std::vector<TermMatch> found;
  std::vector<PhraseMatch> taken;
  for (size_t i = 0; i < matches.size();) {
    size_t same = i + 1;
    const PhraseMatch& place = matches[i];
    while (same < matches.size() && matches[same].begin == place.begin && matches[same].end == place.end) ++same;
    const bool covered = std::any_of(taken.begin(), taken.end(), [&](const PhraseMatch& other) {
      return place.begin < other.end && other.begin < place.end;
    });
    // "Minggu malam": in the middle of a sentence a capital means the entry that is written with one.
    const auto form_of = [&](size_t match) -> const Form& {
      return form_terms_[static_cast<size_t>(matches[match].id)];
    };
    bool capital = false;
    for (size_t candidate = i; candidate < same; ++candidate) capital = capital || form_of(candidate).capital;
    const Term* best = nullptr;
    int best_score = -1;
    int senses = 0;
    for (size_t candidate = i; candidate < same && !covered; ++candidate) {
      if (capital && place.begin > 0 && !form_of(candidate).capital) continue;
      const int number = form_of(candidate).term;
      const Term& term = (*terms_)[static_cast<size_t>(number)];
      if (!holds(term, context) || &term == best) continue;
      ++senses;
      int score = 0;
      for (size_t word = 0; word < words.size(); ++word) {
        const bool itself = word < own_words && words[word].begin < place.end && place.begin < words[word].end;
        if (words[word].id == number && !itself) ++score;
      }
      if (score == 0 && !term.context.empty()) continue;
      if (score > best_score) best = &term, best_score = score;
    }
    if (!covered) taken.push_back(place);
    if (best != nullptr) {
      found.push_back({best, source.span(place.begin, place.end), senses == 1 || best_score > 0});
    }
    i = same;
  }
  std::sort(found.begin(), found.end(), [](const TermMatch& a, const TermMatch& b) { return a.span < b.span; });
  return found;
}

std::vector<RenderingMatch> Termbase::find_renderings(const Folded& target, Language language) const {
  const auto here = renderings_.find(language);
  if (here == renderings_.end()) return {};
  Renderings& renderings = *here->second;
  std::call_once(renderings.made, [&] { index_renderings(renderings, language); });
  std::vector<RenderingMatch> found;
  for (const PhraseMatch& match : renderings.index.find(target)) {
    const Variant& variant = renderings.variants[static_cast<size_t>(match.id)];
    found.push_back({&(*terms_)[static_cast<size_t>(variant.term)], variant.wrong, variant.number,
                     target.span(match.begin, match.end)});
  }
  return found;
}

Result<std::vector<Term>> read_term_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".tsv") files.push_back(entry.path());
  }
  if (error) return fail(ErrorKind::not_found, folder.string(), "cannot read the folder of the termbase");
  std::sort(files.begin(), files.end());
  // A program that translates one sentence waits for this: the files are read side by side.
  const auto read = [](const std::filesystem::path& file) -> Result<std::vector<Term>> {
    KABAR_ASSIGN(const std::string text, read_file(file, kFileBytesMax));
    return parse_terms(text, file.filename().string());
  };
  std::vector<std::future<Result<std::vector<Term>>>> parts;
  for (const std::filesystem::path& file : files) parts.push_back(std::async(std::launch::async, read, file));
  std::vector<Term> terms;
  for (std::future<Result<std::vector<Term>>>& part : parts) {
    KABAR_ASSIGN(std::vector<Term> rows, part.get());
    std::move(rows.begin(), rows.end(), std::back_inserter(terms));
  }
  return terms;
}

}  // namespace kabar::terms
