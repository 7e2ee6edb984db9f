// Reads what the checks know from the program's data folder.
#include <future>
#include <memory>

#include "base/file.h"
#include "base/utf8.h"
#include "checks/reading.h"
#include "terms/overlay.h"
#include "terms/tsv.h"
#include "terms/turned.h"

namespace kabar::checks {
namespace {

constexpr size_t kFileBytesMax = 16u << 20;

Result<terms::Table> read_table(const std::filesystem::path& folder, const char* name) {
  KABAR_ASSIGN(const std::string text, read_file(folder / name, kFileBytesMax));
  return terms::parse_table(text, name);
}

// Words, rare words and letters of the languages that write names with capitals, into `lists`.
Result<void> read_word_lists(const std::filesystem::path& folder, WordLists& lists) {
  const auto read = [&](const std::string& name) -> Result<std::shared_ptr<const std::string>> {
    KABAR_ASSIGN(std::string words, read_file(folder / name, kFileBytesMax));
    return std::make_shared<const std::string>(std::move(words));
  };
  for (Language language : {Language::id, Language::en, Language::fr}) {
    KABAR_ASSIGN(const std::shared_ptr<const std::string> words, read(language.code() + ".txt"));
    lists.words.try_emplace(language, [words] { return WordList(*words); });
    lists.letters.try_emplace(language, [words] { return LetterModel(*words); });
  }
  for (Language language : {Language::en, Language::fr}) {
    KABAR_ASSIGN(const std::shared_ptr<const std::string> words, read(language.code() + "-rare.txt"));
    lists.rare_words.try_emplace(language, [words] { return WordList(*words); });
  }
  return {};
}

// The files are read at once; a language's phrases are made when a text of it is first checked.
Result<void> read_kinds(const std::filesystem::path& folder, std::map<Language, Lazy<Concepts>>& kinds) {
  auto tables = std::make_shared<std::vector<std::pair<std::string, std::string>>>();  // name, text
  for (const char* name : {"nature.tsv", "people.tsv", "public.tsv", "society.tsv"}) {
    KABAR_ASSIGN(std::string text, read_file(folder / name, kFileBytesMax));
    tables->emplace_back(name, std::move(text));
  }
  for (const Language language : {Language::id, Language::en, Language::fr, Language::zh, Language::ja, Language::ar}) {
    kinds.try_emplace(language, [tables, language] {
      Concepts concepts;
      for (const auto& [name, text] : *tables) {
        const Result<terms::Table> table = terms::parse_table(text, name);
        // The tables are the program's own, and a test reads each of them.
        KABAR_CHECK(table && concepts.add(*table, name, language));
      }
      KABAR_CHECK(concepts.build());
      return concepts;
    });
  }
  return {};
}

// All but the termbase.
Result<std::shared_ptr<KnowledgeData>> read_knowledge(const std::filesystem::path& data) {
  const std::filesystem::path folder = data / "checks";
  auto loaded = std::make_shared<KnowledgeData>();
  KABAR_TRY(read_word_lists(folder / "words", loaded->lists));
  KABAR_TRY(read_kinds(folder / "kinds", loaded->kinds));
  for (const char* name :
       {"negation.tsv", "meaning.tsv", "antonyms.tsv", "units.tsv", "fractions.tsv", "agencies.tsv"}) {
    KABAR_ASSIGN(const terms::Table table, read_table(folder, name));
    KABAR_TRY(loaded->concepts.add(table, name));
  }
  KABAR_TRY(loaded->concepts.build());
  if (loaded->concepts.find("not") != 0) {
    return fail(ErrorKind::bad_input, "negation.tsv", "the first concept must be 'not'");
  }
  KABAR_ASSIGN(const terms::Table roles, read_table(folder, "roles.tsv"));
  KABAR_TRY(loaded->roles.add(roles, "roles.tsv"));
  KABAR_TRY(loaded->roles.build());
  KABAR_ASSIGN(const terms::Table genders, read_table(folder, "gender.tsv"));
  KABAR_TRY(loaded->genders.add(genders, "gender.tsv"));
  KABAR_TRY(loaded->genders.build());
  KABAR_ASSIGN(const terms::Table nations, read_table(folder, "nations.tsv"));
  KABAR_ASSIGN(loaded->nations, Nations::make(nations, "nations.tsv"));
  KABAR_ASSIGN(const terms::Table lengths, read_table(folder, "lengths.tsv"));
  KABAR_ASSIGN(loaded->lengths, LengthModels::make(lengths, "lengths.tsv"));
  loaded->lexical = LexicalTables(data / "lexical");
  loaded->lexicon = terms::Lexicon(data / "lexicon");
  KABAR_ASSIGN(std::string names, read_file(data / "names.tsv", kFileBytesMax));
  KABAR_ASSIGN(loaded->names, terms::NameTable::make(std::move(names), "names.tsv"));
  KABAR_ASSIGN(const terms::Table generics, read_table(data, "generics.tsv"));
  KABAR_ASSIGN(loaded->generics, terms::Generics::make(generics, "generics.tsv"));
  KABAR_ASSIGN(const terms::Table titles, read_table(data, "titles.tsv"));
  KABAR_ASSIGN(const terms::Table demonyms, read_table(data, "demonyms.tsv"));
  KABAR_ASSIGN(loaded->titles, terms::Titles::make(titles, "titles.tsv", demonyms, "demonyms.tsv"));
  return loaded;
}

Result<terms::Termbase> read_termbase(const std::filesystem::path& pack, const terms::TermList& own) {
  terms::TermList terms;
  if (std::filesystem::is_directory(pack)) {
    KABAR_ASSIGN(terms, terms::read_term_folder(pack));
  }
  if (own.size() > 0) terms = terms::put_over(own, terms);
  return terms::Termbase::make(std::move(terms));
}

}  // namespace

Result<Knowledge> Knowledge::load(const std::filesystem::path& data, const terms::TermList& own) {
  // A program that translates one sentence waits for this more than for anything else: two cores share the work.
  std::future<Result<std::shared_ptr<KnowledgeData>>> rest = std::async(std::launch::async, read_knowledge, data);
  KABAR_ASSIGN(terms::Termbase termbase, read_termbase(data / "termbase" / "id-news", own));
  KABAR_ASSIGN(std::shared_ptr<KnowledgeData> loaded, rest.get());
  loaded->set_termbase(std::move(termbase));
  Knowledge knowledge;
  knowledge.data_ = std::move(loaded);
  return knowledge;
}

Result<Knowledge> Knowledge::load(const std::filesystem::path& data, terms::Termbase termbase) {
  KABAR_ASSIGN(std::shared_ptr<KnowledgeData> loaded, read_knowledge(data));
  loaded->set_termbase(std::move(termbase));
  Knowledge knowledge;
  knowledge.data_ = std::move(loaded);
  return knowledge;
}

void KnowledgeData::set_termbase(terms::Termbase base) {
  termbase = std::move(base);
  english_termbase = std::make_unique<Lazy<terms::Termbase>>([this] {
    Result<terms::Termbase> turned = terms::Termbase::make(terms::turned(termbase.terms(), Language::en), Language::en);
    KABAR_CHECK(turned);  // its ids are those of a termbase
    return std::move(*turned);
  });
}

const terms::Termbase& KnowledgeData::termbase_for(Language source) const {
  return source == Language::en ? english_termbase->get() : termbase;
}

const terms::Termbase& Knowledge::termbase(Language source) const { return data_->termbase_for(source); }

const terms::Lexicon& Knowledge::lexicon() const { return data_->lexicon; }

const terms::NameTable& Knowledge::names() const { return data_->names; }

const terms::Generics& Knowledge::generics() const { return data_->generics; }

const terms::Titles& Knowledge::titles() const { return data_->titles; }

void Knowledge::warm_up(Language target) const {
  data_->termbase.index(target);
  data_->word_list(target);
  for (const Language language : {Language::id, target}) {
    if (const auto kinds = data_->kinds.find(language); kinds != data_->kinds.end()) kinds->second.get();
  }
}

bool Knowledge::is_small_word(std::string_view word, Language language) const {
  const WordList* const list = data_->word_list(language);
  return list != nullptr && list->contains(decode_utf8(word));
}

}  // namespace kabar::checks
