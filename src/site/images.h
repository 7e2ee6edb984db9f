// Pictures in sizes for phones and desks: WebP and AVIF forms beside the original, made once.
#pragma once
#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "site/page_model.h"

namespace kabar::site {

// Red, green, blue and opacity, a byte each, row by row from the top.
struct Pixels {
  int width = 0;
  int height = 0;
  std::vector<unsigned char> bytes;
};

struct PictureSize {
  int width = 0;  // as shown: a camera's turn is taken into account
  int height = 0;
};

// From the first bytes of a JPEG, PNG or WebP file. unsupported for anything else, bad_input for a damaged one, limit
// for more than 60 million pixels.
Result<PictureSize> picture_size(std::string_view bytes);

// Decodes; JPEG files much wider than `width_wanted` come at a fraction of their size. Errors as above.
Result<Pixels> decode_picture(std::string_view bytes, int width_wanted);

struct PictureForm {
  std::string webp;
  std::string avif;  // empty: not worth it
};

// Forms of the pixels, one for each width, which are ascending and not above the picture's own. All have AVIF bytes or
// none: pages offer complete sets, and a set in which one picture is larger than as WebP is not worth it.
Result<std::vector<PictureForm>> encode_picture(const Pixels& pixels, const std::vector<int>& widths);

// The widths, in pixels and ascending, that a picture of this width is offered in.
std::vector<int> variant_widths(int width);

// Where the picture of an address below the site's root lies, seen from the public folder; empty if it would lie
// outside.
std::string picture_path(std::string_view address);

// Not thread-safe.
class Images {
 public:
  Images(std::filesystem::path public_folder, FileSystem& files) : folder_(std::move(public_folder)), files_(&files) {}

  // The picture with its size and its variants, which are made if they are not there. `address` is below the root.
  // A picture that is not there comes back without `src`, one that cannot be read as it is; errors are those of
  // writing. Names of variants change with size and time of the original, so their bytes never do.
  Result<SiteImage> prepare(SiteImage image, const std::string& address);

  int made = 0;  // files
  std::chrono::steady_clock::duration time{};

 private:
  Result<void> make(SiteImage& image, const std::filesystem::path& path);

  std::filesystem::path folder_;
  FileSystem* files_;
  std::unordered_map<std::string, SiteImage> known_;  // by the stem of the variants
};

}  // namespace kabar::site
