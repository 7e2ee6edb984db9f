// What lists, feeds, sitemaps and other articles' pages need to know of each article, kept on disk so that an update
// reads a few records instead of all articles.
//
// On disk, below the state folder: catalogue/GENERATION/NNNNN.bin, files of kShardSize records each in order of
// arrival, and catalogue/current, which names the valid generation. In memory: an index of some 100 bytes an article.
#pragma once
#include <compare>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "site/page_model.h"

namespace kabar::site {

struct CatalogueVersion {
  Language language;
  bool published = false;
  bool indexable = false;
  Making made_by = Making::machine;
  std::string title;
  std::string summary;
  std::string slug;
  std::string notice;  // its sentences, see notice.h; empty for the main language
  Time published_at;
  Time modified;
  std::vector<std::string> tag_names;      // parallel to the tags; complete
  std::vector<std::string> old_addresses;  // that lead here by redirect
  std::vector<Correction> corrections;

  bool operator==(const CatalogueVersion& other) const;
};

struct CatalogueArticle {
  std::string id;          // as the newsroom knows it
  std::string address_id;  // as it stands in addresses
  std::string section;     // as it stands in addresses
  std::vector<std::string> authors;
  std::vector<std::string> tags;
  Time published;
  SiteImage image;
  bool withdrawn = false;
  std::vector<CatalogueVersion> versions;  // one per language of the site, in its order

  const CatalogueVersion* version(Language language) const;
  // Shown in lists of this language.
  bool listed(Language language) const;
  bool operator==(const CatalogueArticle& other) const;
};

// Records are handed out by pointer: the catalogue replaces a record, it never changes one.
using Record = std::shared_ptr<const CatalogueArticle>;

std::string encode_record(const CatalogueArticle& article);
// bad_input for bytes that encode_record did not write.
Result<CatalogueArticle> decode_record(std::string_view bytes);

// Names of lists: "" everything, "s/ekonomi", "t/rupiah", "a/siti-rahma", "m/2026-07", "c" (has corrections).
using ListKey = std::string;

struct ListItem {
  Time published;
  uint32_t number = 0;  // of the article
};

class Catalogue {
 public:
  static constexpr size_t kShardSize = 64;

  // `keys_of` says on which lists an article stands, withdrawn ones included: they keep their place, so that a
  // withdrawal does not move everything behind it.
  using KeysOf = std::function<std::vector<ListKey>(const CatalogueArticle&)>;

  Catalogue() = default;  // empty, without a folder: only to be assigned to
  // Opens the current generation, or an empty catalogue.
  static Result<Catalogue> open(std::filesystem::path folder, FileSystem& files, KeysOf keys_of);
  // An empty one that becomes current with commit().
  static Catalogue next_generation(const Catalogue& current);

  bool empty() const { return entries_.empty(); }
  size_t size() const { return by_id_.size(); }
  std::optional<uint32_t> find(std::string_view id) const;
  Result<Record> record(uint32_t number);

  // Adds or replaces by id; in memory until flush().
  Result<uint32_t> put(Record article);
  Result<void> remove(std::string_view id);
  // Writes what changed since the last flush.
  Result<void> flush();
  // flush(), then makes this generation the current one and removes the files of others.
  Result<void> commit();

  // Sorted oldest first; empty for an unknown key.
  std::span<const ListItem> list(const ListKey& key) const;
  std::vector<ListKey> keys(std::string_view prefix) const;
  // How many articles of the list are shown in the language that stands at `place` in the records' versions.
  int count_listed(const ListKey& key, size_t place) const;
  // Place of the article in the list, counted from the oldest; nothing if it does not stand there.
  std::optional<size_t> rank(const ListKey& key, uint32_t number) const;

 private:
  struct Entry {
    std::string id;
    Time published;
    uint64_t listed = 0;  // a bit per version of the record, in its order
  };
  struct Shard {
    std::vector<Record> records;
    bool changed = false;
  };

  Catalogue(std::filesystem::path folder, FileSystem& files, KeysOf keys_of)
      : folder_(std::move(folder)), files_(&files), keys_of_(std::move(keys_of)) {}
  std::filesystem::path shard_path(uint32_t shard) const;
  Result<void> read_generation();
  Result<Shard*> shard(uint32_t index);
  Result<void> write_shard(uint32_t index, Shard& shard);
  static uint64_t listed_bits(const CatalogueArticle& article);
  void enlist(const CatalogueArticle& article, uint32_t number);
  void delist(const CatalogueArticle& article, uint32_t number);
  bool before(const ListItem& a, const ListItem& b) const;

  std::filesystem::path folder_;
  FileSystem* files_ = nullptr;
  KeysOf keys_of_;
  uint32_t generation_ = 0;
  std::vector<Entry> entries_;  // by number
  std::unordered_map<std::string, uint32_t> by_id_;
  std::map<ListKey, std::vector<ListItem>> lists_;
  // A few decoded shards, most recently used first.
  std::list<std::pair<uint32_t, Shard>> cache_;
  std::unordered_map<uint32_t, std::list<std::pair<uint32_t, Shard>>::iterator> cached_;
};

}  // namespace kabar::site
