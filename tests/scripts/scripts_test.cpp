// Whole-program tests, each one text file: what is typed, what is expected, and the files that it needs.
//
//   # why this test exists
//   $ kabar init warta          a command, run by sh in an empty folder of its own
//   > A newsroom is in warta…   the lines that it must print: "…" stands for anything, a line "…" for any lines
//   2> kabar: …                 the same for stderr
//   exit 4                      its exit code, 0 if nothing is said
//   -- berita/beras.md --       from here on, files that lie in the folder
//
// A command without ">" may print what it likes; stderr must be empty unless "2>" or "exit" says otherwise.
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;

struct Step {
  int line = 0;
  std::string command;
  std::vector<std::string> output;
  std::vector<std::string> errors;
  int exit_code = 0;
};

struct Script {
  std::vector<Step> steps;
  std::vector<std::pair<std::string, std::string>> files;
};

std::string read_all(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

Script read_script(const fs::path& path) {
  Script script;
  int number = 0;
  for (const std::string& line : lines_of(read_all(path))) {
    ++number;
    if (line.starts_with("-- ") && line.ends_with(" --")) {
      script.files.emplace_back(line.substr(3, line.size() - 6), "");
    } else if (!script.files.empty()) {
      script.files.back().second += line + "\n";
    } else if (line.starts_with("$ ")) {
      script.steps.push_back({.line = number, .command = line.substr(2)});
    } else if (line.starts_with("> ") || line == ">") {
      script.steps.back().output.push_back(line.size() > 1 ? line.substr(2) : "");
    } else if (line.starts_with("2> ")) {
      script.steps.back().errors.push_back(line.substr(3));
    } else if (line.starts_with("exit ")) {
      script.steps.back().exit_code = std::stoi(line.substr(5));
    } else if (!line.empty() && line[0] != '#') {
      ADD_FAILURE() << path << ":" << number << ": what is this? " << line;
    }
  }
  return script;
}

// "…" matches any run of characters.
bool line_fits(std::string_view pattern, std::string_view text) {
  const size_t dots = pattern.find("…");
  if (dots == std::string_view::npos) return pattern == text;
  if (!text.starts_with(pattern.substr(0, dots))) return false;
  const std::string_view rest = pattern.substr(dots + std::string_view("…").size());
  for (size_t at = dots; at <= text.size(); ++at) {
    if (line_fits(rest, text.substr(at))) return true;
  }
  return false;
}

bool lines_fit(const std::vector<std::string>& patterns, size_t pattern, const std::vector<std::string>& lines,
               size_t line) {
  if (pattern == patterns.size()) return line == lines.size();
  if (patterns[pattern] == "…") {
    for (size_t at = line; at <= lines.size(); ++at) {
      if (lines_fit(patterns, pattern + 1, lines, at)) return true;
    }
    return false;
  }
  return line < lines.size() && line_fits(patterns[pattern], lines[line]) &&
         lines_fit(patterns, pattern + 1, lines, line + 1);
}

class Scripts : public testing::TestWithParam<std::string> {};

TEST_P(Scripts, DoWhatTheySay) {
  const fs::path source = fs::path(KABAR_ROOT) / "tests/scripts" / (GetParam() + ".txt");
  const Script script = read_script(source);
  ASSERT_FALSE(script.steps.empty());
  const fs::path root = fs::temp_directory_path() / fmt::format("kabar-script-{}-{}", GetParam(), ::getpid());
  fs::remove_all(root);
  const fs::path work = root / "work";
  fs::create_directories(work);
  for (const auto& [name, content] : script.files) {
    fs::create_directories((work / name).parent_path());
    std::ofstream(work / name, std::ios::binary) << content;
  }
  for (const Step& step : script.steps) {
    const std::string command =
        fmt::format("cd '{}' && ({}) >'{}/out' 2>'{}/err'", work.string(), step.command, root.string(), root.string());
    const int status = std::system(command.c_str());
    const std::string place = fmt::format("{}:{}: $ {}", source.string(), step.line, step.command);
    const std::string output = read_all(root / "out");
    const std::string errors = read_all(root / "err");
    ASSERT_TRUE(WIFEXITED(status)) << place;
    EXPECT_EQ(WEXITSTATUS(status), step.exit_code) << place << "\n" << errors;
    if (!step.output.empty()) {
      EXPECT_TRUE(lines_fit(step.output, 0, lines_of(output), 0)) << place << "\nprinted:\n" << output;
    }
    if (!step.errors.empty() || step.exit_code == 0) {
      EXPECT_TRUE(lines_fit(step.errors, 0, lines_of(errors), 0)) << place << "\nstderr:\n" << errors;
    }
    if (HasFailure()) break;  // the rest would only repeat it
  }
  if (!HasFailure()) fs::remove_all(root);
}

std::vector<std::string> script_names() {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(fs::path(KABAR_ROOT) / "tests/scripts")) {
    if (entry.path().extension() == ".txt" && entry.path().stem() != "CMakeLists")
      names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

INSTANTIATE_TEST_SUITE_P(All, Scripts, testing::ValuesIn(script_names()),
                         [](const auto& script) { return script.param; });

}  // namespace

int main(int argument_count, char** arguments) {
  testing::InitGoogleTest(&argument_count, arguments);
  const std::string program = fs::path(KABAR_PROGRAM).parent_path().string();
  setenv("PATH", (program + ":" + std::getenv("PATH")).c_str(), 1);
  setenv("KABAR_SHARE", KABAR_ROOT, 0);
  setenv("USER", "tester", 1);
  setenv("NO_COLOR", "1", 1);
  return RUN_ALL_TESTS();
}
