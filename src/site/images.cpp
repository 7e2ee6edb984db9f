#include "site/images.h"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "site/address.h"
#include "site/html.h"

namespace kabar::site {
namespace {

namespace fs = std::filesystem;

constexpr size_t kFileBytesMax = 64 << 20;
constexpr size_t kHeadBytes = 512 << 10;  // the size of a JPEG stands behind its colour profile and preview
constexpr size_t kKnownMax = 5000;
constexpr int kWidths[] = {480, 960, 1440, 1920};

std::string read_head(const fs::path& path) {
  std::string head(kHeadBytes, '\0');
  std::ifstream in(path, std::ios::binary);
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  return head;
}

// Addresses come from articles: none may lead out of the public folder.
bool stays_inside(const std::string& address) {
  const fs::path path(address);
  return std::ranges::none_of(path, [](const fs::path& part) { return part == ".."; });
}

}  // namespace

std::string picture_path(std::string_view address) {
  const std::string name = decode_uri(address.substr(0, address.find_first_of("?#")));
  return name.starts_with('/') && stays_inside(name) ? name.substr(1) : "";
}

std::vector<int> variant_widths(int width) {
  std::vector<int> widths;
  for (const int candidate : kWidths) {
    if (candidate < width) widths.push_back(candidate);
  }
  if (width <= std::end(kWidths)[-1]) widths.push_back(width);
  return widths;
}

Result<SiteImage> Images::prepare(SiteImage image, const std::string& address) {
  const std::string name = picture_path(address);
  const fs::path path = folder_ / name;
  std::error_code error;
  const auto changed = fs::last_write_time(path, error);
  const auto size = error ? 0 : fs::file_size(path, error);
  if (name.empty() || error) {
    image.src.clear();
    return image;
  }
  // The last number counts the ways in which we have made forms: browsers keep them for ever.
  const size_t hash =
      std::hash<std::string>()(fmt::format("{} {} {} 2", address, size, changed.time_since_epoch().count()));
  image.variants =
      fmt::format("/images/{}-{:08x}", make_slug(path.stem().string(), SlugStyle::latin), static_cast<uint32_t>(hash));
  image.widths.clear();
  if (const auto known = known_.find(image.variants); known != known_.end()) {
    image.width = known->second.width;
    image.height = known->second.height;
    image.widths = known->second.widths;
    image.avif = known->second.avif;
    return image;
  }
  const auto start = std::chrono::steady_clock::now();
  const Result<PictureSize> shown = picture_size(read_head(path));
  if (shown) {
    image.width = shown->width;
    image.height = shown->height;
    KABAR_TRY(make(image, path));
  }
  time += std::chrono::steady_clock::now() - start;
  if (image.widths.empty()) image.variants.clear();
  if (known_.size() >= kKnownMax) known_.clear();
  if (!image.variants.empty()) known_.emplace(image.variants, image);
  return image;
}

Result<void> Images::make(SiteImage& image, const fs::path& path) {
  const std::vector<int> widths = variant_widths(image.width);
  std::error_code error;
  const auto path_of = [&](int width, const char* format) {
    return folder_ / variant_address(image, width, format).substr(1);
  };
  const auto has_all = [&](const char* format) {
    return std::ranges::all_of(widths, [&](int width) { return fs::exists(path_of(width, format), error); });
  };
  if (!has_all("webp")) {
    const Result<std::string> bytes = read_file(path, kFileBytesMax);
    if (!bytes) return {};
    const Result<Pixels> pixels = decode_picture(*bytes, widths.back());
    if (!pixels) return {};
    const Result<std::vector<PictureForm>> forms = encode_picture(*pixels, widths);
    if (!forms) return {};
    // WebP last: where it is complete, AVIF has been tried.
    for (const auto& [format, member] : {std::pair("avif", &PictureForm::avif), {"webp", &PictureForm::webp}}) {
      for (size_t i = 0; i < widths.size(); ++i) {
        const std::string& form = (*forms)[i].*member;
        if (form.empty()) continue;
        KABAR_TRY(files_->write(path_of(widths[i], format), form));
        ++made;
      }
    }
  }
  image.widths = widths;
  image.avif = has_all("avif");
  return {};
}

}  // namespace kabar::site
