#include "train/exclusion.h"

#include "base/utf8.h"
#include "train/corpus.h"

namespace kabar::train {
namespace {

// Ends of sentences in six languages; a cut too many only excludes a piece of a sentence besides the whole.
bool ends_sentence(char32_t c) {
  return std::u32string_view(U".!?。！？؟\n\t\"“”«»「」").find(c) != std::u32string_view::npos;
}

bool is_text(const std::filesystem::path& path) {
  return path.extension() == ".txt" || path.extension() == ".tsv" || path.extension() == ".md";
}

}  // namespace

void Exclusion::add(std::string_view text) {
  std::string key = text_key(text);
  if (key.size() >= kLettersMin) keys_.insert(std::move(key));
}

bool Exclusion::contains(std::string_view text) const { return keys_.contains(text_key(text)); }

Result<Exclusion> Exclusion::read(const std::vector<std::filesystem::path>& paths) {
  Exclusion exclusion;
  const auto read_one = [&](const std::filesystem::path& path) -> Result<void> {
    KABAR_ASSIGN(const std::string text, read_text(path));
    std::u32string sentence;
    std::u32string cell;
    for (const char32_t c : decode_utf8(text) + U'\n') {
      sentence += c;
      cell += c;
      if (ends_sentence(c)) {
        exclusion.add(encode_utf8(sentence));
        sentence.clear();
      }
      if (c == U'\n' || c == U'\t') {
        exclusion.add(encode_utf8(cell));
        cell.clear();
      }
    }
    return {};
  };
  for (const std::filesystem::path& path : paths) {
    if (!std::filesystem::exists(path)) return fail(ErrorKind::not_found, path.string(), "does not exist");
    if (!std::filesystem::is_directory(path)) {
      KABAR_TRY(read_one(path));
      continue;
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
      if (entry.is_regular_file() && is_text(entry.path())) KABAR_TRY(read_one(entry.path()));
    }
  }
  return exclusion;
}

}  // namespace kabar::train
