// Pictures that journalists get from anywhere: whatever the bytes say, a picture is refused or has the pixels of its
// size, and a camera's turn (EXIF) is read within the file.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "site/images.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace kabar::site;
  constexpr int64_t kPixelsTried = 1'000'000;  // a few bytes can ask for millions: allowed, but slow to fuzz
  constexpr int kWidth = 48;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const kabar::Result<PictureSize> shown = picture_size(bytes);
  if (!shown) {
    KABAR_CHECK(!decode_picture(bytes, kWidth));
    return 0;
  }
  KABAR_CHECK(shown->width > 0 && shown->height > 0);
  if (int64_t{shown->width} * shown->height > kPixelsTried) return 0;
  const kabar::Result<Pixels> pixels = decode_picture(bytes, kWidth);
  if (!pixels) return 0;
  KABAR_CHECK(pixels->width >= std::min(kWidth, shown->width) && pixels->width <= shown->width);
  KABAR_CHECK(pixels->height >= 1 && pixels->height <= shown->height);
  KABAR_CHECK(pixels->bytes.size() == 4 * static_cast<size_t>(pixels->width) * static_cast<size_t>(pixels->height));
  return 0;
}
