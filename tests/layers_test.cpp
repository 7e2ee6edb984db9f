// Folder names are the architecture: every #include between folders of src/ must be allowed by src/layers.txt.
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;
const fs::path kSource = fs::path(KABAR_ROOT) / "src";

std::map<std::string, std::set<std::string>> allowed_includes() {
  std::map<std::string, std::set<std::string>> allowed;
  std::ifstream file(kSource / "layers.txt");
  for (std::string line; std::getline(file, line);) {
    const size_t colon = line.find(':');
    if (line.empty() || line[0] == '#' || colon == std::string::npos) continue;
    std::istringstream names(line.substr(colon + 1));
    std::set<std::string>& folders = allowed[line.substr(0, colon)];
    for (std::string name; names >> name;) folders.insert(name);
  }
  return allowed;
}

TEST(Layers, EveryIncludePointsInTheDeclaredDirection) {
  const std::map<std::string, std::set<std::string>> allowed = allowed_includes();
  ASSERT_GT(allowed.size(), 10u);
  const std::regex include(R"re(^\s*#include\s+"([a-z_]+)/)re");
  int includes = 0;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(kSource)) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".h" && extension != ".cpp") continue;
    const std::string folder = fs::relative(entry.path(), kSource).begin()->string();
    ASSERT_TRUE(allowed.contains(folder)) << folder << " is not listed in src/layers.txt";
    std::ifstream file(entry.path());
    int number = 0;
    for (std::string line; std::getline(file, line);) {
      ++number;
      std::smatch match;
      if (!std::regex_search(line, match, include) || match[1] == folder) continue;
      ++includes;
      EXPECT_TRUE(allowed.at(folder).contains(match[1]))
          << entry.path().string() << ":" << number << ": " << folder << "/ may not include " << match[1] << "/";
    }
  }
  EXPECT_GT(includes, 10);
}

// A folder may only name folders that stand above it, so there can be no cycle.
TEST(Layers, TheListIsInOrder) {
  std::ifstream file(kSource / "layers.txt");
  std::set<std::string> above;
  for (std::string line; std::getline(file, line);) {
    const size_t colon = line.find(':');
    if (line.empty() || line[0] == '#' || colon == std::string::npos) continue;
    std::istringstream names(line.substr(colon + 1));
    for (std::string name; names >> name;) EXPECT_TRUE(above.contains(name)) << line;
    above.insert(line.substr(0, colon));
  }
}

}  // namespace
