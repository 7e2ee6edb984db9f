// What forms of pictures cost: picture_bench FILE... makes all widths of each file as the publisher does, seven times.
// Prints bytes as WebP and AVIF of the widest form, and the median CPU time of all forms together.
#include <algorithm>
#include <cstdio>
#include <ctime>

#include "base/file.h"
#include "site/images.h"

namespace {

constexpr int kRuns = 7;
constexpr size_t kFileBytesMax = 64 << 20;

int measure(const char* name) {
  using namespace kabar::site;
  const kabar::Result<std::string> bytes = kabar::read_file(name, kFileBytesMax);
  if (!bytes) return std::fprintf(stderr, "%s\n", bytes.error().text().c_str());
  const kabar::Result<PictureSize> size = picture_size(*bytes);
  if (!size) return std::fprintf(stderr, "%s: %s\n", name, size.error().text().c_str());
  const std::vector<int> widths = variant_widths(size->width);
  std::vector<double> seconds;
  PictureForm widest;
  for (int run = 0; run < kRuns; ++run) {
    const std::clock_t start = std::clock();
    const kabar::Result<Pixels> pixels = decode_picture(*bytes, widths.back());
    if (!pixels) return std::fprintf(stderr, "%s: %s\n", name, pixels.error().text().c_str());
    const kabar::Result<std::vector<PictureForm>> forms = encode_picture(*pixels, widths);
    if (!forms) return std::fprintf(stderr, "%s: %s\n", name, forms.error().text().c_str());
    seconds.push_back(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    widest = forms->back();
  }
  std::ranges::sort(seconds);
  std::printf("%s: %d x %d, %zu widths, WebP %zu, AVIF %zu bytes, %.2f s (%.2f to %.2f)\n", name, size->width,
              size->height, widths.size(), widest.webp.size(), widest.avif.size(), seconds[kRuns / 2], seconds.front(),
              seconds.back());
  return 0;
}

}  // namespace

int main(int count, char** names) {
  if (count < 2) {
    std::fputs("usage: picture_bench FILE...\n", stderr);
    return 2;
  }
  for (int i = 1; i < count; ++i) {
    if (measure(names[i]) != 0) return 1;
  }
}
