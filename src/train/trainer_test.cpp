#include "train/trainer.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>

#include "train/training_run.h"

namespace kabar::train {
namespace {

TrainingRecipe small_recipe() {
  TrainingRecipe recipe;
  recipe.data.groups.push_back({.name = "all"});
  recipe.shape.width = 64;
  recipe.shape.heads = 4;
  recipe.shape.inner = 128;
  recipe.shape.encoder_layers = 1;
  recipe.shape.decoder_layers = 1;
  recipe.shape.source_vocabulary = 60;
  recipe.shape.target_vocabularies = {60, 50};
  recipe.training.batch_tokens = 300;
  recipe.training.learning_rate = 0.002f;
  recipe.training.warmup_steps = 20;
  recipe.training.dropout = 0;
  recipe.training.label_smoothing = 0;
  recipe.training.frequent_words = 10;
  recipe.training.drawn_words = 10;
  return recipe;
}

std::vector<uint16_t> random_pieces(Random& random, uint32_t vocabulary) {
  std::vector<uint16_t> pieces(3 + random.below(6));
  for (uint16_t& piece : pieces) piece = static_cast<uint16_t>(2 + random.below(vocabulary - 2));
  return pieces;
}

// Sentences that have nothing to do with each other: they can only be learned by heart.
std::vector<PackedRecord> random_pairs(int count) {
  Random random(17);
  std::vector<PackedRecord> records;
  for (int i = 0; i < count; ++i) {
    PackedRecord record;
    record.pieces = random_pieces(random, 60);
    record.targets.push_back({0, random_pieces(random, 60), {}});
    record.targets.push_back({1, random_pieces(random, 50), {}});
    records.push_back(record);
  }
  return records;
}

std::filesystem::path scratch(const std::string& name) {
  return std::filesystem::temp_directory_path() / ("kabar-trainer-" + std::to_string(getpid())) / name;
}

// Every word is the likeliest after the right ones before it: then greedy decoding gives exactly these sentences.
TEST(Trainer, Learns200PairsByHeart) {
  const std::vector<PackedRecord> records = random_pairs(200);
  TrainingRecipe recipe = small_recipe();
  recipe.training.drawn_words = -1;
  const auto trainer = Trainer::create(recipe, records);
  ASSERT_TRUE(trainer) << trainer.error().text();
  int wrong = 1;
  for (int round = 0; round < 60 && wrong > 0; ++round) {
    for (int i = 0; i < 50; ++i) ASSERT_TRUE((*trainer)->step(round < 6 ? 1 : 0.2f));
    std::vector<const PackedRecord*> all;
    for (const PackedRecord& record : records) all.push_back(&record);
    const Batch batch = make_batch(all, 2);
    std::vector<Candidates> words(2);
    for (size_t h = 0; h < 2; ++h) {
      for (int id = 0; id < recipe.shape.target_vocabularies[h]; ++id) words[h].ids.push_back(id);
      words[h].weight.assign(words[h].ids.size(), 1);
    }
    Network<float> network((*trainer)->layout());
    wrong = 0;
    for (const HeadLoss& loss : network.run((*trainer)->weights(), batch, words, {}, nullptr)) {
      wrong += loss.tokens - loss.correct;
    }
  }
  EXPECT_EQ(wrong, 0);
}

TEST(Trainer, ResumedRunHasTheWeightsOfAnUninterruptedOne) {
  const std::vector<PackedRecord> records = random_pairs(50);
  TrainingRecipe recipe = small_recipe();
  recipe.training.dropout = 0.1f;
  const auto whole = Trainer::create(recipe, records);
  const auto killed = Trainer::create(recipe, records);
  ASSERT_TRUE(whole && killed);
  for (int i = 0; i < 30; ++i) ASSERT_TRUE((*whole)->step());
  for (int i = 0; i < 13; ++i) ASSERT_TRUE((*killed)->step());
  const std::filesystem::path checkpoint = scratch("resume.checkpoint");
  ASSERT_TRUE((*killed)->save(checkpoint));
  const auto resumed = Trainer::create(recipe, records);
  ASSERT_TRUE(resumed && (*resumed)->load(checkpoint));
  for (int i = 13; i < 30; ++i) ASSERT_TRUE((*resumed)->step());
  const size_t size = (*whole)->layout().size;
  EXPECT_TRUE(std::equal((*whole)->weights(), (*whole)->weights() + size, (*resumed)->weights()));
  EXPECT_TRUE(std::equal((*whole)->averages(), (*whole)->averages() + size, (*resumed)->averages()));
  std::filesystem::remove_all(checkpoint.parent_path());
}

TEST(Trainer, KeepsTheBestWeightsAndEndsWhenNothingBetterComes) {
  const std::vector<PackedRecord> records = random_pairs(50);
  const TrainingRecipe recipe = small_recipe();
  const auto trainer = Trainer::create(recipe, records);
  ASSERT_TRUE(trainer);
  const std::filesystem::path best = scratch("best.checkpoint");
  const std::vector<double> scores = {10, 12, 11, 12, 9, 50};
  std::vector<float> weights_of_best;
  size_t asked = 0;
  RunOptions options;
  options.steps = 100;
  options.best = best;
  options.validation_minutes = 0;  // after every step
  options.patience = 3;
  options.validate = [&](const Trainer& now) -> Result<double> {
    if (asked == 1) weights_of_best.assign(now.averages(), now.averages() + now.layout().size);
    return scores.at(asked++);
  };
  std::filesystem::create_directories(best.parent_path());
  ASSERT_TRUE(run_training(**trainer, options, {}, [](const LogLine&) {}));
  EXPECT_EQ(asked, 5u);  // three in a row that are not better than 12
  const auto kept = Trainer::create(recipe, records);
  ASSERT_TRUE(kept && (*kept)->load(best));
  EXPECT_TRUE(std::equal(weights_of_best.begin(), weights_of_best.end(), (*kept)->averages()));
  const Validations found = *read_validations(best.parent_path() / "validation.tsv");
  EXPECT_EQ(found.best, 12);
  EXPECT_EQ(found.best_step, 2);
  EXPECT_EQ(found.since_best, 3);
  std::filesystem::remove_all(best.parent_path());
}

TEST(Trainer, RefusesACheckpointOfAnotherShape) {
  const std::vector<PackedRecord> records = random_pairs(5);
  TrainingRecipe recipe = small_recipe();
  const auto one = Trainer::create(recipe, records);
  const std::filesystem::path checkpoint = scratch("shape.checkpoint");
  ASSERT_TRUE(one && (*one)->save(checkpoint));
  recipe.shape.encoder_layers = 2;
  const auto other = Trainer::create(recipe, records);
  const Result<void> loaded = (*other)->load(checkpoint);
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().kind, ErrorKind::bad_input);
  std::filesystem::resize_file(checkpoint, 1000);
  EXPECT_FALSE((*one)->load(checkpoint));
  std::filesystem::remove_all(checkpoint.parent_path());
}

TEST(Trainer, RefusesWeightsThatAreNoNumbers) {
  const std::vector<PackedRecord> records = random_pairs(5);
  const auto trainer = Trainer::create(small_recipe(), records);
  ASSERT_TRUE(trainer);
  std::vector<float> weights((*trainer)->weights(), (*trainer)->weights() + (*trainer)->layout().size);
  weights[(*trainer)->layout().encoder[0].output.weight] = std::numeric_limits<float>::quiet_NaN();
  (*trainer)->set_weights(weights.data());
  EXPECT_FALSE((*trainer)->step());
  EXPECT_FALSE(run_training(**trainer, {.steps = 10}, {}, [](const LogLine&) {}));
}

TEST(Trainer, RefusesPiecesOutsideOfTheVocabulary) {
  std::vector<PackedRecord> records = random_pairs(3);
  records[1].targets[1].pieces[0] = 50;
  const auto trainer = Trainer::create(small_recipe(), records);
  ASSERT_FALSE(trainer);
  EXPECT_EQ(trainer.error().place, "record 1");
}

}  // namespace
}  // namespace kabar::train
