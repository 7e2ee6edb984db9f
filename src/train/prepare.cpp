#include "train/prepare.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "base/file.h"
#include "train/examples.h"
#include "train/masking.h"
#include "train/vocabularies.h"
#include "train/word_alignment.h"

namespace kabar::train {
namespace {

int head_of(Language language) {
  const auto found = std::find(kHeads.begin(), kHeads.end(), language);
  return found == kHeads.end() ? -1 : static_cast<int>(found - kHeads.begin());
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
      joiner.add(source_language, group, a, head, b);
    }
  }
};

Result<void> read_written(Reading& reading) {
  const int group = group_named(reading.recipe, "written");
  if (group < 0) return fail(ErrorKind::bad_input, "", "the recipe has no group \"written\"");
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(reading.recipe.written)) {
    if (entry.path().extension() == ".tsv") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const std::filesystem::path& path : files) {
    KABAR_ASSIGN(const std::vector<SixTexts> lines, read_six(path));
    for (const SixTexts& texts : lines) {
      for (size_t source = 0; source < kSources.size(); ++source) {
        for (size_t i = 0; i < kSixLanguages.size(); ++i) {
          const int head = head_of(kSixLanguages[i]);
          if (head < 0 || kSixLanguages[i] == kSources[source]) continue;
          // kSixLanguages begins with the sources, in their order.
          reading.add(static_cast<int>(source), group, texts[source], head, texts[i]);
        }
      }
    }
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

// Tension of the diagonal by head: how far a translation keeps the order of words.
constexpr std::array<double, kHeads.size()> kTension = {6, 2, 0.5, 4, 6};

void align(std::vector<PackedRecord>& records, const Vocabularies& vocabularies,
           const std::function<void(const std::string&)>& say) {
  for (size_t head = 0; head < kHeads.size(); ++head) {
    std::vector<SentencePieces> pairs;
    std::vector<PackedTarget*> places;
    for (PackedRecord& record : records) {
      for (PackedTarget& target : record.targets) {
        if (target.head != head) continue;
        pairs.push_back({record.pieces, target.pieces});
        places.push_back(&target);
      }
    }
    say(fmt::format("aligning {} pairs of {}", pairs.size(), kHeads[head].view()));
    const AlignmentOptions options{.source_size = vocabularies.source_size(),
                                   .target_size = vocabularies.target_size(static_cast<int>(head)),
                                   .tension = kTension[head]};
    Aligner aligner(pairs, options);
    for (size_t i = 0; i < pairs.size(); ++i) places[i]->links = aligner.links(pairs[i]);
  }
}

Result<void> write_groups(const DataRecipe& recipe, const PreparationReport& report) {
  std::string text = "# The sampling groups of the pack beside this file, by number.\n";
  for (size_t i = 0; i < recipe.groups.size(); ++i) {
    const auto count = report.records.find(recipe.groups[i].name);
    text += fmt::format("\n[[group]]\nid = {}\nname = \"{}\"\nweight = {}\nrecords = {}\n", i, recipe.groups[i].name,
                        recipe.groups[i].weight, count == report.records.end() ? 0 : count->second);
  }
  return disk().write(recipe.pack.parent_path() / "groups.toml", text);
}

}  // namespace

Result<PreparationReport> prepare_data(const DataRecipe& recipe, const std::function<void(const std::string&)>& say) {
  KABAR_ASSIGN(const auto sources, read_sources(recipe.corpus / "SOURCES.tsv"));
  KABAR_ASSIGN(const Vocabularies vocabularies, Vocabularies::open(recipe.vocabularies));
  Reading reading{recipe, {}, {}};
  say("reading");
  KABAR_TRY(read_written(reading));
  for (const std::string& tier : recipe.tiers) KABAR_TRY(read_tier(reading, tier, sources));

  std::vector<Example> examples = reading.joiner.take();
  PreparationReport& report = reading.report;
  std::mt19937_64 random(recipe.seed);
  const size_t unmasked = examples.size();
  for (size_t i = 0; i < unmasked; ++i) {
    if (static_cast<double>(random() >> 11) * 0x1p-53 >= recipe.placeholder_share) continue;
    if (std::optional<Example> masked = mask_facts(examples[i])) {
      ++report.masked;
      examples[i] = std::move(*masked);
    }
  }

  say(fmt::format("cutting {} sentences into pieces", examples.size()));
  std::vector<PackedRecord> records = cut_into_pieces(examples, vocabularies, report);
  align(records, vocabularies, say);
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
