#include "app/commands.h"

#include <exception>
#include <optional>

#include <fmt/format.h>

namespace kabar::app {

extern const Command kAdaptCommand;
extern const Command kBackupCommand;
extern const Command kBenchCommand;
extern const Command kCheckCommand;
extern const Command kCompletionCommand;
extern const Command kConfigCommand;
extern const Command kCorrectCommand;
extern const Command kDataCommand;
extern const Command kImportCommand;
extern const Command kInitCommand;
extern const Command kMemoryCommand;
extern const Command kModelCommand;
extern const Command kPublishCommand;
extern const Command kReportsCommand;
extern const Command kRestoreCommand;
extern const Command kReviewCommand;
extern const Command kServeCommand;
extern const Command kShowCommand;
extern const Command kSiteCommand;
extern const Command kTermsCommand;
extern const Command kThemeCommand;
extern const Command kTrainCommand;
extern const Command kTranslateCommand;
extern const Command kWithdrawCommand;
extern const Command kWorkCommand;

namespace {

// clang-format off
constexpr const Command* kCommands[] = {
    &kInitCommand,
    &kImportCommand,
    &kWorkCommand,
    &kPublishCommand,
    &kServeCommand,
    &kShowCommand,
    &kReviewCommand,
    &kReportsCommand,
    &kCorrectCommand,
    &kWithdrawCommand,
    &kConfigCommand,
    &kSiteCommand,
    &kThemeCommand,
    &kBackupCommand,
    &kRestoreCommand,
    &kTranslateCommand,
    &kCheckCommand,
    &kTermsCommand,
    &kMemoryCommand,
    &kModelCommand,
    &kDataCommand,
    &kTrainCommand,
    &kAdaptCommand,
    &kBenchCommand,
    &kCompletionCommand,
};
// clang-format on

constexpr ExitCode kExitCodes[] = {
    {0, "success"},
    {1, "a fault of the program"},
    {2, "the command line is wrong"},
    {3, "a file or text that was given is wrong"},
    {4, "a file, article, model or language does not exist"},
    {5, "larger, deeper or more than the program accepts"},
    {6, "the state does not allow this"},
    {7, "well-formed, but a variant that the program does not know"},
    {8, "the system refused: disk full, no permission"},
    {9, "stopped before the end"},
};

std::string examples_footer(std::string_view examples) {
  std::string footer = "Examples:\n";
  size_t begin = 0;
  while (begin < examples.size()) {
    const size_t end = std::min(examples.find('\n', begin), examples.size());
    footer += fmt::format("  {}\n", examples.substr(begin, end - begin));
    begin = end + 1;
  }
  return footer;
}

int report(const Error& error) {
  fmt::print(stderr, "kabar: {}\n", error.text());
  return exit_code(error.kind);
}

// The command that was chosen, by its index in kCommands; nothing when only global options were given.
std::optional<size_t> chosen(const CLI::App& cli) {
  for (size_t i = 0; i < std::size(kCommands); ++i) {
    if (cli.got_subcommand(std::string(kCommands[i]->name))) return i;
  }
  return std::nullopt;
}

int run_parsed(const CommandLine& line) {
  const std::optional<size_t> index = chosen(*line.cli);
  if (!index) {
    fmt::print("{}", line.cli->help());
    return exit_code(ErrorKind::usage);
  }
  const Result<void> result = line.actions[*index]();
  return result ? 0 : report(result.error());
}

}  // namespace

std::span<const Command* const> commands() { return kCommands; }

std::span<const ExitCode> exit_codes() { return kExitCodes; }

CommandLine declare_commands() {
  CommandLine line;
  line.cli = std::make_unique<CLI::App>("Kabar: one article in, every edition out", "kabar");
  line.program = std::make_unique<Program>();
  line.program->cli = line.cli.get();
  line.cli->set_version_flag("--version", KABAR_VERSION, "Print the version");
  line.cli->set_help_flag("-h,--help", "Print this help");
  line.cli->add_option("--dir", line.program->dir, "The newsroom's folder (else the nearest one with kabar.toml)")
      ->type_name("DIR");
  line.cli->footer("kabar COMMAND --help shows the options of a command, with examples.");
  for (const Command* command : kCommands) {
    CLI::App* sub = line.cli->add_subcommand(std::string(command->name), std::string(command->summary));
    sub->fallthrough();  // so that global options may also stand behind the command
    sub->footer(examples_footer(command->examples));
    line.actions.push_back(command->declare(*sub, *line.program));
  }
  return line;
}

int run(int argument_count, const char* const* arguments) {
  try {
    CommandLine line = declare_commands();
    line.cli->require_subcommand(0, 1);
    try {
      line.cli->parse(argument_count, arguments);
    } catch (const CLI::Success& request) {  // --help and --version
      return line.cli->exit(request);
    } catch (const CLI::ParseError& error) {
      return report({ErrorKind::usage, "", fmt::format("{} (see kabar --help)", error.what())});
    }
    return run_parsed(line);
  } catch (const std::exception& fault) {  // out of memory, or a fault of ours
    fmt::print(stderr, "kabar: internal fault: {}\n", fault.what());
    return 1;
  }
}

}  // namespace kabar::app
