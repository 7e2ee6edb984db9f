#include "train/prepare.h"

#include <fmt/format.h>
#include <sentencepiece_processor.h>

#include <algorithm>
#include <random>
#include <unordered_map>

#include "base/file.h"
#include "base/utf8.h"
#include "text/title_case.h"
#include "train/dictionary.h"
#include "train/examples.h"
#include "train/exclusion.h"
#include "train/masking.h"
#include "train/name_masking.h"
#include "train/patterns.h"
#include "train/selection.h"
#include "train/vocabularies.h"
#include "train/word_alignment.h"

namespace kabar::train {
namespace {

int head_of(Language language) {
  const auto found = std::find(kHeads.begin(), kHeads.end(), language);
  return found == kHeads.end() ? -1 : static_cast<int>(found - kHeads.begin());
}

// English sources are another group where the recipe has one: "written-english" beside "written".
int group_for_source(const DataRecipe& recipe, int group, int source_language) {
  if (kSources[static_cast<size_t>(source_language)] != Language::en) return group;
  const int english = group_named(recipe, recipe.groups[static_cast<size_t>(group)].name + "-english");
  return english < 0 ? group : english;
}

struct Reading {
  const DataRecipe& recipe;
  ExampleJoiner joiner;
  PreparationReport report;

  void add(int source_language, int group, std::string_view source, int head, std::string_view target) {
    const std::string a = normalize_training_text(source, kSources[static_cast<size_t>(source_language)]);
    const std::string b = normalize_training_text(target, kHeads[static_cast<size_t>(head)]);
    if (const std::optional<std::string_view> fault = fault_of_pair(a, b)) {
      ++report.dropped[std::string(*fault)];
    } else {
      joiner.add(source_language, group_for_source(recipe, group, source_language), a, head, b);
    }
  }
};

// Indonesian and English as sources of each line, all other languages as its translations.
void add_six(Reading& reading, int group, const SixTexts& texts) {
  for (size_t source = 0; source < kSources.size(); ++source) {
    for (size_t i = 0; i < kSixLanguages.size(); ++i) {
      const int head = head_of(kSixLanguages[i]);
      if (head < 0 || kSixLanguages[i] == kSources[source]) continue;
      // kSixLanguages begins with the sources, in their order.
      reading.add(static_cast<int>(source), group, texts[source], head, texts[i]);
    }
  }
}

Result<void> read_written(Reading& reading) {
  const int group = group_named(reading.recipe, "written");
  if (group < 0) return fail(ErrorKind::bad_input, "", "the recipe has no group \"written\"");
  std::vector<std::filesystem::path> files;
  for (const std::filesystem::path& folder : reading.recipe.written) {
    KABAR_ASSIGN(const std::vector<std::filesystem::path> here, tsv_files(folder));
    files.insert(files.end(), here.begin(), here.end());
  }
  std::sort(files.begin(), files.end());
  for (const std::filesystem::path& path : files) {
    KABAR_ASSIGN(const std::vector<SixTexts> lines, read_six(path));
    for (const SixTexts& texts : lines) add_six(reading, group, texts);
  }
  if (!reading.recipe.dictionary.empty()) {
    KABAR_ASSIGN(const auto dictionary, read_dictionary(reading.recipe.dictionary));
    for (const DictionaryEntry& entry : dictionary) add_six(reading, group, entry.first());
  }
  return {};
}

Result<void> read_tier(Reading& reading, const std::string& tier, const std::map<std::string, CorpusSource>& sources) {
  for (size_t source = 0; source < kSources.size(); ++source) {
    for (size_t head = 0; head < kHeads.size(); ++head) {
      const std::string name = fmt::format("{}-{}.tsv.zst", kSources[source].view(), kHeads[head].view());
      const std::filesystem::path path = reading.recipe.corpus / tier / name;
      if (!std::filesystem::exists(path)) continue;
      KABAR_ASSIGN(const std::vector<Pair> pairs, read_pairs(path));
      for (const Pair& pair : pairs) {
        const auto origin = sources.find(pair.origin);
        const int group = origin == sources.end() ? -1 : group_of(reading.recipe, origin->second);
        if (group < 0) {
          ++reading.report.dropped["no group"];
        } else {
          reading.add(static_cast<int>(source), group, pair.source, static_cast<int>(head), pair.target);
        }
      }
    }
  }
  return {};
}

// Headlines in title case reach the engine as sentences (text/title_case.h): so they are learned. A word is small there
// if the corpus has it more often small than with a capital inside a sentence.
void write_headlines_as_sentences(std::vector<Example>& examples) {
  std::unordered_map<std::string, int> balance;  // small less capital, by the word in small letters
  const auto indonesian = [](const Example& example) {
    return kSources[static_cast<size_t>(example.source_language)] == Language::id;
  };
  for (const Example& example : examples) {
    if (!indonesian(example)) continue;
    const std::vector<text::Word> words = text::words_of(decode_utf8(example.source));
    if (text::is_title_case(example.source, words, false)) continue;
    for (const text::Word& word : words) {
      if (!word.sentence_start && !word.all_capitals) balance[fold_case(word.text)] += word.capital ? -1 : 1;
    }
  }
  const auto is_small = [&](const text::Word& word) {
    const auto found = balance.find(fold_case(word.text));
    return found != balance.end() && found->second > 0;
  };
  for (Example& example : examples) {
    if (!indonesian(example)) continue;
    const std::vector<text::Word> words = text::words_of(decode_utf8(example.source));
    if (text::is_title_case(example.source, words, false)) {
      example.source = text::sentence_case(example.source, words, {}, is_small);
    }
  }
}

std::vector<PackedRecord> cut_into_pieces(const std::vector<Example>& examples, const Vocabularies& vocabularies,
                                          PreparationReport& report) {
  std::vector<PackedRecord> records;
  records.reserve(examples.size());
  for (const Example& example : examples) {
    PackedRecord record{example.source_language, example.group, vocabularies.encode_source(example.source), {}};
    if (record.pieces.empty() || record.pieces.size() > kPiecesMax) {
      ++report.dropped["too many pieces"];
      continue;
    }
    for (size_t head = 0; head < kHeads.size(); ++head) {
      if (example.targets[head].empty()) continue;
      PackedTarget target{
          static_cast<uint8_t>(head), vocabularies.encode_target(static_cast<int>(head), example.targets[head]), {}};
      if (target.pieces.empty() || target.pieces.size() > kPiecesMax) {
        ++report.dropped["too many pieces"];
        continue;
      }
      record.targets.push_back(std::move(target));
    }
    if (!record.targets.empty()) records.push_back(std::move(record));
  }
  return records;
}

Result<void> add_patterns(std::vector<Example>& examples, const DataRecipe& recipe) {
  if (recipe.patterns.empty()) return {};
  const int group = group_named(recipe, "patterns");
  if (group < 0) return fail(ErrorKind::bad_input, "", "the recipe has no group \"patterns\"");
  KABAR_ASSIGN(const PatternSet set, read_patterns(recipe.patterns));
  for (Example& example : fill_patterns(set, recipe.pattern_sentences, recipe.placeholder_share, recipe.seed, group)) {
    example.group = static_cast<uint8_t>(group_for_source(recipe, group, example.source_language));
    examples.push_back(std::move(example));
  }
  return {};
}

int drop_excluded(std::vector<Example>& examples, const Exclusion& exclusion) {
  return static_cast<int>(std::erase_if(examples, [&](const Example& example) {
    return exclusion.contains(example.source) ||
           std::any_of(example.targets.begin(), example.targets.end(),
                       [&](const std::string& text) { return exclusion.contains(text); });
  }));
}

// Tension of the diagonal by head: how far a translation keeps the order of words.
constexpr std::array<double, kHeads.size()> kTension = {6, 2, 0.5, 4, 6};

// Links of the pairs of one head; the worst pairs lose their pieces.
int align_head(std::vector<PackedRecord>& records, size_t head, const DataRecipe& recipe,
               const Vocabularies& vocabularies) {
  std::vector<SentencePieces> pairs;
  std::vector<PackedTarget*> places;
  std::vector<char> is_own;  // the project's own sentences are never dropped
  for (PackedRecord& record : records) {
    for (PackedTarget& target : record.targets) {
      if (target.head != head) continue;
      pairs.push_back({record.pieces, target.pieces});
      places.push_back(&target);
      is_own.push_back(recipe.groups[record.group].domain);
    }
  }
  const AlignmentOptions options{.source_size = vocabularies.source_size(),
                                 .target_size = vocabularies.target_size(static_cast<int>(head)),
                                 .tension = kTension[head]};
  Aligner aligner(pairs, options);
  std::vector<double> scores(pairs.size());
  std::vector<double> sorted;
  for (size_t i = 0; i < pairs.size(); ++i) {
    places[i]->links = aligner.links(pairs[i]);
    scores[i] = aligner.score(pairs[i]);
    if (!is_own[i]) sorted.push_back(scores[i]);
  }
  if (sorted.empty()) return 0;
  const auto cut = static_cast<std::ptrdiff_t>(recipe.drop_worst * static_cast<double>(sorted.size() - 1));
  std::nth_element(sorted.begin(), sorted.begin() + cut, sorted.end());
  const double least = sorted[static_cast<size_t>(cut)];
  int dropped = 0;
  for (size_t i = 0; i < pairs.size(); ++i) {
    if (is_own[i] || scores[i] >= least) continue;
    places[i]->pieces.clear();
    ++dropped;
  }
  return dropped;
}

void drop_empty(std::vector<PackedRecord>& records) {
  for (PackedRecord& record : records) {
    std::erase_if(record.targets, [](const PackedTarget& target) { return target.pieces.empty(); });
  }
  std::erase_if(records, [](const PackedRecord& record) { return record.targets.empty(); });
}

// The chance `share`, the same on every machine.
bool chance(std::mt19937_64& random, double share) { return static_cast<double>(random() >> 11) * 0x1p-53 < share; }

Result<void> mask_examples(std::vector<Example>& examples, const DataRecipe& recipe, std::mt19937_64& random,
                           PreparationReport& report) {
  std::vector<TermForms> terms;
  if (!recipe.termbase.empty()) {
    KABAR_ASSIGN(terms, read_term_forms(recipe.termbase));
  }
  const Masker masker(std::move(terms));
  std::vector<Example> result;
  result.reserve(examples.size());
  for (Example& example : examples) {
    // Sentences made of patterns have their placeholders already.
    if (has_placeholder(example.source) || !chance(random, recipe.placeholder_share)) {
      result.push_back(std::move(example));
      continue;
    }
    for (Example& one : masker.mask(example)) {
      if (has_placeholder(one.source)) ++report.masked;
      result.push_back(std::move(one));
    }
  }
  examples = std::move(result);
  return {};
}

// News sentences get a copy in which their names are placeholders.
void add_name_copies(std::vector<PackedRecord>& records, const DataRecipe& recipe, const Vocabularies& vocabularies,
                     std::mt19937_64& random, PreparationReport& report) {
  const NameMasker masker(vocabularies);
  const size_t count = records.size();
  for (size_t i = 0; i < count; ++i) {
    if (!recipe.groups[records[i].group].domain || !chance(random, recipe.name_share)) continue;
    if (std::optional<PackedRecord> copy = masker.mask(records[i])) {
      records.push_back(std::move(*copy));
      ++report.with_names;
    }
  }
}

bool is_masked(const PackedRecord& record, const Vocabularies& vocabularies) {
  return std::any_of(record.pieces.begin(), record.pieces.end(),
                     [&](uint16_t piece) { return has_placeholder(vocabularies.source().IdToPiece(piece)); });
}

// Two sentences as one, or nothing if they do not have the same heads or become too long.
std::optional<PackedRecord> joined(const PackedRecord& first, const PackedRecord& second) {
  PackedRecord both = first;
  both.pieces.insert(both.pieces.end(), second.pieces.begin(), second.pieces.end());
  if (both.pieces.size() > kPiecesMax || first.targets.size() != second.targets.size()) return std::nullopt;
  for (size_t i = 0; i < both.targets.size(); ++i) {
    PackedTarget& target = both.targets[i];
    const PackedTarget& other = second.targets[i];
    if (other.head != target.head || target.pieces.size() + other.pieces.size() > kPiecesMax) return std::nullopt;
    for (const PieceLink& link : other.links) {
      target.links.push_back({static_cast<uint16_t>(link.source + first.pieces.size()),
                              static_cast<uint16_t>(link.target + target.pieces.size())});
    }
    target.pieces.insert(target.pieces.end(), other.pieces.begin(), other.pieces.end());
  }
  return both;
}

// The project's own sentences are short. Neighbours joined into one teach the model to go on to the end of long ones.
void add_joined_neighbours(std::vector<PackedRecord>& records, const DataRecipe& recipe,
                           const Vocabularies& vocabularies, std::mt19937_64& random) {
  constexpr double kShare = 0.6;
  const int written = group_named(recipe, "written");
  const size_t count = records.size();
  size_t previous = count;  // none
  for (size_t i = 0; i < count; ++i) {
    if (records[i].group != written || kSources[records[i].source_language] != Language::id) continue;
    if (is_masked(records[i], vocabularies)) {  // the numbers of two sentences' placeholders would clash
      previous = count;
    } else if (previous != count) {
      std::optional<PackedRecord> both = joined(records[previous], records[i]);
      if (both && chance(random, kShare)) records.push_back(std::move(*both));
      previous = count;
    } else {
      previous = i;
    }
  }
}

Result<void> write_groups(const DataRecipe& recipe, const PreparationReport& report) {
  std::string text = "# The sampling groups of the pack beside this file, by number.\n";
  for (size_t i = 0; i < recipe.groups.size(); ++i) {
    const auto count = report.records.find(recipe.groups[i].name);
    text += fmt::format("\n[[group]]\nid = {}\nname = \"{}\"\nweight = {}\nrecords = {}\n", i, recipe.groups[i].name,
                        recipe.groups[i].weight, count == report.records.end() ? 0 : count->second);
  }
  std::filesystem::path path = recipe.pack;
  return disk().write(path.replace_extension(".groups.toml"), text);
}

}  // namespace

Result<PreparationReport> prepare_data(const DataRecipe& recipe, const std::function<void(const std::string&)>& say) {
  KABAR_ASSIGN(const auto sources, read_sources(recipe.corpus / "SOURCES.tsv"));
  KABAR_ASSIGN(const Vocabularies vocabularies, Vocabularies::open(recipe.vocabularies));
  KABAR_ASSIGN(const Exclusion exclusion, Exclusion::read(recipe.exclude));
  Reading reading{recipe, {}, {}};
  say("reading");
  KABAR_TRY(read_written(reading));
  for (const std::string& tier : recipe.tiers) KABAR_TRY(read_tier(reading, tier, sources));

  PreparationReport& report = reading.report;
  std::vector<Example> examples = reading.joiner.take();
  report.dropped["near-duplicate"] = drop_near_duplicates(examples, recipe.groups);
  say(fmt::format("choosing from {} sentences", examples.size()));
  report.dropped["unlike news"] = keep_most_like_domain(examples, recipe.groups, vocabularies);
  KABAR_TRY(add_patterns(examples, recipe));
  report.dropped["excluded"] = drop_excluded(examples, exclusion);
  write_headlines_as_sentences(examples);
  std::mt19937_64 random(recipe.seed);
  say(fmt::format("masking facts and terms in {} sentences", examples.size()));
  KABAR_TRY(mask_examples(examples, recipe, random, report));

  say(fmt::format("cutting {} sentences into pieces", examples.size()));
  std::vector<PackedRecord> records = cut_into_pieces(examples, vocabularies, report);
  examples.clear();
  for (size_t head = 0; head < kHeads.size(); ++head) {
    say(fmt::format("aligning {} ({} sentences)", kHeads[head].view(), records.size()));
    report.dropped["badly aligned"] += align_head(records, head, recipe, vocabularies);
  }
  drop_empty(records);
  add_joined_neighbours(records, recipe, vocabularies, random);
  add_name_copies(records, recipe, vocabularies, random, report);

  for (const PackedRecord& record : records) {
    ++report.records[recipe.groups[record.group].name];
    for (const PackedTarget& target : record.targets) {
      report.target_pieces[target.head] += static_cast<int64_t>(target.pieces.size()) + 1;
    }
  }
  KABAR_TRY(write_pack(recipe.pack, records));
  KABAR_TRY(write_groups(recipe, report));
  return report;
}

}  // namespace kabar::train
