// How the files of the site reach the disk. Pages are not synced one by one: until the publisher settles them, its
// journal can make them again. The journal itself and the catalogue must be on the disk before a page changes.
#pragma once
#include <filesystem>

#include "base/file.h"

namespace kabar::life {

class SiteFiles final : public FileSystem {
 public:
  // `pages` is for everything outside `state_folder`; it must outlive this.
  SiteFiles(std::filesystem::path state_folder, FileSystem& pages)
      : state_folder_(std::move(state_folder)), pages_(pages) {}

  Result<void> write(const std::filesystem::path& path, std::string_view bytes) override {
    return files_for(path).write(path, bytes);
  }
  Result<void> remove(const std::filesystem::path& path) override { return files_for(path).remove(path); }
  Result<void> settle(const std::filesystem::path& folder) override { return pages_.settle(folder); }

 private:
  FileSystem& files_for(const std::filesystem::path& path) {
    const std::filesystem::path relative = path.lexically_relative(state_folder_);
    const bool is_state = !relative.empty() && *relative.begin() != "..";
    return is_state ? disk(/*sync=*/true) : pages_;
  }

  std::filesystem::path state_folder_;
  FileSystem& pages_;
};

}  // namespace kabar::life
