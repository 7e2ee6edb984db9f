#include <fmt/format.h>

#include "app/newsroom.h"
#include "base/controls.h"
#include "store/articles.h"
#include "store/reports.h"

namespace kabar::app {
namespace {

constexpr int kShownMax = 1000;

struct Arguments {
  int64_t close = 0;
  std::string by;
};

Result<void> run_reports(const Program& program, const Arguments& arguments) {
  KABAR_ASSIGN(const std::unique_ptr<Desk> desk, open_desk(program));
  db::Connection& database = desk->life().database;
  if (arguments.close > 0) {
    KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(database));
    KABAR_ASSIGN(const bool closed,
                 store::close_report(database, arguments.close, editor_name(arguments.by), desk->life().clock.now()));
    KABAR_TRY(transaction.commit());
    if (closed) return {};
    return fail(ErrorKind::not_found, fmt::format("report {}", arguments.close), "no such open report");
  }
  KABAR_ASSIGN(const std::vector<store::Report> reports, store::open_reports(database, kShownMax));
  for (const store::Report& report : reports) {
    KABAR_ASSIGN(const std::optional<store::ArticleRow> article, store::find_article(database, report.article));
    const std::string site = article && !article->site.empty() ? fmt::format(" (site {})", article->site) : "";
    const std::string sentence = report.segment.empty() ? "" : " " + report.segment;
    fmt::print("{} {} {}{}{}\n", report.id, report.article, report.language.view(), sentence, site);
    if (!report.source.empty()) fmt::print("  source: {}\n  target: {}\n", report.source, report.target);
    fmt::print("  reader: {}\n", one_line(report.comment));  // anybody may have written it
  }
  if (reports.empty()) fmt::print("no open reports\n");
  return {};
}

std::function<Result<void>()> declare(CLI::App& app, Program& program) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("--close", arguments->close, "Number of the report that was dealt with")->type_name("NUMBER");
  app.add_option("--by", arguments->by, "Who dealt with it; else the user's name")->type_name("NAME");
  return [&program, arguments] { return run_reports(program, *arguments); };
}

}  // namespace

extern const Command kReportsCommand;
const Command kReportsCommand = {
    .name = "reports",
    .summary = "List what readers reported as wrong translations",
    .examples =
        "kabar reports\n"
        "kabar reports --close 12 --by Siti",
    .declare = declare,
};

}  // namespace kabar::app
