#include "site/journal.h"

#include <charconv>

#include <fmt/format.h>

namespace kabar::site {
namespace {

constexpr size_t kJournalBytesMax = 256 << 20;
constexpr std::string_view kHead = "kabar journal 1\n";

void append_sized(std::string& out, std::string_view text) { out += fmt::format("{:08x}{}", text.size(), text); }

std::optional<std::string_view> take_sized(std::string_view& bytes) {
  size_t size = 0;
  if (bytes.size() < 8) return std::nullopt;
  if (std::from_chars(bytes.data(), bytes.data() + 8, size, 16).ptr != bytes.data() + 8) return std::nullopt;
  if (size > bytes.size() - 8) return std::nullopt;
  const std::string_view text = bytes.substr(8, size);
  bytes.remove_prefix(8 + size);
  return text;
}

}  // namespace

Result<void> write_journal(const std::filesystem::path& path, const Journal& journal, FileSystem& files) {
  std::string out(kHead);
  out += journal.everything ? "everything\n" : "articles\n";
  for (const JournalEntry& entry : journal.entries) {
    append_sized(out, entry.id);
    append_sized(out, entry.record ? encode_record(*entry.record) : "");
  }
  return files.write(path, out);
}

Result<std::optional<Journal>> read_journal(const std::filesystem::path& path) {
  const Result<std::string> stored = read_file(path, kJournalBytesMax);
  if (!stored && stored.error().kind == ErrorKind::not_found) return std::nullopt;
  if (!stored) return tl::unexpected(stored.error());
  const Journal everything{.everything = true};
  std::string_view bytes = *stored;
  if (!bytes.starts_with(kHead)) return everything;
  bytes.remove_prefix(kHead.size());
  constexpr std::string_view kArticles = "articles\n";
  if (!bytes.starts_with(kArticles)) return everything;
  bytes.remove_prefix(kArticles.size());
  Journal journal;
  while (!bytes.empty()) {
    const std::optional<std::string_view> id = take_sized(bytes);
    const std::optional<std::string_view> record = take_sized(bytes);
    if (!id || !record) return everything;
    JournalEntry entry{.id = std::string(*id)};
    if (!record->empty()) {
      Result<CatalogueArticle> decoded = decode_record(*record);
      if (!decoded) return everything;
      entry.record = std::move(*decoded);
    }
    journal.entries.push_back(std::move(entry));
  }
  return journal;
}

}  // namespace kabar::site
