#include "app/import_files.h"

#include <fmt/format.h>

#include "base/file.h"
#include "base/utf8.h"
#include "markup/parse.h"

namespace kabar::app {
namespace {

namespace fs = std::filesystem;

std::string id_from_path(const fs::path& file, const fs::path& root) {
  fs::path relative = file.lexically_relative(root);
  return relative.replace_extension().generic_string();
}

// As other site generators mark what is not to be published yet.
bool is_draft(const Article& article) {
  const auto says = [&](const char* key, std::string_view value) {
    const auto entry = article.other.find(key);
    return entry != article.other.end() && entry->second == value;
  };
  return says("draft", "true") || says("status", "draft") || says("published", "false");
}

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

}  // namespace

std::optional<Format> format_of(const fs::path& file) {
  const std::string ending = fold_case(file.extension().string());
  if (ending == ".md" || ending == ".markdown") return Format::markdown;
  if (ending == ".html" || ending == ".htm") return Format::html;
  if (ending == ".txt") return Format::text;
  return std::nullopt;
}

Result<Article> read_article(const fs::path& file, const fs::path& root, size_t bytes_max, std::span<const Site> sites,
                             const std::string& site) {
  const std::optional<Format> format = format_of(file);
  if (!format) return fail(ErrorKind::unsupported, file.string(), "not a .md, .html or .txt file");
  KABAR_ASSIGN(const std::string bytes, read_file(file, bytes_max));
  const Site* const expected = find_site(sites, site);
  const Language language = expected == nullptr ? sites.front().languages.main : expected->languages.main;
  KABAR_ASSIGN(Article article, markup::parse(bytes, *format, file.string(), language));
  if (article.id.empty()) article.id = id_from_path(file, root);
  if (is_draft(article)) {
    return fail(ErrorKind::unsupported, file.string(), "is a draft, as its head says; what is imported is published");
  }
  if (article.site.empty()) article.site = site;
  const Site* const own = find_site(sites, article.site);
  if (own == nullptr) return fail(ErrorKind::bad_input, file.string(), unknown_site(sites, article.site));
  if (article.language != own->languages.main && own->languages.main != language) {
    // The file names another site than expected, which writes in another language: so does a file that does not say.
    KABAR_ASSIGN(Article again, markup::parse(bytes, *format, file.string(), own->languages.main));
    again.id = article.id;
    again.site = article.site;
    article = std::move(again);
  }
  if (article.language != own->languages.main) {
    return fail(ErrorKind::unsupported, file.string(),
                fmt::format("is in \"{}\", and {} writes in \"{}\" (site.language)", article.language.view(),
                            own->name.empty() ? "this newsroom" : fmt::format("the site \"{}\"", own->name),
                            own->languages.main.view()));
  }
  return article;
}

Result<void> each_article_file(const fs::path& path,
                               const std::function<Result<void>(const fs::path&, const fs::path&)>& take) {
  std::error_code code;
  const fs::file_status status = fs::status(path, code);
  if (!fs::exists(status)) return fail(ErrorKind::not_found, path.string(), "no such file or folder");
  if (!fs::is_directory(status)) return take(path, path.parent_path());
  fs::recursive_directory_iterator entry(path, code);
  if (code) return fail(ErrorKind::io, path.string(), code.message());
  for (; entry != fs::recursive_directory_iterator(); entry.increment(code)) {
    if (code) return fail(ErrorKind::io, path.string(), code.message());
    if (is_hidden(entry->path())) {
      if (entry->is_directory(code)) entry.disable_recursion_pending();
      continue;
    }
    if (entry->is_regular_file(code) && !entry->is_symlink(code) && format_of(entry->path())) {
      KABAR_TRY(take(entry->path(), path));
    }
  }
  return {};
}

}  // namespace kabar::app
