#include "train/vocabulary_training.h"

#include <fmt/format.h>
#include <sentencepiece_trainer.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "base/file.h"
#include "mt/placeholder.h"
#include "train/pack.h"

namespace kabar::train {
namespace {

constexpr int kVocabularySize = 8000;
constexpr int kOwnTimes = 8;           // how often the project's own sentences count
constexpr size_t kTextBytesMax = 400;  // longer texts are seldom one sentence

// At most this many texts of a domain and language.
size_t domain_limit(const std::string& domain) {
  if (domain == "docs") return 60'000;
  if (domain == "software" || domain == "religion") return 12'000;
  if (domain == "legal") return 20'000;
  return 90'000;
}

using Texts = std::vector<std::string>;
using TextsByDomain = std::map<std::string, std::set<std::string>>;

// Shuffles in a way that is the same with every standard library.
void shuffle(Texts& texts, std::mt19937_64& random) {
  for (size_t i = texts.size(); i > 1; --i) std::swap(texts[i - 1], texts[random() % i]);
}

Result<std::map<Language, TextsByDomain>> read_tiers(const DataRecipe& recipe) {
  KABAR_ASSIGN(const auto sources, read_sources(recipe.corpus / "SOURCES.tsv"));
  std::map<Language, TextsByDomain> texts;
  for (const std::string& tier : recipe.tiers) {
    for (const Language source : kSources) {
      for (const Language target : kHeads) {
        const std::string name = fmt::format("{}-{}.tsv.zst", source.view(), target.view());
        const std::filesystem::path path = recipe.corpus / tier / name;
        if (!std::filesystem::exists(path)) continue;
        KABAR_ASSIGN(const std::vector<Pair> pairs, read_pairs(path));
        for (const Pair& pair : pairs) {
          const auto origin = sources.find(pair.origin);
          const std::string domain = origin == sources.end() ? "other" : origin->second.domain;
          if (pair.source.size() < kTextBytesMax)
            texts[source][domain].insert(normalize_training_text(pair.source, source));
          if (pair.target.size() < kTextBytesMax)
            texts[target][domain].insert(normalize_training_text(pair.target, target));
        }
      }
    }
  }
  return texts;
}

Result<std::map<Language, Texts>> sample_texts(const DataRecipe& recipe) {
  std::mt19937_64 random(recipe.seed);
  std::map<Language, Texts> samples;
  KABAR_ASSIGN(const auto by_language, read_tiers(recipe));
  for (const auto& [language, domains] : by_language) {
    for (const auto& [domain, texts] : domains) {
      Texts some(texts.begin(), texts.end());
      shuffle(some, random);
      if (some.size() > domain_limit(domain)) some.resize(domain_limit(domain));
      samples[language].insert(samples[language].end(), some.begin(), some.end());
    }
  }
  for (const std::filesystem::path& folder : recipe.written) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.path().extension() != ".tsv") continue;
      KABAR_ASSIGN(const std::vector<SixTexts> lines, read_six(entry.path()));
      for (const SixTexts& texts : lines) {
        for (size_t i = 0; i < texts.size(); ++i) {
          const std::string text = normalize_training_text(texts[i], kSixLanguages[i]);
          samples[kSixLanguages[i]].insert(samples[kSixLanguages[i]].end(), kOwnTimes, text);
        }
      }
    }
  }
  for (auto& [language, texts] : samples) shuffle(texts, random);
  return samples;
}

// The placeholders, and six spare symbols for later.
std::string user_defined_symbols() {
  std::string symbols;
  for (const char kind : std::string(mt::kPlaceholderKinds) + "Y") {
    for (int i = 0; i < mt::kPlaceholdersPerKind; ++i)
      symbols += (symbols.empty() ? "" : ",") + mt::to_string({kind, i});
  }
  return symbols;
}

class TextIterator final : public sentencepiece::SentenceIterator {
 public:
  explicit TextIterator(const Texts& texts) : texts_(texts) {}
  bool done() const override { return next_ == texts_.size(); }
  void Next() override { ++next_; }
  const std::string& value() const override { return texts_[next_]; }
  sentencepiece::util::Status status() const override { return {}; }

 private:
  const Texts& texts_;
  size_t next_ = 0;
};

Result<void> train_one(const Texts& texts, const std::filesystem::path& path, bool is_source, bool spaced) {
  // Heads keep the text as it is: the usual normalisation turns Chinese and Japanese punctuation into ASCII.
  const std::string arguments = fmt::format(
      "--vocab_size={} --model_type=unigram --bos_id=-1 --eos_id=0 --unk_id=1 --pad_id=-1 --byte_fallback=true "
      "--split_digits=true --user_defined_symbols={} --normalization_rule_name={} --character_coverage={} "
      "--add_dummy_prefix={} --num_threads=1 --seed_sentencepiece_size=300000 --input_sentence_size=200000 "
      "--shuffle_input_sentence=false --max_sentence_length=1500 --minloglevel=1",
      kVocabularySize, user_defined_symbols(), is_source ? "nmt_nfkc" : "identity", spaced ? 0.9999 : 0.9995, spaced);
  std::string model;
  TextIterator iterator(texts);
  const auto status = sentencepiece::SentencePieceTrainer::Train(arguments, &iterator, &model);
  if (!status.ok()) return fail(ErrorKind::bad_input, path.string(), status.ToString());
  return disk().write(path, model);
}

}  // namespace

Result<void> train_vocabularies(const DataRecipe& recipe, const std::function<void(const std::string&)>& say) {
  say("reading");
  KABAR_ASSIGN(auto samples, sample_texts(recipe));
  Texts sources = samples[Language::id];
  const Texts& english = samples[Language::en];
  // Two parts Indonesian to one of English.
  sources.insert(sources.end(), english.begin(),
                 english.begin() + static_cast<std::ptrdiff_t>(std::min(english.size(), sources.size() / 2)));
  std::mt19937_64 random(recipe.seed);
  shuffle(sources, random);
  say("training source.spm");
  KABAR_TRY(train_one(sources, recipe.vocabularies / "source.spm", true, true));
  for (const Language head : kHeads) {
    const std::string name = fmt::format("head.{}.spm", head.view());
    say("training " + name);
    const bool spaced = head != Language::zh && head != Language::ja;
    KABAR_TRY(train_one(samples[head], recipe.vocabularies / name, false, spaced));
  }
  return {};
}

}  // namespace kabar::train
