#include "app/settings.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdlib>
#include <optional>

#include <fmt/format.h>

#include "base/file.h"
#include "base/toml.h"

namespace kabar::app {
namespace {

using enum SettingType;

constexpr Setting kSettings[] = {
    {"site.name", text, "\"Kabar\"", "", "Name of the newspaper, as readers see it"},
    {"site.address", text, "\"http://127.0.0.1:8080\"", "", "Where the site is reached; start of all absolute links"},
    {"site.language", text, "\"id\"", "", "The main language; its version is the authoritative one"},
    {"site.targets", list, "[\"en\", \"zh\", \"ja\", \"ar\", \"fr\"]", "",
     "Languages that articles are translated into"},
    {"site.theme", text, "\"\"", "", "Folder of the theme, seen from the newsroom's; empty takes the built-in one"},
    {"site.sections", list, "[]", "",
     "Sections in the order of the menu, others are not in it; empty: those that there are"},
    {"site.section_names", list, "[]", "",
     "Names of sections of the menu, \"SECTION/LANGUAGE: NAME\"; well-known sections have names already"},
    {"site.titles", list, "[]", "", "Names of editions, \"LANGUAGE: NAME\"; the others are called site.name"},
    {"site.taglines", list, "[]", "", "The line below the name, \"LANGUAGE: TEXT\""},
    {"site.about", list, "[]", "", "The page about us, \"LANGUAGE: TEXT\"; an empty line parts paragraphs"},
    {"site.notice", list, "[]", "",
     "Own words on translations that nobody reviewed, \"LANGUAGE: TEXT\"; which version counts, and the link to it, "
     "stay"},
    {"site.email", text, "\"\"", "", "Address for readers, on the about page and in security.txt; empty leaves it out"},
    {"site.time_zone", text, "\"Asia/Jakarta\"", "", "Time zone of dates that readers see (IANA name)"},
    {"site.main_at_root", boolean, "false", "", "Whether the main language stands at / instead of /LANGUAGE/"},
    {"site.slugs", text, "\"own script\"", "",
     "Headlines in addresses: \"own script\", or \"latin\" letters in every language"},
    {"site.x_default", text, "\"main\"", "",
     "Edition that search engines show to readers of other languages (hreflang x-default): \"main\", \"none\" or a "
     "language"},
    {"site.index_score_min", number, "0.85", "",
     "Search engines may list a translation that nobody checked from this score on, if nothing was found in it; "
     "above 1 they may not",
     0},
    {"site.full_text_feeds", boolean, "true", "", "Whether feeds carry whole stories instead of their summaries"},
    {"site.mining_reserved", boolean, "true", "", "Whether text and data mining is reserved"},

    {"policy.default", text, "\"hold on findings\"", "",
     "Before publication: \"publish\" (at once, labelled), \"hold on findings\" or \"hold always\""},
    {"policy.rules", list, "[]", "", "Exceptions \"SECTION/LANGUAGE: POLICY\", * for any; the first that fits counts"},

    {"engine.model", text, "\"\"", "", "Folder of the model package; empty takes the one that is installed"},
    {"engine.threads", integer, "0", "", "Threads that translate; 0 takes one per core", 0, 1024},

    {"server.host", text, "\"127.0.0.1\"", "", "Address that kabar serve listens on"},
    {"server.port", integer, "8080", "", "Port that kabar serve listens on", 0, 65535},
    {"server.threads", integer, "2", "", "Threads that answer requests", 1, 1024},

    {"worker.poll", number, "1.0", "seconds", "How often the worker looks for new work", 0.01, 3600},

    {"ping.websub_hub", text, "\"\"", "", "Address of a WebSub hub that is told of changed feeds; empty tells none"},
    {"ping.indexnow_key", text, "\"\"", "",
     "IndexNow key of our own choice, 8 to 128 letters, digits and hyphens, under which search engines are told of "
     "changed pages; empty tells none"},

    {"import.file_bytes_max", integer, "10000000", "bytes",
     "Larger article files are refused, and those above 10 MiB always", 1},
};

const Setting* find_setting(std::string_view key) {
  for (const Setting& setting : kSettings) {
    if (setting.key == key) return &setting;
  }
  return nullptr;
}

// Number of single-letter edits between two keys, to suggest the one that was meant.
int edit_distance(std::string_view a, std::string_view b) {
  std::vector<int> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<int>(j);
  for (size_t i = 1; i <= a.size(); ++i) {
    int diagonal = std::exchange(row[0], static_cast<int>(i));
    for (size_t j = 1; j <= b.size(); ++j) {
      const int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({replaced, row[j] + 1, row[j - 1] + 1}));
    }
  }
  return row.back();
}

std::string unknown_key(std::string_view key) {
  const Setting* nearest = &*std::min_element(
      std::begin(kSettings), std::end(kSettings),
      [&](const Setting& a, const Setting& b) { return edit_distance(key, a.key) < edit_distance(key, b.key); });
  if (edit_distance(key, nearest->key) > 4) return fmt::format("there is no setting {}", key);
  return fmt::format("there is no setting {}; did you mean {}?", key, nearest->key);
}

// What is wrong with a number, or nothing.
std::string range_fault(const Setting& setting, const std::vector<std::string>& values) {
  if (setting.type != SettingType::integer && setting.type != SettingType::number) return "";
  const double value = std::stod(values.front());
  if (value >= setting.least && value <= setting.most) return "";
  if (setting.most == std::numeric_limits<double>::infinity()) return fmt::format("must be {} or more", setting.least);
  return fmt::format("must be {} to {}", setting.least, setting.most);
}

std::string_view type_name(SettingType type) {
  switch (type) {
    case SettingType::text:
      return "a text in quotes";
    case SettingType::integer:
      return "a whole number";
    case SettingType::number:
      return "a number";
    case SettingType::boolean:
      return "true or false";
    case SettingType::list:
      return "a list of texts";
  }
  return "";
}

std::optional<std::vector<std::string>> values_of(const toml::node& node, SettingType type) {
  switch (type) {
    case SettingType::text:
      if (const auto* value = node.as_string()) return std::vector<std::string>{value->get()};
      return std::nullopt;
    case SettingType::integer:
      if (const auto* value = node.as_integer()) return std::vector<std::string>{std::to_string(value->get())};
      return std::nullopt;
    case SettingType::number:
      if (!node.is_number()) return std::nullopt;
      return std::vector<std::string>{fmt::format("{}", *node.value<double>())};
    case SettingType::boolean:
      if (const auto* value = node.as_boolean()) return std::vector<std::string>{value->get() ? "true" : "false"};
      return std::nullopt;
    case SettingType::list:
      break;
  }
  const toml::array* array = node.as_array();
  if (array == nullptr) return std::nullopt;
  std::vector<std::string> items;
  for (const toml::node& item : *array) {
    if (!item.is_string()) return std::nullopt;
    items.push_back(item.as_string()->get());
  }
  return items;
}

std::string quote_toml(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' ? "\\n" : std::string(1, c);
  }
  return out + '"';
}

// Names of sites are names of folders.
bool is_site_name(std::string_view name) {
  constexpr size_t kNameBytesMax = 40;
  return !name.empty() && name.size() <= kNameBytesMax && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

std::vector<std::string> split_commas(std::string_view text) {
  std::vector<std::string> items;
  while (!text.empty()) {
    const size_t comma = std::min(text.find(','), text.size());
    std::string_view item = text.substr(0, comma);
    while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
    while (!item.empty() && item.back() == ' ') item.remove_suffix(1);
    if (!item.empty()) items.emplace_back(item);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return items;
}

}  // namespace

// Fills Settings from its three sources, each over the one before.
class SettingsReader {
 public:
  SettingsReader() {
    for (const Setting& setting : kSettings) {
      const Result<toml::table> parsed = parse_toml(fmt::format("value = {}", setting.default_value), setting.key);
      KABAR_CHECK(parsed.has_value());
      std::optional<std::vector<std::string>> values = values_of(*parsed->get("value"), setting.type);
      KABAR_CHECK(values.has_value());
      settings_.values_[std::string(setting.key)] = std::move(*values);
    }
  }

  Result<void> read_toml(std::string_view toml, std::string_view file_name) {
    KABAR_ASSIGN(toml::table table, parse_toml(toml, file_name));
    if (const toml::node* sites = table.get("sites")) {
      KABAR_TRY(read_sites(*sites, file_name));
      table.erase("sites");
    }
    return read_table(table, "", file_name, settings_.values_);
  }

  Result<void> read_environment() {
    for (const Setting& setting : kSettings) {
      const std::string name = environment_name(setting);
      const char* raw = std::getenv(name.c_str());
      if (raw == nullptr) continue;
      std::optional<std::vector<std::string>> values = from_environment(raw, setting.type);
      if (!values) return fail(ErrorKind::bad_input, name, fmt::format("must be {}", type_name(setting.type)));
      if (const std::string fault = range_fault(setting, *values); !fault.empty()) {
        return fail(ErrorKind::bad_input, name, fault);
      }
      settings_.places_[std::string(setting.key)] = name;
      settings_.values_[std::string(setting.key)] = std::move(*values);
    }
    return {};
  }

  Settings take() { return std::move(settings_); }

 private:
  Result<void> read_sites(const toml::node& sites, std::string_view file_name) {
    const auto place = [&](const toml::node& node) {
      return fmt::format("{}:{}", file_name, node.source().begin.line);
    };
    const toml::table* table = sites.as_table();
    if (table == nullptr) return fail(ErrorKind::bad_input, place(sites), "sites are tables: [sites.NAME]");
    for (const auto& [name, node] : *table) {
      if (!node.is_table()) return fail(ErrorKind::bad_input, place(node), "sites are tables: [sites.NAME]");
      if (!is_site_name(name.str())) {
        return fail(
            ErrorKind::bad_input, place(node),
            fmt::format("\"{}\" is no name of a site: small letters, digits and hyphens, at most 40", name.str()));
      }
      Settings::Values& values = settings_.sites_[std::string(name.str())];
      KABAR_TRY(read_table(*node.as_table(), "", file_name, values, fmt::format("sites.{}.", name.str())));
      for (const auto& [key, value] : values) {
        if (may_differ_by_site(*find_setting(key))) continue;
        return fail(
            ErrorKind::bad_input, place(node),
            fmt::format("{} is the same for all sites; [sites.{}] may hold site.* and policy.*", key, name.str()));
      }
    }
    return {};
  }

  // `site_prefix`: "sites.NAME." in the table of a further site.
  Result<void> read_table(const toml::table& table, const std::string& prefix, std::string_view file_name,
                          Settings::Values& values_read, const std::string& site_prefix = "") {
    for (const auto& [name, node] : table) {
      const std::string key = prefix + std::string(name.str());
      const std::string place = fmt::format("{}:{}", file_name, node.source().begin.line);
      const bool is_prefix = std::any_of(std::begin(kSettings), std::end(kSettings), [&](const Setting& setting) {
        return setting.key.substr(0, key.size() + 1) == key + ".";
      });
      if (node.is_table() && is_prefix) {
        KABAR_TRY(read_table(*node.as_table(), key + ".", file_name, values_read, site_prefix));
        continue;
      }
      const Setting* setting = find_setting(key);
      if (setting == nullptr) return fail(ErrorKind::bad_input, place, unknown_key(key));
      std::optional<std::vector<std::string>> values = values_of(node, setting->type);
      if (!values) {
        return fail(ErrorKind::bad_input, place, fmt::format("{} must be {}", key, type_name(setting->type)));
      }
      if (const std::string fault = range_fault(*setting, *values); !fault.empty()) {
        return fail(ErrorKind::bad_input, place, fmt::format("{} {}", key, fault));
      }
      settings_.places_[site_prefix + key] = place;
      values_read[key] = std::move(*values);
    }
    return {};
  }

  static std::optional<std::vector<std::string>> from_environment(std::string_view raw, SettingType type) {
    if (type == SettingType::list) return split_commas(raw);
    if (type == SettingType::text) return std::vector<std::string>{std::string(raw)};
    const Result<toml::table> parsed = parse_toml(fmt::format("value = {}", raw), "");
    if (!parsed || parsed->size() != 1) return std::nullopt;
    return values_of(*parsed->get("value"), type);
  }

  Settings settings_;
};

std::span<const Setting> setting_list() { return kSettings; }

std::string environment_name(const Setting& setting) {
  std::string name = "KABAR_";
  for (char c : setting.key) name += c == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return name;
}

bool may_differ_by_site(const Setting& setting) {
  return setting.key.starts_with("site.") || setting.key.starts_with("policy.");
}

std::vector<std::string> Settings::further_sites() const {
  std::vector<std::string> names;
  for (const auto& [name, values] : sites_) names.push_back(name);
  return names;
}

Settings Settings::of_site(std::string_view name) const {
  Settings settings = *this;
  settings.sites_.clear();
  const auto found = sites_.find(name);
  KABAR_CHECK(found != sites_.end());
  for (const auto& [key, values] : found->second) settings.values_[key] = values;
  return settings;
}

Error Settings::with_place(Error error) const {
  const std::pair<const std::string, std::string>* known = nullptr;
  for (const auto& one : places_) {  // in alphabetical order: the last that fits is the longest
    if (error.place.starts_with(one.first)) known = &one;
  }
  if (known != nullptr) error.place = fmt::format("{}: {}", known->second, error.place);
  return error;
}

const std::vector<std::string>& Settings::list(std::string_view key) const {
  const auto found = values_.find(key);
  KABAR_CHECK(found != values_.end());
  return found->second;
}

const std::string& Settings::text(std::string_view key) const {
  const std::vector<std::string>& values = list(key);
  KABAR_CHECK(values.size() == 1);
  return values.front();
}

int64_t Settings::integer(std::string_view key) const { return std::stoll(text(key)); }
double Settings::number(std::string_view key) const { return std::stod(text(key)); }
bool Settings::boolean(std::string_view key) const { return text(key) == "true"; }

Settings default_settings() { return SettingsReader().take(); }

Result<Settings> parse_settings(std::string_view toml, std::string_view file_name) {
  SettingsReader reader;
  KABAR_TRY(reader.read_toml(toml, file_name));
  KABAR_TRY(reader.read_environment());
  return reader.take();
}

Result<Settings> load_settings(const std::filesystem::path& file) {
  constexpr size_t kSettingsBytesMax = 1'000'000;
  KABAR_ASSIGN(const std::string bytes, read_file(file, kSettingsBytesMax));
  return parse_settings(bytes, file.string());
}

std::string default_kabar_toml() {
  std::string out =
      "# The settings of this newsroom: every one of them, with its default. An environment variable of the name\n"
      "# in brackets wins over this file.\n";
  std::string_view table;
  for (const Setting& setting : kSettings) {
    const size_t dot = setting.key.find('.');
    if (setting.key.substr(0, dot) != table) {
      table = setting.key.substr(0, dot);
      out += fmt::format("\n[{}]\n", table);
    }
    const std::string unit = setting.unit.empty() ? "" : fmt::format(", in {}", setting.unit);
    out += fmt::format("# {}{} ({})\n{} = {}\n", setting.help, unit, environment_name(setting),
                       setting.key.substr(dot + 1), setting.default_value);
  }
  out +=
      "\n# One database can hold further sites: a table for each, with what is different there (docs/settings.md).\n"
      "# [sites.sport]\n# site.name = \"Kabar Sport\"\n# site.address = \"https://sport.example\"\n";
  return out;
}

std::string to_toml(const Settings& settings, const Setting& setting) {
  if (setting.type == SettingType::text) return quote_toml(settings.text(setting.key));
  if (setting.type != SettingType::list) return settings.text(setting.key);
  std::string out;
  for (const std::string& item : settings.list(setting.key)) out += (out.empty() ? "" : ", ") + quote_toml(item);
  return "[" + out + "]";
}

}  // namespace kabar::app
