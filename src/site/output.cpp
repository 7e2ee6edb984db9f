#include "site/output.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace kabar::site {
namespace {

namespace fs = std::filesystem;

// What we write ourselves; pictures and whatever else an operator puts there are not ours to delete.
constexpr std::string_view kOwnEndings[] = {".html", ".xml", ".json", ".webmanifest"};

bool holds_only_media(const fs::path& folder) {
  std::error_code error;  // a folder that is not there is empty
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->path().filename() != "media") return false;
  }
  return true;
}

bool is_own(const fs::path& path) {
  const fs::path folder = path.parent_path().filename();
  if (folder == "cards" && path.extension() == ".png") return true;
  if (folder == "images" && (path.extension() == ".webp" || path.extension() == ".avif")) return true;
  const std::string ending = path.extension().string();
  return std::ranges::find(kOwnEndings, ending) != std::end(kOwnEndings);
}

}  // namespace

fs::path Output::path_of(std::string_view address) const {
  std::string path = folder_.native();
  path += address;
  if (path.ends_with('/')) path += "index.html";
  return path;
}

Result<void> Output::put(std::string_view address, std::string_view bytes) {
  const fs::path path = path_of(address);
  if (!queued_.empty()) std::erase(queued_, address);
  remember(path);
  if (!empty_) {
    if (holds(path, bytes)) {
      ++report.files_unchanged;
      return {};
    }
    // A server must never find new text beside an old compressed form.
    for (const char* ending : {".br", ".gz"}) KABAR_TRY(files_->remove(path.native() + ending));
  }
  KABAR_TRY(files_->write(path, bytes));
  ++report.files_written;
  if (!all_) changed_.emplace_back(address);
  return {};
}

void Output::keep(std::string_view address) { remember(path_of(address)); }

void Output::remember(const fs::path& path) {
  if (all_ && !empty_) put_.push_back(std::hash<std::string>()(path.native()));
}

Result<void> Output::reserve(std::string_view address, const std::function<std::string()>& bytes) {
  std::error_code error;
  return fs::exists(path_of(address), error) ? Result<void>() : put(address, bytes());
}

void Output::remove(std::string_view address) {
  std::error_code error;
  if (fs::exists(path_of(address), error)) queued_.emplace_back(address);
}

Result<void> Output::retire(std::string_view address, std::string_view bytes) {
  std::error_code error;
  if (!fs::exists(path_of(address), error)) return {};
  KABAR_TRY(put(address, bytes));
  remove(address);
  return {};
}

Result<void> Output::remove_queued() {
  for (const std::string& address : std::exchange(queued_, {})) KABAR_TRY(remove_now(address));
  return {};
}

Result<void> Output::remove_now(const std::string& address) {
  const fs::path path = path_of(address);
  std::error_code error;
  if (!fs::exists(path, error)) return {};
  for (const char* ending : {"", ".br", ".gz"}) KABAR_TRY(files_->remove(path.string() + ending));
  ++report.files_removed;
  // Empty folders of vanished pages; the first one that is not empty stays.
  for (fs::path folder = path.parent_path(); folder != folder_ && fs::remove(folder, error) && !error;) {
    folder = folder.parent_path();
  }
  return {};
}

void Output::begin_all() {
  all_ = true;
  empty_ = holds_only_media(folder_);
  put_.clear();
}

Result<void> Output::remove_others() {
  std::vector<std::string> vanished;
  std::error_code error;
  std::ranges::sort(put_);
  for (fs::recursive_directory_iterator it(folder_, error), end; !empty_ && !error && it != end; it.increment(error)) {
    if (!it->is_regular_file(error) || !is_own(it->path())) continue;
    if (std::ranges::binary_search(put_, std::hash<std::string>()(it->path().native()))) continue;
    const std::string address = '/' + it->path().lexically_relative(folder_).string();
    if (!address.starts_with("/media/")) vanished.push_back(address);
  }
  for (const std::string& address : vanished) KABAR_TRY(remove_now(address));
  all_ = empty_ = false;
  put_ = {};
  return {};
}

}  // namespace kabar::site
