#include "site/catalogue.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace kabar::site {
namespace {

namespace fs = std::filesystem;

constexpr size_t kShardBytesMax = 256 << 20;
constexpr size_t kShardsCached = 64;

std::string encode_shard(const std::vector<Record>& records) {
  std::string out;
  for (const Record& record : records) {
    const std::string bytes = encode_record(*record);
    out += fmt::format("{:08x}", bytes.size());
    out += bytes;
  }
  return out;
}

Result<std::vector<Record>> decode_shard(std::string_view bytes, const fs::path& path) {
  std::vector<Record> records;
  while (!bytes.empty()) {
    size_t size = 0;
    const bool read =
        bytes.size() >= 8 && std::from_chars(bytes.data(), bytes.data() + 8, size, 16).ptr == bytes.data() + 8;
    if (!read || size > bytes.size() - 8 || records.size() == Catalogue::kShardSize) {
      return fail(ErrorKind::bad_input, path.string(), "damaged; publish the whole site to make it again");
    }
    KABAR_ASSIGN(CatalogueArticle record, decode_record(bytes.substr(8, size)));
    records.push_back(std::make_shared<const CatalogueArticle>(std::move(record)));
    bytes.remove_prefix(8 + size);
  }
  return records;
}

}  // namespace

fs::path Catalogue::shard_path(uint32_t shard) const {
  return folder_ / std::to_string(generation_) / fmt::format("{:05}.bin", shard);
}

Result<Catalogue> Catalogue::open(fs::path folder, FileSystem& files, KeysOf keys_of) {
  Catalogue catalogue(std::move(folder), files, std::move(keys_of));
  const Result<std::string> current = read_file(catalogue.folder_ / "current", 64);
  if (!current && current.error().kind == ErrorKind::not_found) return catalogue;
  if (!current) return tl::unexpected(current.error());
  std::from_chars(current->data(), current->data() + current->size(), catalogue.generation_);
  KABAR_TRY(catalogue.read_generation());
  return catalogue;
}

Catalogue Catalogue::next_generation(const Catalogue& current) {
  Catalogue next(current.folder_, *current.files_, current.keys_of_);
  next.generation_ = current.generation_ + 1;
  std::error_code ignored;  // of a publish() that did not end
  fs::remove_all(next.folder_ / std::to_string(next.generation_), ignored);
  return next;
}

Result<void> Catalogue::read_generation() {
  for (uint32_t index = 0;; ++index) {
    const Result<std::string> bytes = read_file(shard_path(index), kShardBytesMax);
    if (!bytes && bytes.error().kind == ErrorKind::not_found) return {};
    if (!bytes) return tl::unexpected(bytes.error());
    KABAR_ASSIGN(const std::vector<Record> records, decode_shard(*bytes, shard_path(index)));
    for (const Record& record : records) {
      const auto number = static_cast<uint32_t>(entries_.size());
      entries_.push_back({record->id, record->published, listed_bits(*record)});
      if (record->id.empty()) continue;  // a removed one
      by_id_[record->id] = number;
      enlist(*record, number);
    }
  }
}

std::optional<uint32_t> Catalogue::find(std::string_view id) const {
  const auto found = by_id_.find(std::string(id));
  return found == by_id_.end() ? std::nullopt : std::optional(found->second);
}

Result<Catalogue::Shard*> Catalogue::shard(uint32_t index) {
  if (const auto found = cached_.find(index); found != cached_.end()) {
    cache_.splice(cache_.begin(), cache_, found->second);
    return &cache_.front().second;
  }
  Shard loaded;
  const size_t stored = std::min(kShardSize, entries_.size() - std::min(entries_.size(), index * kShardSize));
  if (stored > 0) {
    KABAR_ASSIGN(const std::string bytes, read_file(shard_path(index), kShardBytesMax));
    KABAR_ASSIGN(loaded.records, decode_shard(bytes, shard_path(index)));
  }
  while (cache_.size() >= kShardsCached) {
    if (cache_.back().second.changed) KABAR_TRY(write_shard(cache_.back().first, cache_.back().second));
    cached_.erase(cache_.back().first);
    cache_.pop_back();
  }
  cache_.emplace_front(index, std::move(loaded));
  cached_[index] = cache_.begin();
  return &cache_.front().second;
}

Result<void> Catalogue::write_shard(uint32_t index, Shard& shard) {
  KABAR_TRY(files_->write(shard_path(index), encode_shard(shard.records)));
  shard.changed = false;
  return {};
}

Result<Record> Catalogue::record(uint32_t number) {
  KABAR_ASSIGN(const Shard* const found, shard(number / kShardSize));
  KABAR_CHECK(number % kShardSize < found->records.size());
  return found->records[number % kShardSize];
}

bool Catalogue::before(const ListItem& a, const ListItem& b) const {
  if (a.published != b.published) return a.published < b.published;
  return entries_[a.number].id < entries_[b.number].id;
}

uint64_t Catalogue::listed_bits(const CatalogueArticle& article) {
  uint64_t bits = 0;
  for (size_t i = 0; i < article.versions.size() && i < 64; ++i) {
    if (article.listed(article.versions[i].language)) bits |= uint64_t{1} << i;
  }
  return bits;
}

void Catalogue::enlist(const CatalogueArticle& article, uint32_t number) {
  const ListItem item{article.published, number};
  for (const ListKey& key : keys_of_(article)) {
    std::vector<ListItem>& list = lists_[key];
    const auto place = std::upper_bound(list.begin(), list.end(), item,
                                        [this](const ListItem& a, const ListItem& b) { return before(a, b); });
    list.insert(place, item);
  }
}

void Catalogue::delist(const CatalogueArticle& article, uint32_t number) {
  for (const ListKey& key : keys_of_(article)) {
    const std::optional<size_t> place = rank(key, number);
    if (!place) continue;
    std::vector<ListItem>& list = lists_[key];
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(*place));
    if (list.empty()) lists_.erase(key);
  }
}

Result<uint32_t> Catalogue::put(Record article) {
  if (const std::optional<uint32_t> known = find(article->id)) {
    KABAR_ASSIGN(Shard* const home, shard(*known / kShardSize));
    Record& record = home->records[*known % kShardSize];
    delist(*record, *known);
    record = std::move(article);
    home->changed = true;
    entries_[*known].published = record->published;
    entries_[*known].listed = listed_bits(*record);
    enlist(*record, *known);
    return *known;
  }
  const auto number = static_cast<uint32_t>(entries_.size());
  KABAR_ASSIGN(Shard* const home, shard(number / kShardSize));
  entries_.push_back({article->id, article->published, listed_bits(*article)});
  by_id_[article->id] = number;
  enlist(*article, number);
  home->records.push_back(std::move(article));
  home->changed = true;
  return number;
}

Result<void> Catalogue::remove(std::string_view id) {
  const std::optional<uint32_t> number = find(id);
  if (!number) return {};
  KABAR_ASSIGN(Shard* const home, shard(*number / kShardSize));
  Record& record = home->records[*number % kShardSize];
  delist(*record, *number);
  record = std::make_shared<const CatalogueArticle>();
  home->changed = true;
  entries_[*number].listed = 0;
  by_id_.erase(std::string(id));
  return {};
}

Result<void> Catalogue::flush() {
  for (auto& [index, shard] : cache_) {
    if (shard.changed) KABAR_TRY(write_shard(index, shard));
  }
  return {};
}

Result<void> Catalogue::commit() {
  KABAR_TRY(flush());
  KABAR_TRY(files_->write(folder_ / "current", std::to_string(generation_)));
  std::error_code ignored;  // files that nobody reads any more
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_, ignored)) {
    if (entry.is_directory(ignored) && entry.path().filename() != std::to_string(generation_)) {
      fs::remove_all(entry.path(), ignored);
    }
  }
  return {};
}

std::span<const ListItem> Catalogue::list(const ListKey& key) const {
  const auto found = lists_.find(key);
  if (found == lists_.end()) return {};
  return found->second;
}

std::vector<ListKey> Catalogue::keys(std::string_view prefix) const {
  std::vector<ListKey> keys;
  for (auto it = lists_.lower_bound(std::string(prefix)); it != lists_.end() && it->first.starts_with(prefix); ++it) {
    keys.push_back(it->first);
  }
  return keys;
}

int Catalogue::count_listed(const ListKey& key, size_t place) const {
  return static_cast<int>(std::ranges::count_if(
      list(key), [&](const ListItem& item) { return (entries_[item.number].listed >> place & 1) != 0; }));
}

std::optional<size_t> Catalogue::rank(const ListKey& key, uint32_t number) const {
  const auto found = lists_.find(key);
  if (found == lists_.end()) return std::nullopt;
  const std::vector<ListItem>& list = found->second;
  const ListItem item{entries_[number].published, number};
  const auto place = std::lower_bound(list.begin(), list.end(), item,
                                      [this](const ListItem& a, const ListItem& b) { return before(a, b); });
  if (place == list.end() || place->number != number) return std::nullopt;
  return static_cast<size_t>(place - list.begin());
}

}  // namespace kabar::site
