// kabar serve --dev: a change of the theme or of a message makes the site again and reloads the pages that are open.
// The script for that is served by the program and added to pages as they are sent; no published file knows of it.
#pragma once
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/newsroom.h"
#include "base/clock.h"
#include "http/server.h"

namespace kabar::app {

class DevReload {
 public:
  // `start` makes the numbers of this run differ from those of an earlier one, whose pages may still be open.
  DevReload(std::vector<std::filesystem::path> folders, Time start);

  // The script, and what it asks for. This object must outlive the server.
  void add_to(http::ServerOptions& options) const;

  // Makes the site again if a file changed since the last look. A fault of the theme is printed; the site stays as it
  // was. From the worker's thread.
  void look(Desk& desk);

 private:
  // Changes with the name, size or time of any file in the folders.
  size_t fingerprint() const;

  std::vector<std::filesystem::path> folders_;
  size_t seen_;
  std::atomic<int64_t> build_;
};

}  // namespace kabar::app
