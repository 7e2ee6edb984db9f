// JPEG by libjpeg-turbo, PNG by libpng, WebP by libwebp, AVIF by libavif.
#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>

#include <avif/avif.h>
#include <png.h>
#include <turbojpeg.h>
#include <webp/decode.h>
#include <webp/encode.h>

#include "site/images.h"

namespace kabar::site {
namespace {

constexpr int64_t kPixelsMax = 60'000'000;
constexpr float kQuality = 80;
// docs/decisions/0117: as good as WebP at that quality, at a speed that news can wait for.
constexpr int kAvifSpeed = 8;
constexpr const char* kAvifLevel = "22";

const uint8_t* data_of(std::string_view bytes) { return reinterpret_cast<const uint8_t*>(bytes.data()); }

enum class Format { jpeg, png, webp, other };

Format format_of(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xD8\xFF")) return Format::jpeg;
  if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return Format::png;
  if (bytes.size() > 12 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP") return Format::webp;
  return Format::other;
}

tl::unexpected<Error> damaged() { return fail(ErrorKind::bad_input, "picture", "damaged"); }

using Decompressor = std::unique_ptr<void, decltype(&tjDestroy)>;

// How a camera was held, as EXIF says it: tag 0x0112 of the first directory, 1 (upright) to 8; 1 if there is none.
int jpeg_orientation(std::string_view bytes) {
  const auto byte = [&](size_t at) { return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U; };
  size_t at = 2;
  while (byte(at) == 0xFF && byte(at + 1) != 0xDA) {  // segments, until the picture itself begins
    const size_t size = byte(at + 2) * 256U + byte(at + 3);
    if (byte(at + 1) == 0xE1 && bytes.substr(std::min(at + 4, bytes.size()), 6) == std::string_view("Exif\0\0", 6)) {
      const size_t tiff = at + 10;
      const bool little = byte(tiff) == 'I';
      const auto number = [&](size_t place, size_t count) {
        size_t value = 0;
        for (size_t i = 0; i < count; ++i) value = value * 256 + byte(place + (little ? count - 1 - i : i));
        return value;
      };
      const size_t directory = tiff + number(tiff + 4, 4);
      const size_t entries = std::min<size_t>(number(directory, 2), 512);
      for (size_t i = 0; i < entries; ++i) {
        const size_t entry = directory + 2 + 12 * i;
        if (number(entry, 2) == 0x0112) return std::clamp(static_cast<int>(number(entry + 8, 2)), 1, 8);
      }
      return 1;
    }
    if (size < 2) return 1;
    at += 2 + size;
  }
  return 1;
}

// 5 to 8 lie on their side.
bool is_on_side(int orientation) { return orientation >= 5; }

// EXIF 2.3, section 4.6.4: where the first row and column of the stored picture are shown.
Pixels turned(Pixels stored, int orientation) {
  if (orientation == 1) return stored;
  Pixels shown{.width = stored.width, .height = stored.height};
  if (is_on_side(orientation)) std::swap(shown.width, shown.height);
  shown.bytes.resize(stored.bytes.size());
  const bool mirrored_x = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 6;
  const bool mirrored_y = orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
  for (int y = 0; y < stored.height; ++y) {
    for (int x = 0; x < stored.width; ++x) {
      int to_x = is_on_side(orientation) ? y : x;
      int to_y = is_on_side(orientation) ? x : y;
      if (mirrored_x) to_x = shown.width - 1 - to_x;
      if (mirrored_y) to_y = shown.height - 1 - to_y;
      const size_t from = 4 * (static_cast<size_t>(y) * static_cast<size_t>(stored.width) + static_cast<size_t>(x));
      const size_t to = 4 * (static_cast<size_t>(to_y) * static_cast<size_t>(shown.width) + static_cast<size_t>(to_x));
      std::memcpy(&shown.bytes[to], &stored.bytes[from], 4);
    }
  }
  return shown;
}

Result<PictureSize> jpeg_size(tjhandle handle, std::string_view bytes) {
  int width = 0;
  int height = 0;
  int sampling = 0;
  int colours = 0;
  if (tjDecompressHeader3(handle, data_of(bytes), bytes.size(), &width, &height, &sampling, &colours) != 0) {
    return damaged();
  }
  return PictureSize{width, height};
}

Result<PictureSize> png_size(png_image& image, std::string_view bytes) {
  image = {};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0) return damaged();
  return PictureSize{static_cast<int>(image.width), static_cast<int>(image.height)};
}

Result<PictureSize> stored_size(std::string_view bytes) {
  switch (format_of(bytes)) {
    case Format::jpeg: {
      const Decompressor handle(tjInitDecompress(), tjDestroy);
      return jpeg_size(handle.get(), bytes);
    }
    case Format::png: {
      png_image image;
      const Result<PictureSize> size = png_size(image, bytes);
      png_image_free(&image);
      return size;
    }
    case Format::webp: {
      PictureSize size;
      if (WebPGetInfo(data_of(bytes), bytes.size(), &size.width, &size.height) == 0) return damaged();
      return size;
    }
    case Format::other:
      break;
  }
  return fail(ErrorKind::unsupported, "picture", "neither JPEG nor PNG nor WebP");
}

Result<PictureSize> checked_size(std::string_view bytes) {
  KABAR_ASSIGN(const PictureSize size, stored_size(bytes));
  if (size.width <= 0 || size.height <= 0) return damaged();
  if (int64_t{size.width} * size.height > kPixelsMax) return fail(ErrorKind::limit, "picture", "too large");
  return size;
}

Pixels room_for(int width, int height) {
  return {.width = width,
          .height = height,
          .bytes = std::vector<unsigned char>(4 * static_cast<size_t>(width) * static_cast<size_t>(height))};
}

Result<Pixels> decode_jpeg(std::string_view bytes, PictureSize size, int width_wanted) {
  const int orientation = jpeg_orientation(bytes);
  const int own = is_on_side(orientation) ? size.height : size.width;
  int count = 0;
  const tjscalingfactor* const factors = tjGetScalingFactors(&count);
  tjscalingfactor best{1, 1};
  for (int i = 0; i < count; ++i) {  // the smallest that is large enough
    if (TJSCALED(own, factors[i]) >= std::min(width_wanted, own) && TJSCALED(own, factors[i]) < TJSCALED(own, best)) {
      best = factors[i];
    }
  }
  Pixels pixels = room_for(TJSCALED(size.width, best), TJSCALED(size.height, best));
  const Decompressor handle(tjInitDecompress(), tjDestroy);
  if (tjDecompress2(handle.get(), data_of(bytes), bytes.size(), pixels.bytes.data(), pixels.width, 0, pixels.height,
                    TJPF_RGBA, 0) != 0 &&
      tjGetErrorCode(handle.get()) == TJERR_FATAL) {
    return damaged();
  }
  return turned(std::move(pixels), orientation);
}

Result<Pixels> decode_png(std::string_view bytes) {
  png_image image;
  KABAR_ASSIGN(const PictureSize size, png_size(image, bytes));
  image.format = PNG_FORMAT_RGBA;
  Pixels pixels = room_for(size.width, size.height);
  if (png_image_finish_read(&image, nullptr, pixels.bytes.data(), 0, nullptr) == 0) return damaged();
  return pixels;
}

Result<Pixels> decode_webp(std::string_view bytes, PictureSize size) {
  Pixels pixels = room_for(size.width, size.height);
  if (WebPDecodeRGBAInto(data_of(bytes), bytes.size(), pixels.bytes.data(), pixels.bytes.size(), 4 * size.width) ==
      nullptr) {
    return damaged();
  }
  return pixels;
}

struct Picture : WebPPicture {
  Picture() : WebPPicture() { valid = WebPPictureInit(this) != 0; }
  Picture(const Picture&) = delete;
  Picture& operator=(const Picture&) = delete;
  ~Picture() { WebPPictureFree(this); }
  bool valid;
};

Result<std::string> to_webp(Picture& picture) {
  WebPConfig config;
  std::string out;
  picture.custom_ptr = &out;
  picture.writer = [](const uint8_t* bytes, size_t size, const WebPPicture* self) {
    static_cast<std::string*>(self->custom_ptr)->append(reinterpret_cast<const char*>(bytes), size);
    return 1;
  };
  if (WebPConfigPreset(&config, WEBP_PRESET_PHOTO, kQuality) == 0 || WebPEncode(&config, &picture) == 0) {
    return fail(ErrorKind::limit, "picture", "cannot be written as WebP");
  }
  return out;
}

// From the planes that WebP is made of: 4:2:0, BT.601 with limited range, as libwebp converts. Empty if it fails.
std::string to_avif(const Picture& picture) {
  const std::unique_ptr<avifImage, decltype(&avifImageDestroy)> image(
      avifImageCreate(picture.width, picture.height, 8, AVIF_PIXEL_FORMAT_YUV420), avifImageDestroy);
  const std::unique_ptr<avifEncoder, decltype(&avifEncoderDestroy)> encoder(avifEncoderCreate(), avifEncoderDestroy);
  if (!image || !encoder) return "";
  image->yuvRange = AVIF_RANGE_LIMITED;
  image->colorPrimaries = AVIF_COLOR_PRIMARIES_BT709;
  image->transferCharacteristics = AVIF_TRANSFER_CHARACTERISTICS_SRGB;
  image->matrixCoefficients = AVIF_MATRIX_COEFFICIENTS_BT601;
  uint8_t* const planes[] = {picture.y, picture.u, picture.v};
  const int strides[] = {picture.y_stride, picture.uv_stride, picture.uv_stride};
  for (int i = 0; i < 3; ++i) {  // borrowed: avifImageDestroy frees only what is marked as its own
    image->yuvPlanes[i] = planes[i];
    image->yuvRowBytes[i] = static_cast<uint32_t>(strides[i]);
  }
  if (picture.a != nullptr) {
    image->alphaPlane = picture.a;
    image->alphaRowBytes = static_cast<uint32_t>(picture.a_stride);
  }
  encoder->codecChoice = AVIF_CODEC_CHOICE_AOM;
  encoder->speed = kAvifSpeed;
  encoder->minQuantizer = 0;
  encoder->maxQuantizer = 63;
  avifEncoderSetCodecSpecificOption(encoder.get(), "end-usage", "q");
  avifEncoderSetCodecSpecificOption(encoder.get(), "cq-level", kAvifLevel);
  avifRWData bytes = AVIF_DATA_EMPTY;
  std::string out;
  if (avifEncoderWrite(encoder.get(), image.get(), &bytes) == AVIF_RESULT_OK) {
    out.assign(reinterpret_cast<const char*>(bytes.data), bytes.size);
  }
  avifRWDataFree(&bytes);
  return out;
}

}  // namespace

Result<PictureSize> picture_size(std::string_view bytes) {
  KABAR_ASSIGN(PictureSize size, checked_size(bytes));
  if (format_of(bytes) == Format::jpeg && is_on_side(jpeg_orientation(bytes))) std::swap(size.width, size.height);
  return size;
}

Result<Pixels> decode_picture(std::string_view bytes, int width_wanted) {
  KABAR_ASSIGN(const PictureSize size, checked_size(bytes));
  const Format format = format_of(bytes);
  if (format == Format::jpeg) return decode_jpeg(bytes, size, width_wanted);
  return format == Format::png ? decode_png(bytes) : decode_webp(bytes, size);
}

Result<std::vector<PictureForm>> encode_picture(const Pixels& pixels, const std::vector<int>& widths) {
  Picture full;
  full.width = pixels.width;
  full.height = pixels.height;
  if (!full.valid || WebPPictureImportRGBA(&full, pixels.bytes.data(), 4 * pixels.width) == 0) {
    return fail(ErrorKind::limit, "picture", "too large for WebP");
  }
  std::vector<PictureForm> forms;
  bool avif = true;
  for (const int width : widths) {
    Picture picture;
    if (!picture.valid || WebPPictureCopy(&full, &picture) == 0 ||
        (width < full.width && WebPPictureRescale(&picture, width, 0) == 0)) {
      return fail(ErrorKind::limit, "picture", "cannot be made smaller");
    }
    PictureForm form;
    if (avif) form.avif = to_avif(picture);  // before WebP, which may change hidden pixels
    KABAR_ASSIGN(form.webp, to_webp(picture));
    avif = avif && !form.avif.empty() && form.avif.size() < form.webp.size();
    forms.push_back(std::move(form));
  }
  if (!avif) {
    for (PictureForm& form : forms) form.avif.clear();
  }
  return forms;
}

}  // namespace kabar::site
