// The settings of a newsroom. The one list is in settings.cpp; kabar.toml, `kabar config`, the environment names
// and docs/settings.md are made from it. A table [sites.NAME] makes a further site of the newsroom.
#pragma once
#include <cstdint>
#include <filesystem>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kabar::app {

enum class SettingType { text, integer, number, boolean, list };  // list: of texts

struct Setting {
  std::string_view key;  // "table.name"
  SettingType type;
  std::string_view default_value;                           // as written in TOML
  std::string_view unit;                                    // "seconds", "bytes"; empty if it has none
  std::string_view help;                                    // one line
  double least = -std::numeric_limits<double>::infinity();  // of numbers
  double most = std::numeric_limits<double>::infinity();
};

// In the order of kabar.toml; keys of one table stand together.
std::span<const Setting> setting_list();

// KABAR_SITE_NAME for "site.name". Its value is text as is, or an integer, number, true or false, or for a list
// its items separated by commas.
std::string environment_name(const Setting& setting);

// Whether a further site may have a value of its own: site.* and policy.*.
bool may_differ_by_site(const Setting& setting);

// Values of all settings. Asking for a key that is not in the list, or by a wrong type, is a fault of ours.
class Settings {
 public:
  const std::string& text(std::string_view key) const;
  int64_t integer(std::string_view key) const;
  double number(std::string_view key) const;
  bool boolean(std::string_view key) const;
  const std::vector<std::string>& list(std::string_view key) const;

  // Names of the further sites, in alphabetical order.
  std::vector<std::string> further_sites() const;
  // The settings as a further site has them: its own values, and the newsroom's for everything else.
  Settings of_site(std::string_view name) const;

  // An error whose place begins with a key ("site.email", "sites.sport.site.email") with the place in front where the
  // value was read.
  Error with_place(Error error) const;

 private:
  friend class SettingsReader;
  // A text, integer, number or boolean is a list of one item, already checked for its type.
  using Values = std::map<std::string, std::vector<std::string>, std::less<>>;
  Values values_;
  std::map<std::string, Values, std::less<>> sites_;  // only what differs
  std::map<std::string, std::string> places_;         // of a key: "kabar.toml:12", or the environment variable
};

Settings default_settings();

// Defaults, then kabar.toml, then the environment; for a further site its own table over them. bad_input with file and
// line for what is not TOML, for an unknown key ("did you mean …"), for a value of a wrong type, and for a site's name
// that cannot be a folder.
Result<Settings> load_settings(const std::filesystem::path& file);
Result<Settings> parse_settings(std::string_view toml, std::string_view file_name);

// A complete kabar.toml: every setting with its default, its line of help and its environment name.
std::string default_kabar_toml();

// The value as it would be written in kabar.toml.
std::string to_toml(const Settings& settings, const Setting& setting);

}  // namespace kabar::app
