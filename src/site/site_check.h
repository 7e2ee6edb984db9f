// An independent reader of a published site for tests: it knows HTML, XML and JSON, and nothing of how we write them.
#pragma once
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace kabar::site {

struct ReadPage {
  std::string path;  // "/en/ekonomi/…/"
  std::string language;
  std::string direction;
  std::string title;
  std::string canonical;  // percent-decoded path
  bool noindex = false;
  bool moved = false;
  std::map<std::string, std::string> alternates;  // hreflang -> percent-decoded path
  std::vector<std::string> links;                 // decoded paths below the own host
  std::vector<std::string> loaded;                // what the page loads: pictures, sheets, scripts
  std::vector<std::string> json_ld;
  std::string text;  // all visible text
  int errors = 0;    // that the HTML parser found
};

std::string decode_percent(const std::string& text);

class ReadSite {
 public:
  ReadSite(const std::filesystem::path& folder, std::string base_url);

  std::map<std::string, ReadPage> pages;  // by path
  std::set<std::string> files;            // paths of all files, without compressed forms
  std::string bytes(const std::string& path) const;
  // Links and loads that lead to no file.
  std::vector<std::string> broken_links() const;

 private:
  std::filesystem::path folder_;
  std::string base_url_;
};

}  // namespace kabar::site
