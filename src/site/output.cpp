#include "site/output.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace kabar::site {
namespace {

namespace fs = std::filesystem;

constexpr size_t kFileBytesMax = 64 << 20;
// What we write ourselves; pictures and whatever else an operator puts there are not ours to delete.
constexpr std::string_view kOwnEndings[] = {".html", ".xml", ".json", ".webmanifest"};

bool same_bytes(const fs::path& path, std::string_view bytes) {
  std::error_code error;
  if (fs::file_size(path, error) != bytes.size() || error) return false;
  const Result<std::string> old = read_file(path, kFileBytesMax);
  return old && *old == bytes;
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
  std::string path(address.substr(1));
  if (path.empty() || path.ends_with('/')) path += "index.html";
  return folder_ / path;
}

Result<void> Output::put(std::string_view address, std::string_view bytes) {
  const fs::path path = path_of(address);
  if (!queued_.empty()) std::erase(queued_, address);
  if (remember_) put_.push_back(std::hash<std::string>()(path.string()));
  if (same_bytes(path, bytes)) {
    ++report.files_unchanged;
    return {};
  }
  // A server must never find new text beside an old compressed form.
  for (const char* ending : {".br", ".gz"}) KABAR_TRY(files_->remove(path.string() + ending));
  KABAR_TRY(files_->write(path, bytes));
  ++report.files_written;
  if (!remember_) changed_.emplace_back(address);
  return {};
}

void Output::keep(std::string_view address) {
  if (remember_) put_.push_back(std::hash<std::string>()(path_of(address).string()));
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
  remember_ = true;
  put_.clear();
}

Result<void> Output::remove_others() {
  std::vector<std::string> vanished;
  std::error_code error;
  std::ranges::sort(put_);
  for (fs::recursive_directory_iterator it(folder_, error), end; !error && it != end; it.increment(error)) {
    if (!it->is_regular_file(error) || !is_own(it->path())) continue;
    if (std::ranges::binary_search(put_, std::hash<std::string>()(it->path().string()))) continue;
    const std::string address = '/' + it->path().lexically_relative(folder_).string();
    if (!address.starts_with("/media/")) vanished.push_back(address);
  }
  for (const std::string& address : vanished) KABAR_TRY(remove_now(address));
  remember_ = false;
  put_ = {};
  return {};
}

}  // namespace kabar::site
