#include "train/training_recipe.h"

#include <fmt/format.h>

#include <limits>

#include "base/file.h"
#include "base/toml.h"
#include "train/ops.h"
#include "train/pack.h"

namespace kabar::train {
namespace {

// Reads the keys of one table and complains about those that nobody asked for.
class Keys {
 public:
  Keys(const toml::table& table, std::string place) : table_(table), place_(std::move(place)) {}

  void read(std::string_view key, int& value, int least) {
    int64_t number = value;
    take(key, number, [&] { return number >= least && number <= std::numeric_limits<int>::max(); });
    value = static_cast<int>(number);
  }
  void read(std::string_view key, uint64_t& value) {
    int64_t number = static_cast<int64_t>(value);
    take(key, number, [&] { return number >= 0; });
    value = static_cast<uint64_t>(number);
  }
  void read(std::string_view key, bool& value) {
    take(key, value, [] { return true; });
  }
  void read(std::string_view key, double& value, double least, double most) {
    take(key, value, [&] { return value >= least && value <= most; });
  }
  void read(std::string_view key, float& value, double least, double most) {
    double number = static_cast<double>(value);
    take(key, number, [&] { return number >= least && number <= most; });
    value = static_cast<float>(number);
  }
  void read(std::string_view key, std::filesystem::path& value) {
    std::string text = value.string();
    take(key, text, [] { return true; });
    value = text;
  }
  void read(std::string_view key, std::vector<std::filesystem::path>& values) {
    known_.push_back(key);
    const toml::array* array = table_[key].as_array();
    if (array == nullptr) return;
    for (const toml::node& node : *array) values.emplace_back(node.value_or(std::string()));
  }
  void read(std::string_view key, std::vector<int>& values) {
    known_.push_back(key);
    const toml::array* array = table_[key].as_array();
    if (array == nullptr) return;
    values.clear();
    for (const toml::node& node : *array) values.push_back(static_cast<int>(node.value_or(int64_t{0})));
  }
  Result<void> finish() const {
    if (!error_.message.empty()) return tl::unexpected<Error>(error_);
    for (const auto& [key, node] : table_) {
      bool found = false;
      for (const std::string_view known : known_) found = found || known == key.str();
      if (!found) return fail(ErrorKind::bad_input, at(node), fmt::format("unknown setting \"{}\"", key.str()));
    }
    return {};
  }

 private:
  std::string at(const toml::node& node) const { return fmt::format("{}:{}", place_, node.source().begin.line); }
  template <class Value, class Check>
  void take(std::string_view key, Value& value, Check&& fits) {
    known_.push_back(key);
    const toml::node* node = table_.get(key);
    if (node == nullptr) return;
    const std::optional<Value> found = node->value<Value>();
    if (found) value = *found;
    if (!found || !fits()) {
      error_ = {ErrorKind::bad_input, at(*node), fmt::format("\"{}\" has an impossible value", key)};
    }
  }

  const toml::table& table_;
  std::string place_;
  std::vector<std::string_view> known_;
  Error error_;
};

Result<NetworkShape> read_network(const toml::table& table, const std::string& place) {
  NetworkShape shape;
  shape.target_vocabularies.assign(kHeads.size(), 8000);
  Keys keys(table, place);
  keys.read("width", shape.width, 8);
  keys.read("attention_heads", shape.heads, 1);
  keys.read("inner", shape.inner, 8);
  keys.read("encoder_layers", shape.encoder_layers, 1);
  keys.read("decoder_layers", shape.decoder_layers, 1);
  keys.read("source_vocabulary", shape.source_vocabulary, 2);
  keys.read("target_vocabularies", shape.target_vocabularies);
  KABAR_TRY(keys.finish());
  const bool fits = shape.width % shape.heads == 0 && shape.width / shape.heads <= kHeadWidthMax &&
                    shape.width <= 4096 && shape.width % 2 == 0 && shape.target_vocabularies.size() == kHeads.size();
  if (!fits) {
    return fail(
        ErrorKind::bad_input, place,
        fmt::format("[network] needs a width of at most 4096 that is a multiple of attention_heads, heads of at "
                    "most {} and {} target_vocabularies",
                    kHeadWidthMax, kHeads.size()));
  }
  return shape;
}

Result<TrainingOptions> read_training(const toml::table& table, const std::string& place) {
  TrainingOptions options;
  Keys keys(table, place);
  keys.read("seed", options.seed);
  keys.read("threads", options.threads, 1);
  keys.read("batch_tokens", options.batch_tokens, 1);
  keys.read("learning_rate", options.learning_rate, 0, 1);
  keys.read("warmup_steps", options.warmup_steps, 0);
  keys.read("dropout", options.dropout, 0, 0.9);
  keys.read("label_smoothing", options.label_smoothing, 0, 0.9);
  keys.read("guided_weight", options.guided_weight, 0, 100);
  keys.read("guided_heads", options.guided_heads, 0);
  keys.read("lexical_start", options.lexical_start);
  keys.read("frequent_words", options.frequent_words, 0);
  keys.read("drawn_words", options.drawn_words, -1);
  keys.read("checkpoint_minutes", options.checkpoint_minutes, 0, 1e6);
  keys.read("validation", options.validation);
  keys.read("validation_minutes", options.validation_minutes, 0, 1e6);
  keys.read("patience", options.patience, 1);
  keys.read("folder", options.folder);
  keys.read("clip_norm", options.optimizer.clip_norm, 0, 1e9);
  keys.read("average_decay", options.optimizer.average_decay, 0, 1);
  KABAR_TRY(keys.finish());
  if (options.folder.empty()) return fail(ErrorKind::bad_input, place, "[training] has no folder");
  return options;
}

}  // namespace

Result<TrainingRecipe> read_training_recipe(const std::filesystem::path& path) {
  KABAR_ASSIGN(DataRecipe data, read_data_recipe(path));
  const std::string place = path.string();
  KABAR_ASSIGN(const std::string text, read_file(path, kRecipeBytesMax));
  KABAR_ASSIGN(const toml::table file, parse_toml(text, place));
  const toml::table* network = file["network"].as_table();
  const toml::table* training = file["training"].as_table();
  if (network == nullptr || training == nullptr) {
    return fail(ErrorKind::bad_input, place, "needs [network] and [training]");
  }
  KABAR_ASSIGN(NetworkShape shape, read_network(*network, place));
  KABAR_ASSIGN(TrainingOptions options, read_training(*training, place));
  return TrainingRecipe{std::move(data), std::move(shape), std::move(options)};
}

}  // namespace kabar::train
