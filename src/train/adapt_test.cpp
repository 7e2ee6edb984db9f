#include "train/adapt.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <memory>

#include "mt/engine.h"
#include "train/export.h"
#include "train/trainer.h"

namespace kabar::train {
namespace {

constexpr uint32_t kWords = 24;
constexpr uint32_t kPlanted = 7;  // the word that editors translate in their own way

std::string word(char letter, uint32_t number) {
  return std::string(1, letter) + static_cast<char>('a' + number / 5) + static_cast<char>('a' + number % 5) + letter;
}

// "</s>", "<unk>", the words of one letter, and the term that only editors use.
std::string vocabulary_list(char letter) {
  std::string list = "</s>\n<unk>\n";
  for (uint32_t i = 0; i < kWords; ++i) list += word(letter, i) + "\n";
  return list + "planted\n";
}

// Numbers of two to four words, none of them `without`.
std::vector<uint32_t> random_numbers(Random& random, uint32_t without = kWords) {
  std::vector<uint32_t> numbers(2 + random.below(3));
  for (uint32_t& number : numbers) {
    do number = random.below(kWords);
    while (number == without);
  }
  return numbers;
}

std::string sentence(char letter, const std::vector<uint32_t>& numbers) {
  std::string text;
  for (const uint32_t number : numbers) text += (text.empty() ? "" : " ") + word(letter, number);
  return text;
}

// Every language translates word for word, "waaw" -> "xaax".
std::vector<PackedRecord> general_records(int count, uint32_t without = kWords) {
  Random random(4);
  std::vector<PackedRecord> records;
  for (int i = 0; i < count; ++i) {
    PackedRecord record;
    for (const uint32_t number : random_numbers(random, without))
      record.pieces.push_back(static_cast<uint16_t>(number + 2));
    for (uint8_t h = 0; h < kHeads.size(); ++h) {
      PackedTarget target{h, record.pieces, {}};
      for (uint16_t p = 0; p < record.pieces.size(); ++p) target.links.push_back({p, p});
      record.targets.push_back(target);
    }
    records.push_back(record);
  }
  return records;
}

GeneralSet general_set() {
  Random random(99);
  GeneralSet set{{}, {Language::en}, {{}}};
  for (int i = 0; i < 20; ++i) {
    const std::vector<uint32_t> numbers = random_numbers(random, kPlanted);
    set.sources.push_back(sentence('w', numbers));
    set.targets[0].push_back(sentence('x', numbers));
  }
  return set;
}

// Editors say "planted" for word 7.
std::vector<ReviewedSegment> planted_segments() {
  Random random(7);
  std::vector<ReviewedSegment> segments;
  for (int i = 0; i < 60; ++i) {
    std::vector<uint32_t> numbers = random_numbers(random);
    numbers[random.below(static_cast<uint32_t>(numbers.size()))] = kPlanted;
    std::string target;
    for (const uint32_t number : numbers) {
      target += (target.empty() ? "" : " ") + (number == kPlanted ? std::string("planted") : word('x', number));
    }
    segments.push_back({sentence('w', numbers), Language::en, target});
  }
  return segments;
}

class Adapt : public testing::Test {
 protected:
  // A small package that translates word for word, made once.
  static void SetUpTestSuite() {
    folder_ = std::filesystem::temp_directory_path() / ("kabar-adapt-" + std::to_string(getpid()));
    TrainingRecipe recipe;
    recipe.data.groups.push_back({.name = "all"});
    recipe.shape = {.width = 64,
                    .heads = 2,
                    .inner = 64,
                    .encoder_layers = 1,
                    .decoder_layers = 1,
                    .source_vocabulary = kWords + 3,
                    .target_vocabularies = std::vector<int>(5, kWords + 3)};
    recipe.training.batch_tokens = 400;
    recipe.training.learning_rate = 0.003f;
    recipe.training.warmup_steps = 20;
    recipe.training.dropout = 0;
    recipe.training.label_smoothing = 0;
    recipe.training.guided_heads = 2;
    const std::vector<PackedRecord> records = general_records(400);
    const auto trainer = Trainer::create(recipe, records);
    ASSERT_TRUE(trainer);
    for (int i = 0; i < 250; ++i) ASSERT_TRUE((*trainer)->step());
    PackageParts parts;
    parts.vocabulary.list = vocabulary_list('w');
    for (const Language language : kHeads) parts.heads.push_back({language, {{}, vocabulary_list('x')}, {}});
    const Result<void> exported = export_package((*trainer)->layout(), (*trainer)->weights(), parts, folder_ / "model");
    ASSERT_TRUE(exported) << exported.error().text();
  }
  static void TearDownTestSuite() { std::filesystem::remove_all(folder_); }

  static std::string translate(const std::filesystem::path& package, const std::string& text) {
    const auto engine =
        mt::Engine::create({std::make_shared<const mt::Model>(mt::load_package(package).value())}, 1).value();
    const std::vector<mt::Sentence> sentences = {{.text = text, .context_before = {}, .constraints = {}}};
    const std::vector<Language> targets = {Language::en};
    return engine->translate(sentences, Language::id, targets, {}, {}).value()[0][0].text;
  }

  static inline std::filesystem::path folder_;
};

TEST_F(Adapt, LearnsThePlantedTermAndKeepsTheRest) {
  ASSERT_EQ(translate(folder_ / "model", sentence('w', {3, 7, 11})), sentence('x', {3, 7, 11}));
  AdaptOptions options;
  options.learning_rate = 1e-3f;
  options.rounds = 20;
  options.batch_tokens = 60;
  options.general_loss_max = 2;
  const auto report = adapt(folder_ / "model", planted_segments(), general_records(100, kPlanted), general_set(),
                            options, folder_ / "adapted", {});
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_GT(report->reviewed_after, report->reviewed_before);
  EXPECT_TRUE(report->better);
  EXPECT_EQ(translate(folder_ / "adapted", sentence('w', {3, 7, 11})), "xadx planted xcbx");
}

TEST_F(Adapt, RefusesAModelThatForgotTheRest) {
  std::vector<ReviewedSegment> segments = planted_segments();
  for (ReviewedSegment& segment : segments) segment.target = "planted";
  AdaptOptions options;
  options.learning_rate = 3e-3f;
  options.rounds = 30;
  options.batch_tokens = 60;
  const auto report = adapt(folder_ / "model", segments, {}, general_set(), options, folder_ / "worse", {});
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_GT(report->reviewed_after, report->reviewed_before);
  EXPECT_FALSE(report->better);
}

TEST_F(Adapt, NeedsSomeSegments) {
  const std::vector<ReviewedSegment> few = {{"waaw", Language::en, "xaax"}};
  EXPECT_EQ(adapt(folder_ / "model", few, {}, general_set(), {}, folder_ / "few", {}).error().kind, ErrorKind::usage);
}

TEST(Promote, AndRollBackExchangeTheFolders) {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("kabar-promote-" + std::to_string(getpid()));
  for (const char* name : {"model", "candidate"}) {
    std::filesystem::create_directories(folder / name);
    std::ofstream(folder / name / "name") << name;
  }
  const auto name_in = [&](const char* path) {
    std::string name;
    std::ifstream(folder / path / "name") >> name;
    return name;
  };
  EXPECT_EQ(roll_back(folder / "model").error().kind, ErrorKind::not_found);
  ASSERT_TRUE(promote(folder / "model", folder / "candidate"));
  EXPECT_EQ(name_in("model"), "candidate");
  EXPECT_EQ(name_in("model.before"), "model");
  ASSERT_TRUE(roll_back(folder / "model"));
  EXPECT_EQ(name_in("model"), "model");
  ASSERT_TRUE(roll_back(folder / "model"));
  EXPECT_EQ(name_in("model"), "candidate");
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace kabar::train
