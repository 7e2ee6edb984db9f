#include "train/data_recipe.h"
#include "base/file.h"
#include "base/toml.h"

#include <fmt/format.h>

#include <algorithm>

namespace kabar::train {
namespace {

bool contains(const std::vector<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

std::vector<std::string> strings(const toml::node_view<const toml::node> node) {
  std::vector<std::string> values;
  if (const toml::array* array = node.as_array()) {
    for (const toml::node& element : *array) {
      if (const std::optional<std::string> value = element.value<std::string>()) values.push_back(*value);
    }
  }
  return values;
}

std::vector<std::filesystem::path> paths(const toml::node_view<const toml::node> node) {
  const std::vector<std::string> values = strings(node);
  return {values.begin(), values.end()};
}

GroupRule read_group(const toml::table& table) {
  const toml::node_view<const toml::node> node(table);
  return {.name = node["name"].value_or(std::string()),
          .weight = node["weight"].value_or(1.0),
          .keep = node["keep"].value_or(1.0),
          .keep_english = node["keep_english"].value_or(node["keep"].value_or(1.0)),
          .domain = node["domain"].value_or(false),
          .origins = strings(node["origins"]),
          .domains = strings(node["domains"]),
          .qualities = strings(node["qualities"])};
}

}  // namespace

Result<DataRecipe> read_data_recipe(const std::filesystem::path& path) {
  KABAR_ASSIGN(const std::string text, read_file(path, kRecipeBytesMax));
  KABAR_ASSIGN(const toml::table file, parse_toml(text, path.string()));
  const toml::node_view<const toml::node> data = file["data"];
  if (!data.is_table()) return fail(ErrorKind::bad_input, path.string(), "has no [data]");
  DataRecipe recipe{.corpus = data["corpus"].value_or(std::string()),
                    .written = paths(data["written"]),
                    .dictionary = data["dictionary"].value_or(std::string()),
                    .patterns = data["patterns"].value_or(std::string()),
                    .pattern_sentences = data["pattern_sentences"].value_or(0),
                    .exclude = paths(data["exclude"]),
                    .termbase = data["termbase"].value_or(std::string()),
                    .tiers = strings(data["tiers"]),
                    .vocabularies = data["vocabularies"].value_or(std::string()),
                    .pack = data["pack"].value_or(std::string()),
                    .seed = static_cast<uint64_t>(data["seed"].value_or(int64_t{1})),
                    .placeholder_share = data["placeholder_share"].value_or(0.5),
                    .name_share = data["name_share"].value_or(0.5),
                    .drop_worst = data["drop_worst"].value_or(0.03),
                    .groups = {}};
  if (const toml::array* groups = data["group"].as_array()) {
    for (const toml::node& node : *groups) {
      if (const toml::table* table = node.as_table()) recipe.groups.push_back(read_group(*table));
    }
  }
  if (recipe.groups.empty() || recipe.groups.size() > 255) {
    return fail(ErrorKind::bad_input, path.string(), "needs 1 to 255 [[data.group]]");
  }
  for (const GroupRule& group : recipe.groups) {
    if (group.name.empty()) return fail(ErrorKind::bad_input, path.string(), "a [[data.group]] has no name");
  }
  return recipe;
}

int group_of(const DataRecipe& recipe, const CorpusSource& source) {
  for (size_t i = 0; i < recipe.groups.size(); ++i) {
    const GroupRule& group = recipe.groups[i];
    if (contains(group.origins, source.name) || contains(group.domains, source.domain) ||
        contains(group.qualities, source.quality)) {
      return static_cast<int>(i);
    }
  }
  return -1;
}

int group_named(const DataRecipe& recipe, std::string_view name) {
  for (size_t i = 0; i < recipe.groups.size(); ++i) {
    if (recipe.groups[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

}  // namespace kabar::train
