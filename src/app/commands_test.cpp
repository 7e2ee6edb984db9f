#include "app/commands.h"

#include <fstream>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace kabar::app {
namespace {

TEST(CommandList, EveryCommandIsUniqueAndDocumentedWithExamples) {
  std::set<std::string_view> names;
  for (const Command* command : commands()) {
    EXPECT_TRUE(names.insert(command->name).second) << command->name;
    EXPECT_FALSE(command->summary.empty()) << command->name;
    EXPECT_NE(command->summary.back(), '.') << command->name;
    EXPECT_NE(command->examples.find("kabar "), std::string_view::npos) << command->name;
    EXPECT_NE(command->examples.find(command->name), std::string_view::npos) << command->name;
  }
}

TEST(CommandList, EveryOptionSaysWhatItDoes) {
  const CommandLine line = declare_commands();
  for (const Command* command : commands()) {
    for (const CLI::Option* option : line.cli->get_subcommand(std::string(command->name))->get_options()) {
      EXPECT_FALSE(option->get_description().empty()) << command->name << " " << option->get_name();
    }
  }
}

TEST(CommandList, ExitCodesAreDocumented) {
  std::ifstream file(KABAR_ROOT "/docs/exit-codes.md");
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  for (const ExitCode& code : exit_codes()) {
    const std::string row = fmt::format("| {} | {} |", code.number, code.meaning);
    EXPECT_NE(text.find(row), std::string::npos) << row;
  }
}

int run_with(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "kabar");
  return run(static_cast<int>(arguments.size()), arguments.data());
}

TEST(CommandLine, ExitCodesTellAScriptWhatWentWrong) {
  testing::internal::CaptureStdout();
  EXPECT_EQ(run_with({"--version"}), 0);
  EXPECT_EQ(testing::internal::GetCapturedStdout(), KABAR_VERSION "\n");
  testing::internal::CaptureStderr();
  EXPECT_EQ(run_with({"nonsense"}), 2);
  EXPECT_EQ(run_with({"--dir", "/nonexistent", "config"}), 4);
  const std::string errors = testing::internal::GetCapturedStderr();
  EXPECT_NE(errors.find("kabar: /nonexistent: no newsroom here"), std::string::npos) << errors;
}

}  // namespace
}  // namespace kabar::app
