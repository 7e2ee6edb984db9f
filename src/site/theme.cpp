#include "site/theme.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/file.h"
#include "base/utf8.h"

namespace kabar::site {
namespace {

namespace fs = std::filesystem;

constexpr size_t kTemplateBytesMax = 1 << 20;
constexpr size_t kAssetBytesMax = 8 << 20;
constexpr int kIncludeDepthMax = 8;

constexpr std::pair<Template, std::string_view> kTemplates[] = {
    {Template::article, "article"}, {Template::compare, "compare"}, {Template::front, "front"},
    {Template::list, "list"},       {Template::search, "search"},   {Template::text, "text"}};

// Replaces each {{> name}} by that file's text: an include is compiled once, not at every rendering.
Result<std::string> read_template(const fs::path& folder, std::string_view name, int depth) {
  const fs::path path = folder / (std::string(name) + ".mustache");
  if (depth > kIncludeDepthMax) return fail(ErrorKind::bad_input, path.string(), "includes are nested too deep");
  KABAR_ASSIGN(const std::string bytes, read_file(path, kTemplateBytesMax));
  KABAR_TRY(check_utf8(bytes, path.string()));
  std::string out;
  size_t done = 0;
  for (size_t at = bytes.find("{{>"); at != std::string::npos; at = bytes.find("{{>", done)) {
    const size_t end = bytes.find("}}", at);
    if (end == std::string::npos) return fail(ErrorKind::bad_input, path.string(), "an include does not end");
    std::string_view included = std::string_view(bytes).substr(at + 3, end - at - 3);
    included.remove_prefix(std::min(included.find_first_not_of(' '), included.size()));
    while (included.ends_with(' ')) included.remove_suffix(1);
    if (included.find_first_of("/\\.") != std::string_view::npos) {
      return fail(ErrorKind::bad_input, path.string(), "an include names a template, not a path");
    }
    KABAR_ASSIGN(std::string text, read_template(folder, included, depth + 1));
    if (text.ends_with('\n')) text.pop_back();
    out.append(bytes, done, at - done).append(text);
    done = end + 2;
  }
  return out.append(bytes, done);
}

// FNV-1a; only to give changed bytes another name.
std::string short_hash(std::string_view bytes) {
  uint64_t hash = 14695981039346656037ULL;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return fmt::format("{:08x}", static_cast<uint32_t>(hash ^ (hash >> 32)));
}

// The names of a template text, with the sections that they stand in.
void collect_fields(std::string_view text, std::set<std::string>& fields) {
  std::vector<std::string> sections;
  const auto name_at_depth = [&sections](std::string_view name) {
    std::string full;
    for (const std::string& section : sections) full += section + '.';
    return full + std::string(name);
  };
  for (size_t at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at + 2)) {
    const size_t end = text.find("}}", at);
    std::string_view tag = text.substr(at + 2, end - at - 2);
    const char kind = tag.empty() ? '!' : tag.front();
    if (kind == '!') continue;
    if (kind == '#' || kind == '^' || kind == '/' || kind == '{' || kind == '&') tag.remove_prefix(1);
    if (kind == '/') {
      if (!sections.empty()) sections.pop_back();
    } else {
      fields.insert(name_at_depth(tag));
      if (kind == '#' || kind == '^') sections.emplace_back(tag);
    }
  }
}

}  // namespace

struct Theme::State {
  std::map<Template, MustacheTemplate> templates;
  std::set<std::string> fields;
  std::vector<Asset> assets;
  std::string css;
  std::string js;
};

Theme::Theme(std::unique_ptr<State> state) : state_(std::move(state)) {}
Theme::Theme(Theme&&) noexcept = default;
Theme& Theme::operator=(Theme&&) noexcept = default;
Theme::~Theme() = default;

Result<Theme> Theme::load(const fs::path& folder) {
  auto state = std::make_unique<State>();
  for (const auto& [which, name] : kTemplates) {
    KABAR_ASSIGN(const std::string text, read_template(folder, name, 0));
    KABAR_ASSIGN(MustacheTemplate parsed,
                 MustacheTemplate::parse(text, (folder / std::string(name)).string() + ".mustache"));
    state->templates.emplace(which, std::move(parsed));
    collect_fields(text, state->fields);
  }
  std::error_code error;
  std::vector<fs::path> paths;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder / "assets", error))
    paths.push_back(entry.path());
  std::ranges::sort(paths);
  for (const fs::path& path : paths) {
    KABAR_ASSIGN(std::string bytes, read_file(path, kAssetBytesMax));
    const std::string name = path.filename().string();
    // Only what templates get as an address is renamed; others are named in the templates themselves.
    const bool renamed = name == "site.css" || name == "site.js";
    const std::string address =
        renamed ? fmt::format("/assets/{}.{}{}", path.stem().string(), short_hash(bytes), path.extension().string())
                : "/assets/" + name;
    if (name == "site.css") state->css = address;
    if (name == "site.js") state->js = address;
    state->assets.push_back({address, std::move(bytes)});
  }
  if (state->css.empty()) return fail(ErrorKind::not_found, (folder / "assets/site.css").string(), "missing");
  if (state->js.empty()) return fail(ErrorKind::not_found, (folder / "assets/site.js").string(), "missing");
  return Theme(std::move(state));
}

std::string Theme::render(Template which, std::initializer_list<const Data*> frames) const {
  std::string out;
  out.reserve(32 << 10);
  state_->templates.at(which).render(frames, out);
  return out;
}

const std::vector<Asset>& Theme::assets() const { return state_->assets; }
const std::string& Theme::css() const { return state_->css; }
const std::string& Theme::js() const { return state_->js; }
std::vector<std::string> Theme::fields() const { return {state_->fields.begin(), state_->fields.end()}; }

}  // namespace kabar::site
