// Where everything is: slugs and the addresses of all pages.
#pragma once
#include <string>
#include <string_view>

#include "site/page_model.h"

namespace kabar::site {

// The readable part of an address: letters and digits of the text in small letters, words parted by "-", at most
// 96 bytes; "berita" for a text without any. `latin` transliterates by ICU and keeps a-z, 0-9.
std::string make_slug(std::string_view text, SlugStyle style);

// The id as it stands in an address, where every id has a place of its own. One of letters, digits, "-", "_" and "."
// stays as it is; others, and names that we use ourselves ("page"), get "~" and eight digits of their hash.
std::string address_id(std::string_view id);

// The section as it stands in an address; empty becomes "berita", and names that we use ourselves get a "-".
std::string address_section(std::string_view section);

// Percent-encodes a path or IRI for formats that want URIs (sitemaps, feeds, JSON-LD); leaves ASCII delimiters alone.
std::string encode_uri(std::string_view iri);
// Undoes percent-encoding; a "%" without two hexadecimal digits stays.
std::string decode_uri(std::string_view uri);
// Percent-encodes a value of a query: everything but letters, digits and "-._~".
std::string encode_query(std::string_view value);

// All addresses begin and end with "/" and have no host.
class Addresses {
 public:
  explicit Addresses(const SiteConfig& site) : site_(&site) {}

  std::string front(Language language) const;  // "/en/"; "/" for the main language at the root
  std::string section(Language language, std::string_view section) const;
  std::string tag(Language language, std::string_view tag_slug) const;
  std::string author(Language language, std::string_view author_slug) const;
  std::string archive(Language language) const;
  std::string month(Language language, int year, int month) const;
  std::string named(Language language, std::string_view name) const;  // about, ai-policy, corrections, search
  // /{lang}/{section}/{id}/ and /{lang}/{section}/{id}/{slug}/
  std::string article_folder(Language language, std::string_view section, std::string_view id) const;
  std::string article(Language language, std::string_view section, std::string_view id, std::string_view slug) const;

  // With scheme and host, percent-encoded.
  std::string absolute(std::string_view address) const;

 private:
  const SiteConfig* site_;
};

}  // namespace kabar::site
