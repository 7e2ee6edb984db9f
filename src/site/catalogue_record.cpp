// The bytes of a record: numbers as 8 bytes little-endian, texts and lists with their length before them.
#include <cstring>

#include "site/catalogue.h"

namespace kabar::site {
namespace {

constexpr int64_t kFormat = 3;  // 1 had no variants of pictures, 2 no AVIF; both can still be read
constexpr uint64_t kCountMax = 100'000;

class Writer {
 public:
  void number(int64_t value) {
    char bytes[8];
    for (int i = 0; i < 8; ++i) bytes[i] = static_cast<char>(static_cast<uint64_t>(value) >> (8 * i));
    out.append(bytes, 8);
  }
  void text(std::string_view value) {
    number(static_cast<int64_t>(value.size()));
    out += value;
  }
  void texts(const std::vector<std::string>& values) {
    number(static_cast<int64_t>(values.size()));
    for (const std::string& value : values) text(value);
  }
  void time(Time value) { number(value.time_since_epoch().count()); }

  std::string out;
};

// Reads as Writer wrote; after a fault everything is empty and `failed` is true.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  int64_t number() {
    if (bytes_.size() < 8) return fault();
    uint64_t value = 0;
    for (int i = 0; i < 8; ++i) value |= static_cast<uint64_t>(static_cast<unsigned char>(bytes_[i])) << (8 * i);
    bytes_.remove_prefix(8);
    return static_cast<int64_t>(value);
  }
  std::string text() {
    const auto size = static_cast<uint64_t>(number());
    if (size > bytes_.size()) {
      fault();
      return "";
    }
    std::string value(bytes_.substr(0, size));
    bytes_.remove_prefix(size);
    return value;
  }
  size_t count() {
    const auto value = static_cast<uint64_t>(number());
    return value > kCountMax ? static_cast<size_t>(fault()) : static_cast<size_t>(value);
  }
  std::vector<std::string> texts() {
    std::vector<std::string> values;
    for (size_t left = count(); left > 0 && !failed; --left) values.push_back(text());
    return values;
  }
  Time time() { return Time(std::chrono::seconds(number())); }
  bool at_end() const { return bytes_.empty(); }

  bool failed = false;

 private:
  int64_t fault() {
    failed = true;
    bytes_ = {};
    return 0;
  }
  std::string_view bytes_;
};

void write_version(Writer& out, const CatalogueVersion& version) {
  out.text(version.language.view());
  out.number((version.published ? 1 : 0) | (version.indexable ? 2 : 0) | static_cast<int>(version.made_by) << 2);
  out.text(version.title);
  out.text(version.summary);
  out.text(version.slug);
  out.text(version.notice);
  out.time(version.published_at);
  out.time(version.modified);
  out.texts(version.tag_names);
  out.texts(version.old_addresses);
  out.number(static_cast<int64_t>(version.corrections.size()));
  for (const Correction& correction : version.corrections) {
    out.time(correction.time);
    out.number(static_cast<int>(correction.kind));
    out.text(correction.text);
  }
}

CatalogueVersion read_version(Reader& in) {
  CatalogueVersion version;
  const std::optional<Language> language = Language::parse(in.text());
  if (!language) in.failed = true;
  version.language = language.value_or(Language());
  const int64_t flags = in.number();
  version.published = (flags & 1) != 0;
  version.indexable = (flags & 2) != 0;
  if (flags >> 2 > static_cast<int>(Making::machine_reviewed) || flags < 0) in.failed = true;
  version.made_by = in.failed ? Making::machine : static_cast<Making>(flags >> 2);
  version.title = in.text();
  version.summary = in.text();
  version.slug = in.text();
  version.notice = in.text();
  version.published_at = in.time();
  version.modified = in.time();
  version.tag_names = in.texts();
  version.old_addresses = in.texts();
  for (size_t left = in.count(); left > 0 && !in.failed; --left) {
    const Time time = in.time();
    const auto kind = in.number() == 0 ? CorrectionKind::article : CorrectionKind::translation;
    version.corrections.push_back({time, kind, in.text()});
  }
  return version;
}

bool same(const std::vector<Correction>& a, const std::vector<Correction>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Correction& x, const Correction& y) {
    return x.time == y.time && x.kind == y.kind && x.text == y.text;
  });
}

}  // namespace

bool CatalogueVersion::operator==(const CatalogueVersion& other) const {
  return language == other.language && published == other.published && indexable == other.indexable &&
         made_by == other.made_by && title == other.title && summary == other.summary && slug == other.slug &&
         notice == other.notice && published_at == other.published_at && modified == other.modified &&
         tag_names == other.tag_names && old_addresses == other.old_addresses && same(corrections, other.corrections);
}

bool CatalogueArticle::operator==(const CatalogueArticle& other) const {
  return encode_record(*this) == encode_record(other);
}

const CatalogueVersion* CatalogueArticle::version(Language language) const {
  for (const CatalogueVersion& candidate : versions) {
    if (candidate.language == language) return &candidate;
  }
  return nullptr;
}

bool CatalogueArticle::listed(Language language) const {
  const CatalogueVersion* own = version(language);
  return !withdrawn && own != nullptr && own->published;
}

std::string encode_record(const CatalogueArticle& article) {
  Writer out;
  out.number(kFormat);
  out.text(article.id);
  out.text(article.address_id);
  out.text(article.section);
  out.texts(article.authors);
  out.texts(article.tags);
  out.time(article.published);
  out.text(article.image.src);
  out.number(article.image.width);
  out.number(article.image.height);
  out.text(article.image.credit);
  out.text(article.image.variants);
  out.number(static_cast<int64_t>(article.image.widths.size()));
  for (const int width : article.image.widths) out.number(width);
  out.number(article.image.avif ? 1 : 0);
  out.number(article.withdrawn ? 1 : 0);
  out.number(static_cast<int64_t>(article.versions.size()));
  for (const CatalogueVersion& version : article.versions) write_version(out, version);
  return std::move(out.out);
}

Result<CatalogueArticle> decode_record(std::string_view bytes) {
  Reader in(bytes);
  CatalogueArticle article;
  const int64_t format = in.number();
  if (format < 1 || format > kFormat) in.failed = true;
  article.id = in.text();
  article.address_id = in.text();
  article.section = in.text();
  article.authors = in.texts();
  article.tags = in.texts();
  article.published = in.time();
  article.image.src = in.text();
  article.image.width = static_cast<int>(in.number());
  article.image.height = static_cast<int>(in.number());
  article.image.credit = in.text();
  if (format >= 2) {
    article.image.variants = in.text();
    for (size_t left = in.count(); left > 0 && !in.failed; --left) {
      article.image.widths.push_back(static_cast<int>(in.number()));
    }
  }
  if (format >= 3) article.image.avif = in.number() != 0;
  article.withdrawn = in.number() != 0;
  for (size_t left = in.count(); left > 0 && !in.failed; --left) article.versions.push_back(read_version(in));
  if (in.failed || !in.at_end()) return fail(ErrorKind::bad_input, "catalogue", "not a record of the catalogue");
  return article;
}

}  // namespace kabar::site
