#include "base/utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include <fmt/format.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

namespace kabar {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// Reads one code point at `at` and moves on; returns false (and moves one byte) on an invalid sequence.
bool read_point(std::string_view bytes, size_t& at, char32_t& point) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned char first = byte(at);
  if (first < 0x80) {
    point = first;
    ++at;
    return true;
  }
  const int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  const bool valid_first = first >= 0xC2 && first <= 0xF4;
  if (valid_first && at + length <= bytes.size()) {
    char32_t value = first & (0xFF >> (length + 1));
    bool valid = true;
    for (int i = 1; i < length; ++i) {
      valid = valid && (byte(at + i) & 0xC0) == 0x80;
      value = value << 6 | (byte(at + i) & 0x3F);
    }
    const char32_t least = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80;
    if (valid && value >= least && value <= 0x10FFFF && !(value >= 0xD800 && value <= 0xDFFF)) {
      point = value;
      at += length;
      return true;
    }
  }
  point = kReplacement;
  ++at;
  return false;
}

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

std::string with_normalizer(std::string_view text, const icu::Normalizer2* (*get)(UErrorCode&)) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = get(status);
  KABAR_CHECK(U_SUCCESS(status));
  const icu::UnicodeString result = normalizer->normalize(
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))), status);
  KABAR_CHECK(U_SUCCESS(status));
  std::string out;
  result.toUTF8String(out);
  return out;
}

// How many bytes from the first on are certainly ASCII and not NUL; counts in steps of eight.
size_t leading_ascii(std::string_view bytes) {
  size_t at = 0;
  for (uint64_t eight = 0; at + sizeof eight <= bytes.size(); at += sizeof eight) {
    std::memcpy(&eight, bytes.data() + at, sizeof eight);
    const uint64_t high = 0x8080808080808080u, ones = 0x0101010101010101u;
    if (((eight | (eight - ones)) & high) != 0) break;  // a byte of 0x80 and more, or a zero that borrowed
  }
  return at;
}

}  // namespace

Result<void> check_utf8(std::string_view bytes, std::string_view name) {
  const auto fault = [&](size_t start, std::string message) {
    const auto lines = std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(start), '\n');
    return fail(ErrorKind::bad_input, fmt::format("{}:{}", name, lines + 1), std::move(message));
  };
  for (size_t at = 0; at < bytes.size();) {
    at += leading_ascii(bytes.substr(at));
    if (at == bytes.size()) break;
    const size_t start = at;
    char32_t point = 0;
    if (!read_point(bytes, at, point)) {
      return fault(
          start, fmt::format("not UTF-8: byte 0x{:02X} at offset {}", static_cast<unsigned char>(bytes[start]), start));
    }
    if (point == 0) return fault(start, fmt::format("NUL byte at offset {}", start));
  }
  return {};
}

std::string_view strip_bom(std::string_view bytes) {
  return bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3) : bytes;
}

std::u32string decode_utf8(std::string_view bytes) {
  std::u32string points;
  points.reserve(bytes.size());
  for (size_t at = 0; at < bytes.size();) {
    char32_t point = 0;
    read_point(bytes, at, point);
    points.push_back(point);
  }
  return points;
}

char32_t take_wide_point(std::string_view& rest) {
  size_t at = 0;
  char32_t point = 0;
  read_point(rest, at, point);
  rest.remove_prefix(at);
  return point;
}

void append_utf8(std::string& out, char32_t point) {
  if (point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) point = kReplacement;
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xC0 | point >> 6);
    out += static_cast<char>(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    out += static_cast<char>(0xE0 | point >> 12);
    out += static_cast<char>(0x80 | (point >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (point & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | point >> 18);
    out += static_cast<char>(0x80 | (point >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (point >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (point & 0x3F));
  }
}

std::string encode_utf8(std::u32string_view points) {
  std::string out;
  out.reserve(points.size());
  for (char32_t point : points) append_utf8(out, point);
  return out;
}

int count_points(std::string_view bytes) {
  return static_cast<int>(std::count_if(bytes.begin(), bytes.end(), [](char byte) { return !is_continuation(byte); }));
}

std::string_view slice_points(std::string_view bytes, Span span) {
  size_t begin = bytes.size();
  size_t end = bytes.size();
  int point = 0;
  for (size_t at = 0; at < bytes.size(); ++at) {
    if (is_continuation(bytes[at])) continue;
    if (point == span.begin) begin = at;
    if (point == span.end) {
      end = at;
      break;
    }
    ++point;
  }
  return begin < end ? bytes.substr(begin, end - begin) : std::string_view();
}

PointIndex::PointIndex(std::string_view bytes) {
  starts_.reserve(bytes.size() + 1);
  for (size_t at = 0; at < bytes.size(); ++at) {
    if (!is_continuation(bytes[at])) starts_.push_back(at);
  }
  starts_.push_back(bytes.size());
}

int PointIndex::point_at(size_t byte) const {
  if (byte >= starts_.back()) return size();
  const auto after = std::upper_bound(starts_.begin(), starts_.end() - 1, byte);
  return after == starts_.begin() ? 0 : static_cast<int>(after - starts_.begin()) - 1;
}

size_t PointIndex::byte_at(int point) const { return starts_[static_cast<size_t>(std::clamp(point, 0, size()))]; }

std::string to_nfc(std::string_view text) { return with_normalizer(text, &icu::Normalizer2::getNFCInstance); }

std::string fold_case(std::string_view text) {
  icu::UnicodeString folded =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  folded.foldCase();
  std::string out;
  folded.toUTF8String(out);
  return to_nfc(out);
}

}  // namespace kabar
