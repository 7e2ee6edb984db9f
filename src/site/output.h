// The files of the public folder: written only when their bytes change.
#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/file.h"
#include "site/publisher.h"

namespace kabar::site {

class Output {
 public:
  Output(std::filesystem::path folder, FileSystem& files) : folder_(std::move(folder)), files_(&files) {
    if (!folder_.has_filename()) folder_ = folder_.parent_path();  // "public/": addresses begin with a slash
  }

  // `address` as in a link: one that ends with "/" is an index.html. Old compressed forms go before new bytes come.
  Result<void> put(std::string_view address, std::string_view bytes);
  // Puts only if nothing stands at the address yet.
  Result<void> reserve(std::string_view address, const std::function<std::string()>& bytes);
  // Removal waits for remove_queued(): pages that still link there are replaced first. A later put() cancels it.
  void remove(std::string_view address);
  // Replaces what stands at the address, if anything does, by a page without links, and queues the removal.
  Result<void> retire(std::string_view address, std::string_view bytes);
  Result<void> remove_queued();
  std::filesystem::path path_of(std::string_view address) const;

  // Remembers what is put from now on; remove_others() then deletes every page, feed and sitemap that was not. In a
  // folder that holds nothing but the operator's media, files are written without a look at what stands there.
  void begin_all();
  // As if the file had been put: remove_others() leaves it.
  void keep(std::string_view address);
  Result<void> remove_others();

  // Addresses of the files that were written outside of begin_all() … remove_others(), once.
  std::vector<std::string> take_changed() { return std::exchange(changed_, {}); }

  PublishReport report;

 private:
  void remember(const std::filesystem::path& path);
  Result<void> remove_now(const std::string& address);

  std::filesystem::path folder_;
  FileSystem* files_;
  std::vector<std::string> queued_;
  std::vector<std::string> changed_;
  bool all_ = false;         // between begin_all() and remove_others()
  bool empty_ = false;       // so all that is there was put since begin_all(), and has no compressed forms
  std::vector<size_t> put_;  // hashes of paths, eight bytes a file: 100,000 articles have two million
};

}  // namespace kabar::site
