#include <fmt/format.h>

#include "app/bench_mt.h"
#include "app/command.h"
#include "base/file.h"

namespace kabar::app {
namespace {

std::string to_json(const std::vector<BenchRow>& rows) {
  std::string json = "[\n";
  for (size_t i = 0; i < rows.size(); ++i) {
    json += fmt::format("  {{\"name\": \"{}\", \"value\": {:.6g}, \"unit\": \"{}\", \"note\": \"{}\"}}{}\n",
                        rows[i].name, rows[i].value, rows[i].unit, rows[i].note, i + 1 < rows.size() ? "," : "");
  }
  return json + "]\n";
}

std::function<Result<void>()> declare(CLI::App& app, Program&) {
  auto* mt = app.add_subcommand("mt", "Measure the translation engine on this machine");
  app.require_subcommand(1);
  const auto options = std::make_shared<BenchOptions>();
  const auto json = std::make_shared<std::filesystem::path>();
  options->text = "bench/article.id.txt";
  mt->add_option("--threads", options->threads, "Worker threads; 0 is one per core")->check(CLI::Range(0, 256));
  mt->add_option("--rounds", options->rounds, "Each figure is the best of so many runs")->check(CLI::Range(1, 1000));
  mt->add_option("--model", options->model,
                 "Package for the article; without it random weights of the starter's shape");
  mt->add_option("--text", options->text, "The article for --model, one sentence a line")->capture_default_str();
  mt->add_option("--json", *json, "Write the figures to this file too");
  return [options, json]() -> Result<void> {
    KABAR_ASSIGN(const std::vector<BenchRow> rows, bench_mt(*options));
    for (const BenchRow& row : rows) fmt::print("{:<50} {:>10.1f} {:<8} {}\n", row.name, row.value, row.unit, row.note);
    if (json->empty()) return {};
    return disk().write(*json, to_json(rows));
  };
}

}  // namespace

extern const Command kBenchCommand;
const Command kBenchCommand = {
    "bench",
    "Measure the speed of the engine",
    "kabar bench mt  # one core and all cores, random weights\n"
    "kabar bench mt --model models/starter --json figures.json  # a real model",
    declare,
};

}  // namespace kabar::app
