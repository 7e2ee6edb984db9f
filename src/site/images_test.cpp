#include "site/images.h"

#include <algorithm>
#include <cmath>

#include <avif/avif.h>
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

// As uneven as a photograph: three waves, and grain that is the same in every run.
Pixels photograph(int width, int height) {
  Pixels pixels{.width = width, .height = height};
  uint32_t grain = 1;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      grain = grain * 1664525U + 1013904223U;
      const double wave = std::sin(x / 31.0) + std::sin((x + 2 * y) / 17.0) + std::sin(y / 7.0);
      for (const double light : {128.0, 110.0, 90.0}) {
        pixels.bytes.push_back(static_cast<unsigned char>(light + 28 * wave + (grain >> 28U)));
      }
      pixels.bytes.push_back(255);
    }
  }
  return pixels;
}

Pixels read_avif(const std::string& bytes) {
  avifImage* const image = avifImageCreateEmpty();
  avifDecoder* const decoder = avifDecoderCreate();
  EXPECT_EQ(avifDecoderReadMemory(decoder, image, reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()),
            AVIF_RESULT_OK);
  avifRGBImage rgb;
  avifRGBImageSetDefaults(&rgb, image);
  rgb.depth = 8;
  Pixels pixels{.width = static_cast<int>(rgb.width), .height = static_cast<int>(rgb.height)};
  pixels.bytes.resize(4 * size_t{rgb.width} * rgb.height);
  rgb.pixels = pixels.bytes.data();
  rgb.rowBytes = 4 * rgb.width;
  EXPECT_EQ(avifImageYUVToRGB(image, &rgb), AVIF_RESULT_OK);
  avifDecoderDestroy(decoder);
  avifImageDestroy(image);
  return pixels;
}

TEST(Images, FormsAreOfTheWantedWidths) {
  const Result<std::vector<PictureForm>> forms = encode_picture(red_and_blue(300, 200), {150, 300});
  ASSERT_TRUE(forms);
  const Result<PictureSize> small = picture_size(forms->at(0).webp);
  ASSERT_TRUE(small);
  EXPECT_EQ(small->width, 150);
  EXPECT_EQ(small->height, 100);
  const Result<Pixels> shown = decode_picture(forms->at(1).webp, 300);
  ASSERT_TRUE(shown);
  EXPECT_TRUE(is_red(*shown, 10, 100));
  EXPECT_FALSE(is_red(*shown, 290, 100));
}

TEST(Images, AvifFormsShowTheSameInFewerBytes) {
  const Pixels original = photograph(600, 400);
  const Result<std::vector<PictureForm>> forms = encode_picture(original, {300, 600});
  ASSERT_TRUE(forms);
  for (const PictureForm& form : *forms) {
    EXPECT_FALSE(form.avif.empty());
    EXPECT_LT(form.avif.size(), form.webp.size());
  }
  EXPECT_EQ(read_avif(forms->at(0).avif).width, 300);
  const Pixels shown = read_avif(forms->at(1).avif);
  ASSERT_EQ(shown.width, 600);
  ASSERT_EQ(shown.height, 400);
  double error = 0;
  for (size_t i = 0; i < original.bytes.size(); ++i) error += std::abs(original.bytes[i] - shown.bytes[i]);
  EXPECT_LT(error / static_cast<double>(original.bytes.size()), 5);  // of 255: grain, not another colour
}

TEST(Images, AvifIsLeftOutWhereWebpIsSmaller) {
  const Result<std::vector<PictureForm>> forms = encode_picture(red_and_blue(60, 40), {60});
  ASSERT_TRUE(forms);
  EXPECT_TRUE(forms->at(0).avif.empty());
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
    const Result<std::vector<PictureForm>> forms = encode_picture(photograph(width, height), {width});
    ASSERT_TRUE(forms);
    ASSERT_TRUE(disk(false).write(folder_ / "public/media/Pasar Baru.webp", forms->front().webp));
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
    for (const char* alt : {"the lead picture stands above the text already ", "toko "}) {
      shown.blocks.push_back(
          {.id = "bi", .type = BlockType::image, .attributes = {{"src", "media/Pasar%20Baru.webp"}}});
      shown.blocks.push_back({.id = "ba", .type = BlockType::alt, .text = alt + shown.version.language.code()});
    }
  }
  Publisher publisher = open(disk(false));
  const PublishReport first = publish(publisher);
  EXPECT_EQ(first.pictures, 2 * 3);  // 480, 960, 1000, as AVIF and as WebP
  std::vector<fs::path> forms;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_ / "public/images")) {
    forms.push_back(entry.path());
  }
  EXPECT_EQ(forms.size(), 2u * 3);
  for (const SiteVersion& shown : article.versions) {
    const Language language = shown.version.language;
    const std::string html = page(publisher, language);
    const std::string code = language.code();
    EXPECT_NE(html.find("alt=\"pasar &lt;" + code + "&gt;\" width=\"1000\" height=\"500\""), std::string::npos) << code;
    EXPECT_LT(html.find("type=\"image/avif\""), html.find("type=\"image/webp\"")) << code;  // the first one is taken
    EXPECT_EQ(html.find("stands above"), std::string::npos) << code;
    EXPECT_NE(html.find("alt=\"toko " + code + "\" width=\"1000\" height=\"500\""), std::string::npos) << code;
    for (const fs::path& form : forms) {
      const std::string name = form.filename().string();
      const std::string width = name.substr(name.rfind('-') + 1, name.rfind('.') - name.rfind('-') - 1);
      EXPECT_NE(html.find("/images/" + name + " " + width + "w"), std::string::npos) << code << " " << name;
    }
  }
  EXPECT_EQ(publish(publisher).pictures, 0);

  put_original(600, 600);                                                // another picture under the old name
  EXPECT_EQ(update(publisher, {"batik-pewarna-alam"}).pictures, 2 * 2);  // 480, 600
  EXPECT_NE(page(publisher, Language::fr).find("width=\"600\" height=\"600\""), std::string::npos);
  publish(publisher);  // clears away what no page names any more
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "public/images"), fs::directory_iterator()), 2 * 2);
}

TEST_F(SiteImages, APictureThatIsNotThereIsNowhere) {
  SiteArticle& article = source_["batik-pewarna-alam"];
  article.image = {.src = "/media/hilang.jpg", .width = 1200, .height = 800};
  config_.share_cards = false;
  version("batik-pewarna-alam", Language::en)
      .blocks.push_back({.id = "bi", .type = BlockType::image, .attributes = {{"src", "/media/lenyap.jpg"}}});
  Publisher publisher = open(disk(false));
  publish(publisher);
  for (const auto& [path, bytes] : all_bytes()) {
    EXPECT_EQ(bytes.find("hilang.jpg"), std::string::npos) << path;
    EXPECT_EQ(bytes.find("lenyap.jpg"), std::string::npos) << path;
  }
  put_original(500, 500);
  fs::copy(folder_ / "public/media/Pasar Baru.webp", folder_ / "public/media/lenyap.jpg");
  update(publisher, {"batik-pewarna-alam"});
  EXPECT_NE(page(publisher, Language::en).find("src=\"/media/lenyap.jpg\""), std::string::npos);
}

TEST_F(SiteImages, FeedsHoldWholeAddressesAndTheLeadPictureOnce) {
  put_original(1000, 500);
  SiteArticle& article = source_["batik-pewarna-alam"];
  article.image = {.src = "/media/Pasar%20Baru.webp"};
  for (const char* source : {"/media/Pasar%20Baru.webp", "/media/laut.webp"}) {
    article.versions.front().blocks.push_back({.id = "bi", .type = BlockType::image, .attributes = {{"src", source}}});
  }
  fs::copy(folder_ / "public/media/Pasar Baru.webp", folder_ / "public/media/laut.webp");
  Publisher publisher = open(disk(false));
  publish(publisher);
  const std::string feed = read_file(folder_ / "public/id/budaya/feed.json", 1 << 20).value();
  const std::string lead = "src=\\\"" + config_.base_url + "/media/Pasar%20Baru.webp";
  ASSERT_NE(feed.find(lead), std::string::npos);
  EXPECT_EQ(feed.find(lead), feed.rfind(lead));
  EXPECT_NE(feed.find(config_.base_url + "/images/laut-"), std::string::npos);
  EXPECT_EQ(feed.find(", /images/"), std::string::npos);
  EXPECT_EQ(feed.find("\"/images/"), std::string::npos);
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
