// kabar terms: the newsroom's termbase and the starter pack, in and out of open formats.
#include <algorithm>
#include <map>
#include <memory>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "app/newsroom.h"
#include "app/resources.h"
#include "base/clock.h"
#include "base/file.h"
#include "db/sqlite.h"
#include "store/terms.h"
#include "terms/overlay.h"
#include "terms/tbx.h"
#include "terms/term_rules.h"
#include "terms/term_tsv.h"
#include "terms/termbase.h"

namespace kabar::app {
namespace {

constexpr size_t kFileBytesMax = 64u << 20;

struct Arguments {
  std::string action;
  std::string file;  // of remove: an id
  std::string editor;
  bool tbx = false;
};

bool is_tbx(const std::string& name) { return name.ends_with(".tbx") || name.ends_with(".xml"); }

std::filesystem::path pack_folder() { return share_folder() / "data" / "termbase" / "id-news"; }

// The newsroom's own entries and the starter pack's.
Result<std::vector<terms::Term>> all_terms(const Program& program) {
  KABAR_ASSIGN(const terms::TermList list, terms::read_term_folder(pack_folder()));
  KABAR_ASSIGN(const terms::TermList own, own_terms(program));
  return terms::put_over(own, list).terms();
}

Result<void> list_terms(const Program& program) {
  KABAR_ASSIGN(const std::vector<terms::Term> list, all_terms(program));
  for (const terms::Term& term : list) {
    fmt::print("{}\t{}\t{}", term.id, terms::name_of(term.kind), term.term);
    for (const auto& [language, rendering] : term.renderings) {
      if (!rendering.right.empty()) fmt::print("\t{}:{}", language.view(), rendering.right.front());
    }
    fmt::print("\n");
  }
  return {};
}

Result<void> export_terms(const Program& program, const Arguments& arguments) {
  KABAR_ASSIGN(const std::vector<terms::Term> list, all_terms(program));
  const std::string text = arguments.tbx || is_tbx(arguments.file) ? terms::write_tbx(list) : terms::write_terms(list);
  if (!arguments.file.empty() && arguments.file != "-") return disk().write(arguments.file, text);
  fmt::print("{}", text);
  return {};
}

// A list that was exported here holds the starter pack too. As the newsroom's own these entries would stay as they are
// now when the pack becomes better. TBX does not carry all of an entry: what steers translations is compared.
Result<size_t> drop_starter_terms(std::vector<terms::Term>& list) {
  KABAR_ASSIGN(const terms::TermList starter, terms::read_term_folder(pack_folder()));
  const std::vector<terms::Term> pack = starter.terms();
  std::unordered_map<std::string_view, const terms::Term*> by_id;
  for (const terms::Term& term : pack) by_id.emplace(term.id, &term);
  const auto renderings = [](const terms::Term& term) {
    std::map<Language, std::pair<std::vector<std::string>, std::vector<std::string>>> all;
    for (const auto& [language, rendering] : term.renderings) all[language] = {rendering.right, rendering.wrong};
    std::erase_if(all, [](const auto& one) { return one.second.first.empty() && one.second.second.empty(); });
    return all;
  };
  return std::erase_if(list, [&](const terms::Term& term) {
    const auto same = by_id.find(term.id);
    return same != by_id.end() && same->second->term == term.term && renderings(*same->second) == renderings(term);
  });
}

Result<void> import_terms(const Program& program, const Arguments& arguments) {
  if (arguments.file.empty()) return fail(ErrorKind::usage, "", "kabar terms import needs a FILE");
  KABAR_ASSIGN(const Newsroom newsroom, open_newsroom(program));
  KABAR_ASSIGN(const std::string text, read_file(arguments.file, kFileBytesMax));
  KABAR_ASSIGN(std::vector<terms::Term> list, arguments.tbx || is_tbx(arguments.file)
                                                  ? terms::parse_tbx(text, arguments.file)
                                                  : terms::parse_terms(text, arguments.file));
  KABAR_ASSIGN(const size_t starter, drop_starter_terms(list));
  if (starter > 0) fmt::print("{} entries are those of the starter pack and stay there\n", starter);
  KABAR_ASSIGN(const terms::Termbase base, terms::Termbase::make(list));
  // Faults are shown and do not stop the import: other people's lists have no examples.
  const std::vector<Error> faults = terms::check_terms(base);
  for (const Error& fault : faults) fmt::print(stderr, "kabar: {}\n", fault.text());
  KABAR_ASSIGN(const std::unique_ptr<db::Connection> connection, db::open_sqlite(newsroom.database()));
  KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(*connection));
  KABAR_TRY(store::put_terms(*connection, list, editor_name(arguments.editor), SystemClock().now()));
  KABAR_TRY(transaction.commit());
  fmt::print("{} entries\n", list.size());
  return {};
}

Result<void> remove_terms(const Program& program, const Arguments& arguments) {
  if (arguments.file.empty()) return fail(ErrorKind::usage, "", "kabar terms remove needs the ID of an entry");
  KABAR_ASSIGN(const Newsroom newsroom, open_newsroom(program));
  KABAR_ASSIGN(const std::unique_ptr<db::Connection> connection, db::open_sqlite(newsroom.database()));
  KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(*connection));
  KABAR_TRY(store::remove_term(*connection, arguments.file, editor_name(arguments.editor), SystemClock().now()));
  return transaction.commit();
}

Result<void> run_terms(const Program& program, const Arguments& arguments) {
  if (arguments.action == "import") return import_terms(program, arguments);
  if (arguments.action == "remove") return remove_terms(program, arguments);
  if (arguments.action == "export") return export_terms(program, arguments);
  return list_terms(program);
}

std::function<Result<void>()> declare(CLI::App& app, Program& program) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("ACTION", arguments->action, "import, export, list or remove")
      ->required()
      ->check(CLI::IsMember({"import", "export", "list", "remove"}));
  app.add_option("FILE", arguments->file,
                 "TSV, or TBX when it ends in .tbx or .xml; export without it prints; of remove: the entry's id");
  app.add_option("--by", arguments->editor, "Who adds or removes; else the user")->type_name("NAME");
  app.add_flag("--tbx", arguments->tbx, "TBX whatever the file is called");
  return [&program, arguments] { return run_terms(program, *arguments); };
}

}  // namespace

extern const Command kTermsCommand;
const Command kTermsCommand = {
    .name = "terms",
    .summary = "List, import, export or remove terms",
    .examples =
        "kabar terms list                   # every entry: the starter pack and your own\n"
        "kabar terms import glossary.tbx    # into the newsroom's database, over those of the same id\n"
        "kabar terms remove warung-tegal    # an entry of your own\n"
        "kabar terms export --tbx           # everything as TBX on standard output",
    .declare = declare,
};

}  // namespace kabar::app
