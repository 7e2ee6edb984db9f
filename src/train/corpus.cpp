#include "train/corpus.h"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <zstd.h>

#include <algorithm>

#include "base/file.h"
#include "base/utf8.h"
#include "text/typography.h"

namespace kabar::train {
namespace {

constexpr size_t kFileBytesMax = size_t{2} << 30;

Result<std::string> unpack(std::string_view bytes, const std::string& name) {
  ZSTD_DStream* stream = ZSTD_createDStream();
  std::string out;
  std::string chunk(ZSTD_DStreamOutSize(), '\0');
  ZSTD_inBuffer input{bytes.data(), bytes.size(), 0};
  size_t state = 1;
  while (input.pos < input.size && !ZSTD_isError(state) && out.size() < kFileBytesMax) {
    ZSTD_outBuffer output{chunk.data(), chunk.size(), 0};
    state = ZSTD_decompressStream(stream, &output, &input);
    out.append(chunk.data(), output.pos);
  }
  ZSTD_freeDStream(stream);
  if (state != 0) return fail(ErrorKind::bad_input, name, "is not a whole zstd file");
  return out;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (size_t begin = 0;;) {
    const size_t end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end - begin));
    if (end == std::string_view::npos) return parts;
    begin = end + 1;
  }
}

// Calls `take` with the columns of every line that is not empty.
Result<void> each_line(const std::filesystem::path& path, size_t columns,
                       const std::function<void(const std::vector<std::string_view>&)>& take) {
  KABAR_ASSIGN(const std::string text, read_text(path));
  int number = 0;
  for (std::string_view line : split(text, '\n')) {
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    const std::vector<std::string_view> parts = split(line, '\t');
    if (parts.size() < columns) {
      return fail(ErrorKind::bad_input, fmt::format("{}:{}", path.string(), number),
                  fmt::format("has {} columns instead of {}", parts.size(), columns));
    }
    take(parts);
  }
  return {};
}

bool is_arabic_vowel_sign(char32_t c) {
  return (c >= 0x064B && c <= 0x0652) || c == 0x0670 || c == 0x0640;  // with tatweel
}

char32_t normalize_point(char32_t c, Language language) {
  switch (c) {
    case 0x3000:
      return U' ';
    case 0x200B:
    case 0x200E:
    case 0x200F:
    case 0x00AD:
    case 0xFEFF:
      return 0;
    default:
      break;
  }
  if (const char32_t plain = text::plain_character(c); plain != c) {
    return language == Language::zh && plain != U' ' ? c : plain;  // Chinese keeps its quotation marks
  }
  if (language == Language::ar && is_arabic_vowel_sign(c)) return 0;
  const bool wide = (c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A);
  if (wide || c == 0xFF05) return c - 0xFEE0;
  return c;
}

}  // namespace

Result<std::string> read_text(const std::filesystem::path& path) {
  KABAR_ASSIGN(std::string bytes, read_file(path, kFileBytesMax));
  if (path.extension() == ".zst") {
    KABAR_ASSIGN(bytes, unpack(bytes, path.string()));
  }
  KABAR_TRY(check_utf8(bytes, path.string()));
  return bytes;
}

Result<std::map<std::string, CorpusSource>> read_sources(const std::filesystem::path& path) {
  std::map<std::string, CorpusSource> sources;
  KABAR_TRY(each_line(path, 4, [&](const std::vector<std::string_view>& parts) {
    CorpusSource source{std::string(parts[0]), std::string(parts[1]), std::string(parts[2]), std::string(parts[3])};
    sources.insert_or_assign(source.name, source);
  }));
  return sources;
}

Result<std::vector<Pair>> read_pairs(const std::filesystem::path& path) {
  std::vector<Pair> pairs;
  KABAR_TRY(each_line(path, 3, [&](const std::vector<std::string_view>& parts) {
    pairs.push_back({std::string(parts[0]), std::string(parts[1]), std::string(parts[2])});
  }));
  return pairs;
}

Result<std::vector<std::filesystem::path>> tsv_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".tsv") files.push_back(entry.path());
  }
  if (error) return fail(ErrorKind::not_found, folder.string(), "is no folder");
  std::sort(files.begin(), files.end());
  return files;
}

Result<std::vector<SixTexts>> read_six(const std::filesystem::path& path) {
  std::vector<SixTexts> lines;
  KABAR_TRY(each_line(path, 6, [&](const std::vector<std::string_view>& parts) {
    SixTexts& texts = lines.emplace_back();
    for (size_t i = 0; i < texts.size(); ++i) texts[i] = std::string(parts[i]);
  }));
  return lines;
}

std::string normalize_training_text(std::string_view text, Language language) {
  std::string out;
  bool space = true;  // spaces at the start go, runs of spaces become one
  for (const char32_t point : decode_utf8(text)) {
    const char32_t c = normalize_point(point, language);
    if (c == 0) continue;
    if (c == U' ' && space) continue;
    space = c == U' ';
    append_utf8(out, c);
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

std::string text_key(std::string_view text) {
  std::string key;
  for (const char32_t c : decode_utf8(fold_case(text))) {
    if (u_isalnum(static_cast<UChar32>(c))) append_utf8(key, c);
  }
  return key;
}

}  // namespace kabar::train
