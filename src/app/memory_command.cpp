// kabar memory: the translation memory, in and out of TMX, and a search in it.
#include <cstdio>
#include <memory>
#include <vector>

#include <fmt/format.h>

#include "app/newsroom.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "db/sqlite.h"
#include "store/memory.h"
#include "terms/memory.h"
#include "terms/tmx.h"

namespace kabar::app {
namespace {

struct Arguments {
  std::string action;
  std::string what;  // a file, or the text to search for
  std::string from = "id";
  std::string to;
  double similarity_min = 0.7;
};

struct Languages {
  Language source;
  Language target;
};

Result<Languages> languages_of(const Arguments& arguments) {
  const std::optional<Language> from = Language::parse(arguments.from);
  const std::optional<Language> to = Language::parse(arguments.to);
  if (!from || !to) return fail(ErrorKind::usage, "", "--from and --to take language codes such as id, en, fr");
  return Languages{*from, *to};
}

Result<terms::Memory> load_memory(db::Connection& connection, const Languages& languages) {
  KABAR_ASSIGN(const std::vector<store::MemoryEntry> entries,
               store::list_memory(connection, languages.source, languages.target));
  terms::Memory memory(languages.source, languages.target);
  for (const store::MemoryEntry& entry : entries) {
    memory.add({entry.source, entry.target, "", entry.editor, day_of(entry.updated), entry.article});
  }
  return memory;
}

Result<void> import_tmx(db::Connection& connection, const Arguments& arguments, const Languages& languages) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(arguments.what.c_str(), "rb"), std::fclose);
  if (file == nullptr) return fail(ErrorKind::not_found, arguments.what, "cannot open");
  KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(connection));
  Result<void> stored;
  int count = 0;
  terms::TmxReader reader(arguments.what, languages.source, languages.target, [&](terms::MemoryEntry entry) {
    if (!stored) return;
    stored = store::put_memory(connection, {.source_language = languages.source,
                                            .target_language = languages.target,
                                            .source = entry.source,
                                            .target = entry.target,
                                            .editor = entry.confirmed_by,
                                            .article = entry.note,
                                            .updated = SystemClock().now()});
    ++count;
  });
  std::vector<char> buffer(1 << 16);
  while (const size_t got = std::fread(buffer.data(), 1, buffer.size(), file.get())) {
    KABAR_TRY(reader.feed({buffer.data(), got}));
    KABAR_TRY(stored);
  }
  KABAR_TRY(reader.finish());
  KABAR_TRY(stored);
  KABAR_TRY(transaction.commit());
  fmt::print("{} units\n", count);
  return {};
}

Result<void> export_tmx(db::Connection& connection, const Languages& languages) {
  KABAR_ASSIGN(const std::vector<store::MemoryEntry> entries,
               store::list_memory(connection, languages.source, languages.target));
  fmt::print("{}", terms::tmx_header(languages.source, KABAR_VERSION));
  for (const store::MemoryEntry& entry : entries) {
    fmt::print("{}",
               terms::tmx_unit({entry.source, entry.target, "", entry.editor, day_of(entry.updated), entry.article},
                               languages.source, languages.target));
  }
  fmt::print("{}", terms::tmx_footer());
  return {};
}

Result<void> search(db::Connection& connection, const Arguments& arguments, const Languages& languages) {
  KABAR_ASSIGN(const terms::Memory memory, load_memory(connection, languages));
  const std::string text = to_nfc(arguments.what);
  const terms::FuzzyOptions options{.similarity_min = static_cast<float>(arguments.similarity_min)};
  for (const terms::MemoryMatch& match : memory.fuzzy(text, options)) {
    fmt::print("{:.0f}%\t{}\t{}\t{}\n", match.similarity * 100, match.entry->source, match.entry->target,
               match.entry->confirmed_by);
  }
  return {};
}

Result<void> run_memory(const Program& program, const Arguments& arguments) {
  KABAR_ASSIGN(const Languages languages, languages_of(arguments));
  KABAR_ASSIGN(const Newsroom newsroom, open_newsroom(program));
  KABAR_ASSIGN(const std::unique_ptr<db::Connection> connection, db::open_sqlite(newsroom.database()));
  if (arguments.action == "export") return export_tmx(*connection, languages);
  if (arguments.what.empty())
    return fail(ErrorKind::usage, "", fmt::format("kabar memory {} needs a FILE or TEXT", arguments.action));
  if (arguments.action == "import") return import_tmx(*connection, arguments, languages);
  return search(*connection, arguments, languages);
}

std::function<Result<void>()> declare(CLI::App& app, Program& program) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("ACTION", arguments->action, "import, export or search")
      ->required()
      ->check(CLI::IsMember({"import", "export", "search"}));
  app.add_option("FILE-OR-TEXT", arguments->what, "The TMX file to import, or the sentence to search for");
  app.add_option("--from", arguments->from, "Language of the sources")->capture_default_str();
  app.add_option("--to", arguments->to, "Language of the translations")->required();
  app.add_option("--least", arguments->similarity_min, "Least similarity of a match, 0.3 to 1")
      ->check(CLI::Range(0.3, 1.0))
      ->capture_default_str();
  return [&program, arguments] { return run_memory(program, *arguments); };
}

}  // namespace

extern const Command kMemoryCommand;
const Command kMemoryCommand = {
    .name = "memory",
    .summary = "Import, export or search the translation memory",
    .examples =
        "kabar memory import --to fr old.tmx       # confirmed translations of another tool\n"
        "kabar memory export --to fr >memory.tmx   # everything that was confirmed here\n"
        "kabar memory search --to fr \"Harga beras naik 5 persen.\"",
    .declare = declare,
};

}  // namespace kabar::app
