// A theme: Mustache templates and the files of assets/, read once.
#pragma once
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "site/mustache.h"

namespace kabar::site {

// The templates that every theme has; each may include others by {{> name}}.
enum class Template { article, compare, front, list, search, text };

struct Asset {
  std::string address;  // "/assets/site.3f2a91c0.css": the name holds a hash of the bytes, so it may be kept for ever
  std::string bytes;
};

// Thread-safe once loaded.
class Theme {
 public:
  // not_found for a missing template; bad_input with file for a faulty one, or for includes nested over 8 deep.
  static Result<Theme> load(const std::filesystem::path& folder);
  Theme(Theme&&) noexcept;
  Theme& operator=(Theme&&) noexcept;
  ~Theme();

  // Names are looked up in the last frame first.
  std::string render(Template which, std::initializer_list<const Data*> frames) const;
  const std::vector<Asset>& assets() const;
  const std::string& css() const;  // address
  const std::string& js() const;
  // Every name that the templates use, with the sections around it: "cards.title".
  std::vector<std::string> fields() const;

 private:
  struct State;
  explicit Theme(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace kabar::site
