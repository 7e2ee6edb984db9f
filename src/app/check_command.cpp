// kabar check: audits translations, of this program or any other.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/command.h"
#include "app/newsroom.h"
#include "app/resources.h"
#include "base/utf8.h"
#include "checks/check.h"
#include "text/languages.h"

namespace kabar::app {
namespace {

struct Arguments {
  std::string from = "id";
  std::string to;
  bool json = false;
  bool measure = false;
  std::string language = "id";  // of the messages
  std::string file = "-";
};

constexpr size_t kLineBytesMax = 1u << 20;

nlohmann::ordered_json span_json(const Span& span) { return {span.begin, span.end}; }

// The shape of a finding in `kabar translate --json`.
nlohmann::ordered_json finding_json(const Finding& finding) {
  nlohmann::ordered_json json;
  json["check"] = finding.check;
  json["severity"] = name_of(finding.severity);
  json["blocking"] = finding.blocking;
  json["message"] = finding.message;
  if (finding.source_span) json["source_span"] = span_json(*finding.source_span);
  if (finding.target_span) json["target_span"] = span_json(*finding.target_span);
  if (finding.fix) json["fix"] = {{"span", span_json(finding.fix->target_span)}, {"text", finding.fix->replacement}};
  return json;
}

void print_json(const checks::Pair& pair, const std::vector<Finding>& findings, float score) {
  nlohmann::ordered_json json;
  json["source"] = pair.source;
  json["text"] = pair.target;
  json["score"] = std::round(score * 1000.0) / 1000.0;
  json["findings"] = nlohmann::ordered_json::array();
  for (const Finding& finding : findings) json["findings"].push_back(finding_json(finding));
  fmt::print("{}\n", json.dump());
}

void print_text(int line, const std::vector<Finding>& findings, float score) {
  for (const Finding& finding : findings) {
    fmt::print("{}: {}: {}: {}\n", line, name_of(finding.severity), finding.check, finding.message);
  }
  if (!findings.empty()) fmt::print("{}: score {:.2f}\n", line, score);
}

struct Tally {
  int pairs = 0;
  int found = 0;   // with a finding at warning or above
  int errors = 0;  // with a finding at error
  int exact = 0;   // by the expected check
};

void count(Tally& tally, const std::vector<Finding>& findings, std::string_view expected) {
  bool found = false, error = false, exact = false;
  for (const Finding& finding : findings) {
    if (finding.severity == Severity::info) continue;
    found = true;
    error = error || finding.severity == Severity::error;
    exact = exact || finding.check == expected;
  }
  ++tally.pairs;
  tally.found += found;
  tally.errors += error;
  tally.exact += exact;
}

void print_tallies(const std::map<std::string, Tally>& tallies) {
  fmt::print("{:<14}{:>7}{:>9}{:>9}{:>9}\n", "expected", "pairs", "warning+", "error", "same id");
  for (const auto& [expected, tally] : tallies) {
    const int pairs = tally.pairs;
    const auto share = [pairs](int part) { return fmt::format("{:.1f}%", 100.0 * part / pairs); };
    fmt::print("{:<14}{:>7}{:>9}{:>9}{:>9}\n", expected, tally.pairs, share(tally.found), share(tally.errors),
               expected == "ok" ? "" : share(tally.exact));
  }
}

// How well the score predicts that a pair is good: by tenths of the score, what it says and what is so.
struct Reliability {
  static constexpr int kBins = 10;
  struct Bin {
    int pairs = 0;
    int good = 0;
    double score = 0;  // sum
  };
  Bin bins[kBins];

  void count(float score, bool good) {
    Bin& bin = bins[std::min(static_cast<int>(score * kBins), kBins - 1)];
    ++bin.pairs;
    bin.good += good;
    bin.score += score;
  }
};

void print_reliability(const Reliability& reliability) {
  fmt::print("{:<14}{:>7}{:>9}{:>9}\n", "score", "pairs", "mean", "good");
  for (int i = 0; i < Reliability::kBins; ++i) {
    const Reliability::Bin& bin = reliability.bins[i];
    if (bin.pairs == 0) continue;
    fmt::print("{:<14}{:>7}{:>9.2f}{:>9.2f}\n", fmt::format("{:.1f} to {:.1f}", i / 10.0, (i + 1) / 10.0), bin.pairs,
               bin.score / bin.pairs, static_cast<double>(bin.good) / bin.pairs);
  }
}

Result<void> check_lines(std::istream& in, const Arguments& arguments, const std::string& name,
                         const Program& program) {
  const std::optional<Language> from = Language::parse(arguments.from);
  const std::optional<Language> to = Language::parse(arguments.to);
  const auto known = [](const std::optional<Language>& language) {
    return language &&
           std::ranges::find(text::languages(), *language, &text::LanguageInfo::language) != text::languages().end();
  };
  if (!known(from) || !known(to)) {
    return fail(ErrorKind::usage, "",
                "--from and --to take codes of languages that the checks know, such as id, en, fr");
  }
  KABAR_ASSIGN(const terms::TermList own, own_terms(program));
  KABAR_ASSIGN(const checks::Knowledge knowledge, checks::Knowledge::load(share_folder() / "data", own));
  std::map<std::string, Tally> tallies;
  Reliability reliability;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    const std::string place = fmt::format("{}:{}", name, number);
    if (line.size() > kLineBytesMax) return fail(ErrorKind::limit, place, "the line is longer than 1 MiB");
    if (Result<void> valid = check_utf8(line, name); !valid) return fail(ErrorKind::bad_input, place, "not UTF-8");
    if (line.ends_with('\r')) line.pop_back();
    if (arguments.measure && line.starts_with('#')) continue;
    const size_t tab = line.find('\t');
    if (line.empty()) continue;
    if (tab == std::string::npos) return fail(ErrorKind::bad_input, place, "no TAB between source and translation");
    const size_t second = line.find('\t', tab + 1);
    checks::Pair pair;
    pair.source = to_nfc(std::string_view(line).substr(0, tab));
    pair.target =
        to_nfc(std::string_view(line).substr(tab + 1, second == std::string::npos ? second : second - tab - 1));
    pair.source_language = *from;
    pair.target_language = *to;
    pair.editor_language = *Language::parse(arguments.language);
    std::vector<Finding> findings;
    const float score = checks::run_checks(pair, knowledge, findings);
    if (arguments.measure) {
      const std::string expected = second == std::string::npos ? "ok" : line.substr(second + 1);
      count(tallies[expected], findings, expected);
      reliability.count(score, expected == "ok");
      continue;
    }
    if (arguments.json) {
      print_json(pair, findings, score);
    } else {
      print_text(number, findings, score);
    }
  }
  if (arguments.measure) {
    print_tallies(tallies);
    print_reliability(reliability);
  }
  return {};
}

Result<void> run_check(const Arguments& arguments, const Program& program) {
  if (arguments.file == "-") return check_lines(std::cin, arguments, "-", program);
  std::ifstream file(arguments.file);
  if (!file) return fail(ErrorKind::not_found, arguments.file, "cannot open");
  return check_lines(file, arguments, arguments.file, program);
}

std::function<Result<void>()> declare(CLI::App& app, Program& program) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("--from", arguments->from, "Language of the sources")->capture_default_str();
  app.add_option("--to", arguments->to, "Language of the translations")->required();
  app.add_flag("--json", arguments->json, "One JSON object a line, with score and findings");
  app.add_option("--language", arguments->language, "Language of the messages: id, en, fr, zh, ja or ar")
      ->capture_default_str()
      ->check(CLI::IsMember({"id", "en", "fr", "zh", "ja", "ar"}));
  app.add_flag("--measure", arguments->measure,
               "Count by the third column (a check's id or ok) instead of printing findings");
  app.add_option("FILE", arguments->file,
                 "Source and translation, separated by a TAB, one pair a line; - is standard input")
      ->capture_default_str();
  return [arguments, &program] { return run_check(*arguments, program); };
}

}  // namespace

extern const Command kCheckCommand;
const Command kCheckCommand = {
    .name = "check",
    .summary = "Check translations against their sources",
    .examples =
        "kabar check --to fr pairs.tsv            # findings, one a line\n"
        "kabar check --to fr --json - <pairs.tsv  # one JSON object a line\n"
        "kabar check --to fr --measure tests/fidelity/fr.tsv  # how many marked errors are found",
    .declare = declare,
};

}  // namespace kabar::app
