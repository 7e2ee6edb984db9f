#include "http/static_files.h"

#include <algorithm>
#include <ctime>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/percent.h"
#include "base/utf8.h"

namespace kabar::http {
namespace {

constexpr size_t kPathBytesMax = 4096;
constexpr size_t kFileBytesMax = 512 << 20;
constexpr std::string_view kMovedMark = "<!doctype html><!--moved ";  // as site/pages.h writes them
constexpr std::string_view kGoneMark = "<!DOCTYPE html><!--gone-->";

struct Type {
  std::string_view ending;
  std::string_view type;
};
constexpr Type kTypes[] = {{".html", "text/html; charset=utf-8"},
                           {".css", "text/css; charset=utf-8"},
                           {".js", "text/javascript; charset=utf-8"},
                           {".json", "application/json; charset=utf-8"},
                           {".xml", "application/xml; charset=utf-8"},
                           {".txt", "text/plain; charset=utf-8"},
                           {".webmanifest", "application/manifest+json; charset=utf-8"},
                           {".svg", "image/svg+xml"},
                           {".png", "image/png"},
                           {".jpg", "image/jpeg"},
                           {".jpeg", "image/jpeg"},
                           {".webp", "image/webp"},
                           {".avif", "image/avif"},
                           {".gif", "image/gif"},
                           {".ico", "image/x-icon"},
                           {".woff2", "font/woff2"},
                           {".pdf", "application/pdf"},
                           {".mp4", "video/mp4"},
                           {".mp3", "audio/mpeg"}};

// Headers that repeat what stands in the head of a page; "What machines read" in docs/theme.md.
struct PageFact {
  std::string_view before;  // then the value, up to the next quote
  std::string_view header;
};
constexpr PageFact kPageFacts[] = {{"<html lang=\"", "Content-Language"},
                                   {"<meta name=\"robots\" content=\"", "X-Robots-Tag"},
                                   {"<meta name=\"translation-status\" content=\"", "Translation-Status"},
                                   {"<meta name=\"digital-source-type\" content=\"", "Digital-Source-Type"}};

bool same_name(std::string_view a, std::string_view b) {
  const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::ranges::equal(a, b, [small](char x, char y) { return small(x) == small(y); });
}

std::vector<std::pair<std::string_view, std::string>> page_headers(std::string_view page) {
  constexpr size_t kHeadBytesMax = 16 << 10;
  constexpr size_t kValueBytesMax = 200;
  const std::string_view head = page.substr(0, std::min(page.find("<body"), kHeadBytesMax));
  std::vector<std::pair<std::string_view, std::string>> headers;
  for (const PageFact& fact : kPageFacts) {
    const size_t at = head.find(fact.before);
    if (at == std::string_view::npos) continue;
    const size_t begin = at + fact.before.size();
    const std::string_view value = head.substr(begin, head.find('"', begin) - begin);
    // Nothing but printable ASCII belongs into a header, and no character reference.
    const bool plain = std::ranges::all_of(value, [](char c) { return c >= ' ' && c <= '~' && c != '&'; });
    if (plain && value.size() <= kValueBytesMax) headers.emplace_back(fact.header, value);
  }
  return headers;
}

// The headers of a file, then those of `others` that it does not have itself.
std::string header_text(const StaticFile& file, const Headers& others) {
  std::vector<std::pair<std::string_view, std::string_view>> own = {{"Content-Type", file.type},
                                                                    {"Vary", "Accept-Encoding"},
                                                                    {"ETag", file.tag},
                                                                    {"Last-Modified", file.last_modified},
                                                                    {"Cache-Control", file.cache_control}};
  for (const auto& [name, value] : file.page_headers) own.emplace_back(name, value);
  if (!file.encoding.empty()) own.emplace_back("Content-Encoding", file.encoding);
  const size_t of_file = own.size();
  for (const auto& other : others) {
    const auto end = own.begin() + static_cast<std::ptrdiff_t>(of_file);
    const bool has =
        std::any_of(own.begin(), end, [&](const auto& header) { return same_name(header.first, other.first); });
    if (!has) own.emplace_back(other.first, other.second);
  }
  std::string text;
  for (const auto& [name, value] : own) text.append(name).append(": ").append(value).append("\r\n");
  return text;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool good_part(std::string_view part) {
  if (part.empty() || part == "." || part == "..") return false;
  return part.front() != '.' || part == ".well-known";
}

std::string index_of(const std::string& path) { return path.ends_with('/') ? path + "index.html" : path; }

}  // namespace

std::optional<std::string> decode_path(std::string_view target) {
  target = target.substr(0, target.find_first_of("?#"));
  if (target.empty() || target.front() != '/' || target.size() > kPathBytesMax) return std::nullopt;
  std::string path;
  for (size_t i = 0; i < target.size(); ++i) {
    char c = target[i];
    if (c == '%') {
      const std::optional<char> byte = percent_byte(target, i);
      if (!byte || *byte == '/') return std::nullopt;
      c = *byte;
      i += 2;
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == '\\' || c == 0x7F) return std::nullopt;
    path += c;
  }
  if (!check_utf8(path, "path")) return std::nullopt;
  for (size_t at = 1; at < path.size();) {
    const size_t end = std::min(path.find('/', at), path.size());
    if (!good_part(std::string_view(path).substr(at, end - at))) return std::nullopt;
    at = end + 1;
  }
  return path;
}

bool accepts_encoding(std::string_view header, std::string_view coding) {
  while (!header.empty()) {
    const size_t comma = std::min(header.find(','), header.size());
    std::string_view entry = trim(header.substr(0, comma));
    header.remove_prefix(std::min(comma + 1, header.size()));
    const size_t semicolon = entry.find(';');
    if (trim(entry.substr(0, semicolon)) != coding) continue;
    if (semicolon == std::string_view::npos) return true;
    const std::string_view weight = trim(entry.substr(semicolon + 1));
    // "q=0", "q=0.0", "q=0.000" refuse.
    return !weight.starts_with("q=0") || weight.find_first_of("123456789") != std::string_view::npos;
  }
  return false;
}

bool matches_tag(std::string_view header, std::string_view tag) {
  if (trim(header) == "*") return true;
  while (!header.empty()) {
    const size_t comma = std::min(header.find(','), header.size());
    std::string_view entry = trim(header.substr(0, comma));
    header.remove_prefix(std::min(comma + 1, header.size()));
    if (entry.starts_with("W/")) entry.remove_prefix(2);
    if (entry == tag) return true;
  }
  return false;
}

std::string_view content_type_of(std::string_view path) {
  if (path.ends_with("/feed.xml")) return "application/rss+xml; charset=utf-8";
  if (path.ends_with("/atom.xml")) return "application/atom+xml; charset=utf-8";
  if (path.ends_with("/feed.json")) return "application/feed+json; charset=utf-8";
  if (path.ends_with("/opensearch.xml")) return "application/opensearchdescription+xml; charset=utf-8";
  for (const Type& type : kTypes) {
    if (path.ends_with(type.ending)) return type.type;
  }
  return "application/octet-stream";
}

std::string_view cache_control_of(std::string_view path) {
  // Names with a hash never change their bytes.
  if (path.starts_with("/assets/site.") || path.starts_with("/images/")) return "public, max-age=31536000, immutable";
  if (path.starts_with("/media/") || path.starts_with("/assets/")) return "public, max-age=86400";
  return "public, max-age=30, must-revalidate";
}

StaticFiles::StaticFiles(std::filesystem::path folder, size_t cache_bytes_max, Headers headers)
    : folder_(std::move(folder)), cache_bytes_max_(cache_bytes_max), headers_(std::move(headers)) {}

std::shared_ptr<const StaticFile> StaticFiles::load(const std::string& path, std::string_view encoding,
                                                    const StaticFile* plain) {
  const std::string_view ending = encoding == "br" ? ".br" : encoding == "gzip" ? ".gz" : "";
  const std::string full = folder_.string() + path + std::string(ending);
  struct stat status {};
  if (::stat(full.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return nullptr;
  const int64_t modified_ns = status.st_mtim.tv_sec * 1'000'000'000LL + status.st_mtim.tv_nsec;
  const std::lock_guard lock(mutex_);
  if (const auto found = cache_.find(full); found != cache_.end()) {
    const Cached& cached = found->second;
    if (cached.size == status.st_size && cached.modified_ns == modified_ns && cached.inode == status.st_ino)
      return cached.file;
    cache_bytes_ -= cached.file->bytes.size();
    cache_.erase(found);
  }
  Result<std::string> bytes = read_file(full, kFileBytesMax);
  if (!bytes) return nullptr;
  auto file = std::make_shared<StaticFile>();
  file->bytes = std::move(*bytes);
  file->tag = fmt::format("\"{:x}-{:x}-{:x}\"", modified_ns, file->bytes.size(), status.st_ino & 0xFFFF);
  file->last_modified = fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(status.st_mtim.tv_sec));
  file->type = content_type_of(path);
  file->cache_control = cache_control_of(path);
  file->encoding = encoding;
  if (file->bytes.starts_with(kMovedMark)) {
    const size_t end = file->bytes.find(" -->");
    if (end != std::string::npos) file->location = file->bytes.substr(kMovedMark.size(), end - kMovedMark.size());
  }
  file->gone = file->bytes.starts_with(kGoneMark);
  if (plain != nullptr) {
    file->page_headers = plain->page_headers;
  } else if (file->type.starts_with("text/html")) {
    file->page_headers = page_headers(file->bytes);
  }
  file->headers = header_text(*file, headers_);
  if (cache_bytes_ + file->bytes.size() > cache_bytes_max_) {
    cache_.clear();
    cache_bytes_ = 0;
  }
  if (file->bytes.size() < cache_bytes_max_ / 8) {
    cache_bytes_ += file->bytes.size();
    cache_[full] = {file, status.st_size, modified_ns, status.st_ino};
  }
  return file;
}

std::shared_ptr<const StaticFile> StaticFiles::find(const std::string& path, std::string_view accept_encoding) {
  const std::string name = index_of(path);
  if (name.ends_with(".br") || name.ends_with(".gz")) return nullptr;  // forms of other files, not files
  const std::shared_ptr<const StaticFile> plain = load(name, "");
  if (!plain || !plain->location.empty() || plain->gone) return plain;
  for (const std::string_view coding : {"br", "gzip"}) {
    if (!accepts_encoding(accept_encoding, coding)) continue;
    if (std::shared_ptr<const StaticFile> file = load(name, coding, plain.get())) return file;
  }
  return plain;
}

bool StaticFiles::is_folder(const std::string& path) const {
  if (path.ends_with('/')) return false;
  struct stat status {};
  return ::stat((folder_.string() + path + "/index.html").c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

std::shared_ptr<const StaticFile> StaticFiles::not_found(const std::string& path, std::string_view accept_encoding) {
  for (std::string folder = path; !folder.empty();) {
    folder.resize(folder.rfind('/'));
    if (std::shared_ptr<const StaticFile> page = find(folder + "/404.html", accept_encoding)) return page;
  }
  return nullptr;
}

}  // namespace kabar::http
