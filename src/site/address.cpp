#include "site/address.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <memory>

#include <fmt/format.h>
#include <unicode/locid.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "base/percent.h"
#include "base/result.h"
#include "base/sha256.h"

namespace kabar::site {
namespace {

constexpr size_t kSlugBytesMax = 96;  // a file name may have 255 bytes, a share message should stay short
constexpr std::string_view kReserved[] = {"page",    "tag",     "author",    "archive",     "search", "about",
                                          "assets",  "compare", "ai-policy", "corrections", "media",  "api",
                                          "sitemap", "thanks",  "cards",     "images"};

bool is_reserved(std::string_view name) { return std::ranges::find(kReserved, name) != std::end(kReserved); }

constexpr bool is_plain(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

icu::UnicodeString to_latin(const icu::UnicodeString& text) {
  static thread_local const std::unique_ptr<icu::Transliterator> transliterator = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> made(
        icu::Transliterator::createInstance("Any-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, status));
    KABAR_CHECK(U_SUCCESS(status));
    return made;
  }();
  icu::UnicodeString latin(text);
  transliterator->transliterate(latin);
  return latin;
}

// Arabic vowel signs and the stretching bar are for reading aloud and calligraphy, not for addresses.
bool is_dropped(UChar32 c) {
  return (c >= 0x064B && c <= 0x065F) || c == 0x0670 || c == 0x0640 || c == '\'' || c == 0x2019;
}

// French "s'est", "l'État", "qu'il": the apostrophe at `at` parts two words; in "Japan's" it does not.
bool is_elision(const icu::UnicodeString& text, int32_t at) {
  if (text[at] != '\'' && text[at] != 0x2019) return false;
  int32_t begin = at;
  while (begin > 0 && u_isalpha(text[begin - 1])) --begin;
  const icu::UnicodeString word = text.tempSubStringBetween(begin, at);
  const bool cut = (word.length() == 1 && icu::UnicodeString("cdjlmnst").indexOf(word[0]) >= 0) ||
                   word.endsWith(icu::UnicodeString("qu"));
  return cut && at + 1 < text.length() && u_isalpha(text.char32At(at + 1));
}

bool is_kept(UChar32 c, SlugStyle style) {
  if (c < 0x80) return is_plain(static_cast<char>(c));
  return style == SlugStyle::unicode && (u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0 || c == 0x30FC);
}

// Cuts at the last hyphen before the limit, or, in scripts without spaces, between characters.
void cut_slug(std::string& slug) {
  if (slug.size() <= kSlugBytesMax) return;
  size_t end = kSlugBytesMax;
  while (end > 0 && (static_cast<unsigned char>(slug[end]) & 0xC0) == 0x80) --end;
  if (const size_t hyphen = slug.rfind('-', end); hyphen != std::string::npos && hyphen > kSlugBytesMax / 2)
    end = hyphen;
  slug.resize(end);
}

// By byte: whether an address keeps it as it is.
using Kept = std::array<bool, 256>;

constexpr Kept keep_plain_and(std::string_view others) {
  Kept kept{};
  for (int byte = 0; byte < 128; ++byte) kept[static_cast<size_t>(byte)] = is_plain(static_cast<char>(byte));
  for (const char c : others) kept[static_cast<unsigned char>(c)] = true;
  return kept;
}

constexpr Kept kKeptInUri = keep_plain_and("-._~:/?#[]@!$&'()*+,;=%");
constexpr Kept kKeptInQuery = keep_plain_and("-._~");

std::string encode(std::string_view text, const Kept& kept) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size() + 16);
  size_t done = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (kept[byte]) continue;
    const char encoded[] = {'%', kHex[byte >> 4], kHex[byte & 15]};
    out.append(text, done, i - done).append(encoded, sizeof encoded);
    done = i + 1;
  }
  out.append(text, done);
  return out;
}

std::string joined(std::initializer_list<std::string_view> parts) {
  size_t size = 0;
  for (const std::string_view part : parts) size += part.size();
  std::string out;
  out.reserve(size);
  for (const std::string_view part : parts) out += part;
  return out;
}

}  // namespace

std::string make_slug(std::string_view text, SlugStyle style) {
  icu::UnicodeString wide =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  if (style == SlugStyle::latin) wide = to_latin(wide);
  wide.toLower(icu::Locale::getRoot());
  icu::UnicodeString kept;
  bool gap = false;
  for (int32_t i = 0; i < wide.length(); i = wide.moveIndex32(i, 1)) {
    const UChar32 c = wide.char32At(i);
    if (is_dropped(c) && !is_elision(wide, i)) continue;
    if (!is_kept(c, style)) {
      gap = true;
      continue;
    }
    if (gap && !kept.isEmpty()) kept.append(static_cast<UChar>('-'));
    gap = false;
    kept.append(c);
  }
  std::string slug;
  kept.toUTF8String(slug);
  cut_slug(slug);
  if (slug.empty()) return "berita";
  return slug == "page" || slug == "compare" ? slug + "-" : slug;
}

std::string address_id(std::string_view id) {
  std::string out;
  for (const char c : id) out += is_plain(c) || c == '-' || c == '_' || c == '.' ? c : '-';
  while (!out.empty() && out.front() == '.') out.erase(0, 1);  // no hidden files, no ".."
  if (out == id && !is_reserved(out)) return out;
  // What was changed may be like another id by now: "lain/rupiah" and "lain-rupiah". "~" stands in no unchanged one.
  return out + '~' + sha256_hex(id).substr(0, 8);
}

std::string address_section(std::string_view section) {
  if (section.empty()) return "berita";
  std::string slug = make_slug(section, SlugStyle::latin);
  // A section of two letters would look like an edition.
  if (is_reserved(slug) || slug.size() == 2) slug += '-';
  return slug;
}

std::string encode_uri(std::string_view iri) { return encode(iri, kKeptInUri); }

std::string decode_uri(std::string_view uri) {
  std::string out;
  for (size_t i = 0; i < uri.size(); ++i) {
    const std::optional<char> byte = percent_byte(uri, i);
    out += byte.value_or(uri[i]);
    if (byte) i += 2;
  }
  return out;
}

std::string encode_query(std::string_view value) { return encode(value, kKeptInQuery); }

std::string Addresses::front(Language language) const {
  if (site_->main_language_at_root && language == site_->main_language) return "/";
  return joined({"/", language.view(), "/"});
}

std::string Addresses::section(Language language, std::string_view section) const {
  return joined({front(language), section, "/"});
}

std::string Addresses::tag(Language language, std::string_view tag_slug) const {
  return joined({front(language), "tag/", tag_slug, "/"});
}

std::string Addresses::author(Language language, std::string_view author_slug) const {
  return joined({front(language), "author/", author_slug, "/"});
}

std::string Addresses::archive(Language language) const { return front(language) + "archive/"; }

std::string Addresses::month(Language language, int year, int month) const {
  return fmt::format("{}archive/{:04}/{:02}/", front(language), year, month);
}

std::string Addresses::named(Language language, std::string_view name) const {
  return joined({front(language), name, "/"});
}

std::string Addresses::article_folder(Language language, std::string_view section, std::string_view id) const {
  return joined({front(language), section, "/", id, "/"});
}

std::string Addresses::article(Language language, std::string_view section, std::string_view id,
                               std::string_view slug) const {
  return joined({front(language), section, "/", id, "/", slug, "/"});
}

std::string Addresses::absolute(std::string_view address) const { return site_->base_url + encode_uri(address); }

}  // namespace kabar::site
