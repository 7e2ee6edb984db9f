// Which file answers a request: types, compressed forms, validators, redirects. No network here.
#pragma once
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"

namespace kabar::http {

// The path of a request target, decoded and checked: begins with "/", valid UTF-8, without "..", empty or hidden
// parts (except /.well-known). Nothing for any other.
std::optional<std::string> decode_path(std::string_view target);

// Whether an Accept-Encoding header allows a coding ("br", "gzip").
bool accepts_encoding(std::string_view header, std::string_view coding);

// Whether an If-None-Match header names this tag.
bool matches_tag(std::string_view header, std::string_view tag);

std::string_view content_type_of(std::string_view path);
std::string_view cache_control_of(std::string_view path);

struct StaticFile {
  std::string bytes;
  std::string tag;            // for ETag, with quotes
  std::string last_modified;  // as HTTP writes dates
  std::string_view type;
  std::string_view cache_control;
  std::string_view encoding;  // "", "br", "gzip"
  std::string location;       // the file says that its content moved there (301)
  bool gone = false;          // the file says that its content was withdrawn (410)
  // What a page says of itself, for programs that read no pages: its language, who translated it, robots.
  std::vector<std::pair<std::string_view, std::string>> page_headers;
  // All that an answer of 200 or 304 says of the file, as it is sent: "Name: value\r\n" each. Without the length.
  std::string headers;
};

using Headers = std::vector<std::pair<std::string, std::string>>;

// A folder's files with a cache of their bytes; a file that changed on disk is read again. Thread-safe.
class StaticFiles {
 public:
  // `headers` are sent with every file that has none of the same name.
  explicit StaticFiles(std::filesystem::path folder, size_t cache_bytes_max = 256 << 20, Headers headers = {});

  // The file for a decoded path: a folder's index.html, the best form that the client accepts. Null if there is none.
  std::shared_ptr<const StaticFile> find(const std::string& path, std::string_view accept_encoding);
  // True for "/en" when "/en/index.html" is there.
  bool is_folder(const std::string& path) const;
  // The nearest 404.html upwards from the path; null if there is none.
  std::shared_ptr<const StaticFile> not_found(const std::string& path, std::string_view accept_encoding);

 private:
  struct Cached {
    std::shared_ptr<const StaticFile> file;
    int64_t size = 0;
    int64_t modified_ns = 0;
    uint64_t inode = 0;
  };
  // `plain`: of which this is a compressed form.
  std::shared_ptr<const StaticFile> load(const std::string& path, std::string_view encoding,
                                         const StaticFile* plain = nullptr);

  std::filesystem::path folder_;
  size_t cache_bytes_max_;
  Headers headers_;
  std::mutex mutex_;
  std::unordered_map<std::string, Cached> cache_;
  size_t cache_bytes_ = 0;
};

}  // namespace kabar::http
