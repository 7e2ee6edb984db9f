// Reads what the checks know from the program's data folder.
#include "base/file.h"
#include "base/utf8.h"
#include "checks/reading.h"
#include "terms/tsv.h"

namespace kabar::checks {
namespace {

constexpr size_t kFileBytesMax = 16u << 20;

Result<terms::Table> read_table(const std::filesystem::path& folder, const char* name) {
  KABAR_ASSIGN(const std::string text, read_file(folder / name, kFileBytesMax));
  return terms::parse_table(text, name);
}

}  // namespace

Result<Knowledge> Knowledge::load(const std::filesystem::path& data) {
  const std::filesystem::path pack = data / "termbase" / "id-news";
  std::vector<terms::Term> terms;
  if (std::filesystem::is_directory(pack)) {
    KABAR_ASSIGN(terms, terms::read_term_folder(pack));
  }
  KABAR_ASSIGN(terms::Termbase termbase, terms::Termbase::make(std::move(terms)));
  return load(data, std::move(termbase));
}

Result<Knowledge> Knowledge::load(const std::filesystem::path& data, terms::Termbase termbase) {
  const std::filesystem::path folder = data / "checks";
  auto loaded = std::make_shared<KnowledgeData>();
  loaded->termbase = std::move(termbase);
  for (const char* name :
       {"negation.tsv", "meaning.tsv", "antonyms.tsv", "units.tsv", "fractions.tsv", "agencies.tsv"}) {
    KABAR_ASSIGN(const terms::Table table, read_table(folder, name));
    KABAR_TRY(loaded->concepts.add(table, name));
  }
  KABAR_TRY(loaded->concepts.build());
  if (loaded->concepts.find("not") != 0) {
    return fail(ErrorKind::bad_input, "negation.tsv", "the first concept must be 'not'");
  }
  KABAR_ASSIGN(const terms::Table nations, read_table(folder, "nations.tsv"));
  KABAR_ASSIGN(loaded->nations, Nations::make(nations, "nations.tsv"));
  KABAR_ASSIGN(const terms::Table lengths, read_table(folder, "lengths.tsv"));
  KABAR_ASSIGN(loaded->lengths, LengthModels::make(lengths, "lengths.tsv"));
  for (Language language : {Language::id, Language::en, Language::fr}) {
    KABAR_ASSIGN(const std::string words, read_file(folder / "words" / (language.code() + ".txt"), kFileBytesMax));
    loaded->words.emplace(language, WordList(words));
    loaded->letters.emplace(language, LetterModel(words));
  }
  for (Language language : {Language::en, Language::fr}) {
    KABAR_ASSIGN(const std::string words, read_file(folder / "words" / (language.code() + "-rare.txt"), kFileBytesMax));
    loaded->rare_words.emplace(language, WordList(words));
  }
  loaded->lexical = LexicalTables(data / "lexical");
  loaded->lexicon = terms::Lexicon(data / "lexicon");
  Knowledge knowledge;
  knowledge.data_ = std::move(loaded);
  return knowledge;
}

const terms::Termbase& Knowledge::termbase() const { return data_->termbase; }

const terms::Lexicon& Knowledge::lexicon() const { return data_->lexicon; }

bool Knowledge::is_small_word(std::string_view word, Language language) const {
  const WordList* const list = data_->word_list(language);
  return list != nullptr && list->contains(decode_utf8(word));
}

}  // namespace kabar::checks
