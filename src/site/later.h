// What publishing puts off because no reader waits for it: share cards and compressed forms.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "site/catalogue.h"
#include "site/page_context.h"
#include "site/publisher.h"

namespace kabar::site {

// Finds what is missing by looking, so a crash loses nothing: files that changed are known at once, the rest of the
// site is walked through once, a part in each run().
class Later {
 public:
  Later(std::filesystem::path public_folder, FileSystem& files) : folder_(std::move(public_folder)), files_(&files) {}

  // Everything has to be looked through again.
  void note_all();
  void note_file(std::filesystem::path path) { paths_.push_back(std::move(path)); }
  void note_article(uint32_t number) { articles_.push_back(number); }

  Result<LaterReport> run(const PageContext& context, Catalogue& catalogue, std::chrono::milliseconds budget);

 private:
  // False if there is nothing left.
  Result<bool> step(const PageContext& context, Catalogue& catalogue, LaterReport& report);
  Result<void> draw_cards(const PageContext& context, const CatalogueArticle& article, LaterReport& report);
  Result<void> compress(const std::filesystem::path& path, LaterReport& report);

  std::filesystem::path folder_;
  FileSystem* files_;
  std::vector<std::filesystem::path> paths_;
  std::vector<uint32_t> articles_;
  size_t scanned_ = 0;  // articles of the catalogue, oldest first
  std::filesystem::recursive_directory_iterator walk_;
  bool walking_ = false;
  bool walked_ = false;
};

}  // namespace kabar::site
