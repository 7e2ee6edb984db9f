#include <fmt/format.h>

#include "app/newsroom.h"
#include "app/show_article.h"

namespace kabar::app {
namespace {

struct Arguments {
  std::string article;
  std::string language;
  bool json = false;
};

// A line per article: its id, the states of its languages, its site unless that is the first.
Result<void> list_articles(db::Connection& connection) {
  return store::each_article(connection, [&](const std::string& id) -> Result<void> {
    KABAR_ASSIGN(const std::optional<store::ArticleRow> row, store::find_article(connection, id));
    if (!row) return {};  // taken out meanwhile
    KABAR_ASSIGN(const std::vector<store::VersionRow> versions, store::load_versions(connection, id, row->revision));
    std::string states;
    for (const store::VersionRow& version : versions) {
      states +=
          fmt::format("{}{}: {}", states.empty() ? "" : ", ", version.key.language.view(), name_of(version.state));
    }
    fmt::print("{}\t{}{}\n", id, states, row->site.empty() ? "" : "\tsite " + row->site);
    return {};
  });
}

Result<void> run_show(const Program& program, const Arguments& arguments) {
  KABAR_ASSIGN(const std::unique_ptr<Desk> desk, open_desk(program));
  db::Connection& connection = desk->life().database;
  if (arguments.article.empty()) return list_articles(connection);
  KABAR_ASSIGN(const ShownArticle article, load_article(connection, arguments.article));
  if (arguments.json) {
    fmt::print("{}", show_json(article));
    return {};
  }
  if (arguments.language.empty()) {
    fmt::print("{}", show_text(article));
    return {};
  }
  const std::optional<Language> language = Language::parse(arguments.language);
  if (!language) return fail(ErrorKind::usage, "--to", "not a language code");
  KABAR_ASSIGN(const std::string text, show_version(article, *language));
  fmt::print("{}", text);
  return {};
}

std::function<Result<void>()> declare(CLI::App& app, Program& program) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("ARTICLE", arguments->article, "Id of the article; without it all articles are listed");
  app.add_option("--to", arguments->language, "Show the segments of this language")->type_name("LANG");
  app.add_flag("--json", arguments->json, "Everything, as JSON");
  return [&program, arguments] { return run_show(program, *arguments); };
}

}  // namespace

extern const Command kShowCommand;
const Command kShowCommand = {
    .name = "show",
    .summary = "Show where an article and its versions stand",
    .examples =
        "kabar show                         # all articles\n"
        "kabar show harga-beras             # one line per language\n"
        "kabar show harga-beras --to en     # its segments and what the checks found\n"
        "kabar show harga-beras --json | jq '.versions[].state'",
    .declare = declare,
};

}  // namespace kabar::app
