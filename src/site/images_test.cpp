#include "site/images.h"

#include <algorithm>

#include <gtest/gtest.h>
#include <turbojpeg.h>

#include "site/html.h"
#include "site/test_site.h"

namespace kabar::site {
namespace {

namespace fs = std::filesystem;

// Left half red, right half blue.
Pixels red_and_blue(int width, int height) {
  Pixels pixels{.width = width, .height = height};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const bool left = 2 * x < width;
      for (const int value : {left ? 255 : 0, 0, left ? 0 : 255, 255}) {
        pixels.bytes.push_back(static_cast<unsigned char>(value));
      }
    }
  }
  return pixels;
}

// As a camera writes it that was held in this way.
std::string jpeg(const Pixels& pixels, int orientation) {
  const tjhandle handle = tjInitCompress();
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  EXPECT_EQ(tjCompress2(handle, pixels.bytes.data(), pixels.width, 0, pixels.height, TJPF_RGBA, &bytes, &size,
                        TJSAMP_420, 90, 0),
            0);
  std::string plain(reinterpret_cast<char*>(bytes), size);
  tjFree(bytes);
  tjDestroy(handle);
  // EXIF, big-endian: a directory at 8 with one entry, tag 0x0112, a short.
  std::string tiff("MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", 19);
  tiff += static_cast<char>(orientation);
  tiff += std::string(6, '\0');
  std::string segment("\xFF\xE1\0", 3);
  segment += static_cast<char>(2 + 6 + tiff.size());
  segment += std::string("Exif\0\0", 6) + tiff;
  return plain.insert(2, segment);
}

bool is_red(const Pixels& pixels, int x, int y) {
  const size_t at = 4 * static_cast<size_t>(y * pixels.width + x);
  return pixels.bytes[at] > 200 && pixels.bytes[at + 2] < 60;
}

TEST(Images, WidthsStopAtTheOriginal) {
  EXPECT_EQ(variant_widths(300), (std::vector<int>{300}));
  EXPECT_EQ(variant_widths(1000), (std::vector<int>{480, 960, 1000}));
  EXPECT_EQ(variant_widths(5000), (std::vector<int>{480, 960, 1440, 1920}));
}

TEST(Images, FormsAreWebpOfTheWantedWidths) {
  const Result<std::vector<std::string>> forms = encode_webp(red_and_blue(300, 200), {150, 300});
  ASSERT_TRUE(forms);
  const Result<PictureSize> small = picture_size(forms->at(0));
  ASSERT_TRUE(small);
  EXPECT_EQ(small->width, 150);
  EXPECT_EQ(small->height, 100);
  const Result<Pixels> shown = decode_picture(forms->at(1), 300);
  ASSERT_TRUE(shown);
  EXPECT_TRUE(is_red(*shown, 10, 100));
  EXPECT_FALSE(is_red(*shown, 290, 100));
}

TEST(Images, ACameraThatWasTurnedIsTurnedBack) {
  // EXIF 6: the first stored row is shown at the right, so the red left half comes to the top; 8: to the bottom.
  const struct {
    int orientation;
    int red_x;
    int red_y;
  } cases[] = {{1, 8, 32}, {3, 120, 32}, {6, 32, 8}, {8, 32, 120}};
  for (const auto& [orientation, red_x, red_y] : cases) {
    const std::string bytes = jpeg(red_and_blue(128, 64), orientation);
    const Result<PictureSize> size = picture_size(bytes);
    ASSERT_TRUE(size) << orientation;
    EXPECT_EQ(size->width, orientation < 5 ? 128 : 64) << orientation;
    const Result<Pixels> shown = decode_picture(bytes, 1000);
    ASSERT_TRUE(shown) << orientation;
    EXPECT_EQ(shown->width, size->width);
    EXPECT_TRUE(is_red(*shown, red_x, red_y)) << orientation;
    EXPECT_FALSE(is_red(*shown, shown->width - red_x, shown->height - red_y)) << orientation;
  }
}

TEST(Images, ALargeJpegIsDecodedAtAFractionOfItsSize) {
  const Result<Pixels> pixels = decode_picture(jpeg(red_and_blue(4000, 400), 1), 1920);
  ASSERT_TRUE(pixels);
  EXPECT_EQ(pixels->width, 2000);  // half, the smallest fraction in eighths above 1920
}

TEST(Images, DamagedFilesAreRefused) {
  const std::string whole = jpeg(red_and_blue(64, 64), 6);
  EXPECT_FALSE(picture_size(""));
  EXPECT_FALSE(picture_size("GIF89a"));
  EXPECT_FALSE(picture_size("\x89PNG\r\n\x1a\n and nothing else"));
  for (size_t size = 0; size < whole.size(); size += 7) {
    const std::string cut = whole.substr(0, size);
    if (picture_size(cut)) static_cast<void>(decode_picture(cut, 64));  // must end, whatever it says
  }
}

class SiteImages : public Site {
 protected:
  void put_original(int width, int height) {
    const Result<std::vector<std::string>> bytes = encode_webp(red_and_blue(width, height), {width});
    ASSERT_TRUE(bytes);
    ASSERT_TRUE(disk(false).write(folder_ / "public/media/Pasar Baru.webp", bytes->front()));
  }
  std::string page(Publisher& publisher, Language language) {
    const std::string path = address(publisher, "batik-pewarna-alam", language).substr(1) + "index.html";
    return read_file(folder_ / "public" / path, 1 << 20).value_or("");
  }
};

TEST_F(SiteImages, PagesOfferThePictureInSeveralWidthsWithItsSizeAndTheAltTextOfTheLanguage) {
  put_original(1000, 500);
  SiteArticle& article = source_["batik-pewarna-alam"];
  article.image = {.src = "/media/Pasar%20Baru.webp"};
  for (SiteVersion& shown : article.versions) {
    shown.image_alt = "pasar <" + shown.version.language.code() + ">";
    shown.blocks.push_back({.id = "bi", .type = BlockType::image, .attributes = {{"src", "media/Pasar%20Baru.webp"}}});
    shown.blocks.push_back({.id = "ba", .type = BlockType::alt, .text = "toko " + shown.version.language.code()});
  }
  Publisher publisher = open(disk(false));
  const PublishReport first = publish(publisher);
  EXPECT_EQ(first.pictures, 3);  // 480, 960, 1000
  std::vector<fs::path> forms;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_ / "public/images")) {
    forms.push_back(entry.path());
  }
  EXPECT_EQ(forms.size(), 3u);
  for (const SiteVersion& shown : article.versions) {
    const Language language = shown.version.language;
    const std::string html = page(publisher, language);
    const std::string code = language.code();
    EXPECT_NE(html.find("alt=\"pasar &lt;" + code + "&gt;\" width=\"1000\" height=\"500\""), std::string::npos) << code;
    EXPECT_NE(html.find("alt=\"toko " + code + "\" width=\"1000\" height=\"500\""), std::string::npos) << code;
    for (const fs::path& form : forms) {
      const std::string name = form.filename().string();
      const std::string width = name.substr(name.rfind('-') + 1, name.rfind('.') - name.rfind('-') - 1);
      EXPECT_NE(html.find("/images/" + name + " " + width + "w"), std::string::npos) << code << " " << name;
    }
  }
  EXPECT_EQ(publish(publisher).pictures, 0);

  put_original(600, 600);                                            // another picture under the old name
  EXPECT_EQ(update(publisher, {"batik-pewarna-alam"}).pictures, 2);  // 480, 600
  EXPECT_NE(page(publisher, Language::fr).find("width=\"600\" height=\"600\""), std::string::npos);
  publish(publisher);  // clears away what no page names any more
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "public/images"), fs::directory_iterator()), 2);
}

TEST_F(SiteImages, APictureOutsideOfThePublicFolderIsNotTouched) {
  put_original(500, 500);
  fs::copy(folder_ / "public/media/Pasar Baru.webp", folder_ / "rahasia.webp");
  source_["batik-pewarna-alam"].image = {.src = "/media/%2E%2E/../rahasia.webp"};
  Publisher publisher = open(disk(false));
  EXPECT_EQ(publish(publisher).pictures, 0);
  EXPECT_FALSE(fs::exists(folder_ / "public/images"));
}

}  // namespace
}  // namespace kabar::site
