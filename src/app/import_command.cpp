#include <map>
#include <optional>
#include <set>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "app/import_files.h"
#include "app/newsroom.h"
#include "app/progress.h"
#include "life/steps/receive.h"
#include "markup/segments.h"
#include "site/html.h"
#include "site/images.h"
#include "store/articles.h"
#include "translate/article.h"

namespace kabar::app {
namespace {

namespace fs = std::filesystem;

// Articles per transaction: few enough to stay small in memory, enough that the disk is not synced for each.
constexpr size_t kBatch = 100;

struct Arguments {
  std::vector<fs::path> paths;
  std::string site;
  std::string by;
};

class Import {
 public:
  Import(Desk& desk, std::string site, std::string who)
      : desk_(desk), site_(std::move(site)), who_(std::move(who)), progress_("importing") {}

  Result<void> add(const fs::path& file, const fs::path& root) {
    const auto bytes_max = static_cast<size_t>(desk_.newsroom().settings.integer("import.file_bytes_max"));
    Result<Article> article = read_article(file, root, bytes_max, desk_.sites(), site_);
    if (!article) {
      refuse(article.error());
      return {};
    }
    const auto [first, is_new] = files_.emplace(article->id, file);
    if (!is_new && first->second != file) {
      refuse({ErrorKind::conflict, file.string(),
              fmt::format("has the id \"{}\" of {}, which came in before it", article->id, first->second.string())});
      return {};
    }
    batch_.push_back(std::move(*article));
    return batch_.size() < kBatch ? Result<void>() : store();
  }

  // What is still in the batch. An article that cannot be received does not keep the others.
  Result<void> store() {
    if (batch_.empty()) return {};
    const auto results = life::receive(desk_.life(), batch_, who_);
    if (results) {
      for (size_t i = 0; i < batch_.size(); ++i) KABAR_TRY(take((*results)[i], batch_[i]));
    } else if (results.error().kind == ErrorKind::io) {
      return tl::unexpected(results.error());
    } else {
      for (const Article& article : batch_) {
        const auto one = life::receive(desk_.life(), {&article, 1}, who_);
        if (one) {
          KABAR_TRY(take(one->front(), article));
        } else {
          refuse(one.error());
        }
      }
    }
    batch_.clear();
    progress_.update(created_ + updated_ + unchanged_);
    return {};
  }

  Result<void> finish() const {
    fmt::print("{} new, {} changed, {} unchanged", created_, updated_, unchanged_);
    if (refused_ > 0) fmt::print(", {} refused", refused_);
    fmt::print("\n");
    if (last_error_) return tl::unexpected(*last_error_);
    return {};
  }

 private:
  // Tells the reporter what looks wrong in a new text, and changes nothing.
  Result<void> take(life::Received result, const Article& article) {
    count(result);
    if (result == life::Received::unchanged) return {};
    if (article.date > desk_.life().clock.now()) {
      fmt::print(stderr, "kabar: {}: readers have it from its date on, {:%Y-%m-%dT%H:%M:%SZ}\n", article.id,
                 *article.date);
    }
    KABAR_ASSIGN(const std::optional<std::string> twin, store::find_twin(desk_.life().database, article.id));
    if (twin) {
      fmt::print(stderr, "kabar: {}: warning: says just what the article {} says; an id in the head keeps them one\n",
                 article.id, *twin);
    }
    for (const checks::LintFinding& lint : translate::lint(article, markup::segment(article))) {
      fmt::print(stderr, "kabar: {}: warning: {}\n", article.id, lint.finding.message);
    }
    for (const std::string& fault : picture_faults(article)) {
      fmt::print(stderr, "kabar: {}: warning: {}\n", article.id, fault);
    }
    return {};
  }

  // Pictures that readers will not see.
  std::set<std::string> picture_faults(const Article& article) const {
    const Site& site = *find_site(desk_.sites(), article.site);
    std::vector<std::string> sources = {article.image};
    for (const Block& block : article.blocks) {
      const auto source = block.attributes.find("src");
      if (block.type == BlockType::image && source != block.attributes.end()) sources.push_back(source->second);
    }
    std::set<std::string> faults;
    for (const std::string& source : sources) {
      if (source.empty()) continue;
      const std::string path = site::picture_path(site::own_address(site.config, source));
      const fs::path file = desk_.newsroom().site(site.name) / path;
      if (path.empty()) {
        faults.insert(fmt::format("the picture {} is not on this site's host and is left out", source));
      } else if (std::error_code ignored; !fs::is_regular_file(file, ignored)) {
        faults.insert(fmt::format("the picture {} is left out until it is there", file.string()));
      }
    }
    return faults;
  }

  void count(life::Received result) {
    if (result == life::Received::created) ++created_;
    if (result == life::Received::updated) ++updated_;
    if (result == life::Received::unchanged) ++unchanged_;
  }

  // All but the last are printed here; the last one ends the program with its code.
  void refuse(const Error& error) {
    if (last_error_) fmt::print(stderr, "kabar: {}\n", last_error_->text());
    last_error_ = error;
    ++refused_;
  }

  Desk& desk_;
  std::string site_;
  std::string who_;
  Progress progress_;
  std::vector<Article> batch_;
  std::map<std::string, fs::path> files_;  // of this run, by the id of their article
  int64_t created_ = 0, updated_ = 0, unchanged_ = 0, refused_ = 0;
  std::optional<Error> last_error_;
};

Result<void> run_import(const Program& program, const Arguments& arguments) {
  KABAR_ASSIGN(const std::unique_ptr<Desk> desk, open_desk(program));
  if (find_site(desk->sites(), arguments.site) == nullptr) {
    return fail(ErrorKind::not_found, "--site", unknown_site(desk->sites(), arguments.site));
  }
  Import import(*desk, arguments.site, editor_name(arguments.by));
  for (const fs::path& path : arguments.paths) {
    KABAR_TRY(
        each_article_file(path, [&](const fs::path& file, const fs::path& root) { return import.add(file, root); }));
  }
  KABAR_TRY(import.store());
  return import.finish();
}

std::function<Result<void>()> declare(CLI::App& app, Program& program) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("PATH", arguments->paths, "Article files (.md, .html, .txt) or folders of them")->required();
  app.add_option("--site", arguments->site, "Site of articles that do not name theirs; else the first")
      ->type_name("NAME");
  app.add_option("--by", arguments->by, "Who imports, for the log; else the user's name")->type_name("NAME");
  return [&program, arguments] { return run_import(program, *arguments); };
}

}  // namespace

extern const Command kImportCommand;
const Command kImportCommand = {
    .name = "import",
    .summary = "Take articles in, new ones and changed ones; the worker does the rest",
    .examples =
        "kabar import berita/harga-beras.md\n"
        "kabar import berita    # everything in the folder; again at any time: only changes count\n"
        "kabar import --site sport olahraga    # for the site [sites.sport] of kabar.toml",
    .declare = declare,
};

}  // namespace kabar::app
