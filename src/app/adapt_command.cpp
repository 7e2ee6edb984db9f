#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <memory>

#include "app/command.h"
#include "app/eval_set.h"
#include "app/newsroom.h"
#include "app/stop_signal.h"
#include "db/sqlite.h"
#include "store/memory.h"
#include "terms/tmx.h"
#include "train/adapt.h"
#include "train/pack.h"

namespace kabar::app {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  fs::path package;
  std::vector<fs::path> tmx;
  fs::path general;
  fs::path set;
  bool keep = false;
  bool roll_back = false;
  train::AdaptOptions options;
};

// Approved segments of a TMX file, into every language that the trainer knows.
Result<void> read_tmx(const fs::path& path, std::vector<train::ReviewedSegment>& segments) {
  for (const Language target : train::kHeads) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail(ErrorKind::not_found, path.string(), "cannot be opened");
    terms::TmxReader reader(path.string(), Language::id, target, [&](const terms::MemoryEntry& entry) {
      segments.push_back({entry.source, target, entry.target});
    });
    std::string piece(size_t{1} << 16, '\0');
    while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())), file.gcount() > 0) {
      KABAR_TRY(reader.feed(std::string_view(piece).substr(0, static_cast<size_t>(file.gcount()))));
    }
    KABAR_TRY(reader.finish());
  }
  return {};
}

// What the newsroom's editors approved.
Result<void> read_memory(const Newsroom& newsroom, std::vector<train::ReviewedSegment>& segments) {
  KABAR_ASSIGN(const std::unique_ptr<db::Connection> database, db::open_sqlite(newsroom.database()));
  for (const Language target : train::kHeads) {
    KABAR_ASSIGN(const std::vector<store::MemoryEntry> entries, store::list_memory(*database, Language::id, target));
    for (const store::MemoryEntry& entry : entries) segments.push_back({entry.source, target, entry.target});
  }
  return {};
}

Result<train::GeneralSet> general_set(const fs::path& path) {
  KABAR_ASSIGN(const EvalSet texts, read_eval_set(path));
  train::GeneralSet set;
  for (const auto& [language, lines] : texts) {
    if (language == Language::id) {
      set.sources = lines;
    } else {
      set.languages.push_back(language);
      set.targets.push_back(lines);
    }
  }
  if (set.sources.empty()) return fail(ErrorKind::bad_input, path.string(), "has no Indonesian sentences");
  return set;
}

Result<void> run(const Program& program, const Arguments& arguments) {
  if (arguments.roll_back) return train::roll_back(arguments.package);
  const std::stop_token stop = stop_on_signals();
  std::vector<train::ReviewedSegment> segments;
  for (const fs::path& path : arguments.tmx) KABAR_TRY(read_tmx(path, segments));
  if (arguments.tmx.empty()) {
    KABAR_ASSIGN(const Newsroom newsroom, open_newsroom(program));
    KABAR_TRY(read_memory(newsroom, segments));
  }
  std::vector<train::PackedRecord> general;
  if (!arguments.general.empty()) {
    KABAR_ASSIGN(general, train::read_pack(arguments.general));
  }
  KABAR_ASSIGN(const train::GeneralSet set, general_set(arguments.set));
  const fs::path candidate = arguments.package.string() + ".candidate";
  KABAR_ASSIGN(const train::AdaptReport report,
               train::adapt(arguments.package, segments, general, set, arguments.options, candidate, stop));
  fmt::print("{} reviewed sentences learned, {} held back\n", report.trained, report.held_back);
  fmt::print("chrF held back {:.1f} -> {:.1f}, general {:.1f} -> {:.1f}\n", report.reviewed_before,
             report.reviewed_after, report.general_before, report.general_after);
  if (!report.better) {
    fmt::print("not better: {} stays as it is, the candidate is in {}\n", arguments.package.string(),
               candidate.string());
    return {};
  }
  if (arguments.keep) {
    fmt::print("better: the candidate is in {}\n", candidate.string());
    return {};
  }
  KABAR_TRY(train::promote(arguments.package, candidate));
  fmt::print("better: now in {}; kabar adapt --package {} --roll-back undoes it\n", arguments.package.string(),
             arguments.package.string());
  return {};
}

std::function<Result<void>()> declare(CLI::App& app, Program& program) {
  auto arguments = std::make_shared<Arguments>();
  arguments->package = "models/starter";
  arguments->set = "tests/eval/news-dev.tsv";
  app.add_option("--package", arguments->package, "The model")->type_name("PACKAGE")->capture_default_str();
  app.add_option("--tmx", arguments->tmx, "Reviewed sentences; else those of the newsroom's memory")->type_name("FILE");
  app.add_option("--general", arguments->general, "Packed general data that is mixed in, against forgetting")
      ->type_name("KPACK");
  app.add_option("--set", arguments->set, "Sentences whose translation must not get worse")
      ->type_name("DIR|TSV")
      ->capture_default_str();
  app.add_option("--rounds", arguments->options.rounds, "How often each sentence is seen")->capture_default_str();
  app.add_flag("--keep", arguments->keep, "Leave the model as it is, even if the candidate is better");
  app.add_flag("--roll-back", arguments->roll_back, "Put the model before the last adaptation back");
  return [&program, arguments] { return run(program, *arguments); };
}

}  // namespace

extern const Command kAdaptCommand;
const Command kAdaptCommand = {
    .name = "adapt",
    .summary = "Teach a model what the newsroom's editors approved",
    .examples =
        "kabar adapt --package models/starter                      # from the newsroom's own memory\n"
        "kabar adapt --package models/starter --tmx reviewed.tmx   # from a translation memory\n"
        "kabar adapt --package models/starter --roll-back          # the model before",
    .declare = declare,
};

}  // namespace kabar::app
