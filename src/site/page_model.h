// What the publisher is given: the settings of one site and its articles with all their versions.
// Plain values without behaviour; the newsroom fills them from its database, tests by hand.
// All text is valid UTF-8 in NFC and plain: the publisher escapes it. All times are UTC.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "article/article.h"
#include "article/version.h"
#include "base/clock.h"
#include "base/language.h"

namespace kabar::site {

// A text in several languages.
using Texts = std::map<Language, std::string>;

struct Section {
  std::string slug;  // "ekonomi": small letters, digits, hyphens; the same in the addresses of all languages
  Texts names;       // missing languages fall back to the built-in names of well-known sections, then to the slug
};

enum class SlugStyle {
  unicode,  // the headline's own script: /ja/ekonomi/12/中央銀行-金利据え置き/
  latin,    // transliterated by ICU: /ja/ekonomi/12/zhong-yang-yin-xing/
};

struct SiteConfig {
  std::string name = "Kabar";
  std::string base_url = "http://127.0.0.1:8080";  // scheme and host, no path, no slash at the end
  Language main_language = Language::id;
  std::vector<Language> languages = {Language::id, Language::en, Language::zh,
                                     Language::ja, Language::ar, Language::fr};
  Texts titles;                        // name of an edition in its own language; missing ones are `name`
  Texts taglines;                      // one line below the name; may be empty
  std::vector<Section> sections;       // in the order of the menu; others exist but are not in the menu
  bool main_language_at_root = false;  // true: /ekonomi/12/…/ instead of /id/ekonomi/12/…/
  SlugStyle slugs = SlugStyle::unicode;
  std::optional<Language> x_default = Language::id;  // edition for readers of other languages, in hreflang sets
  std::string time_zone = "Asia/Jakarta";            // for the times that readers see
  double index_score_min = 0.85;  // an unreviewed version below this is noindex; above 1: never indexed unreviewed
  bool full_text_feeds = true;    // false: feeds carry the summary only
  Texts notice;  // own words for translations that nobody reviewed; which version counts, and the link, stay
  std::string contact_email;    // for security.txt and the about page; empty: left out
  Texts about;                  // text of the about page, paragraphs parted by an empty line
  bool share_cards = false;     // pages name a picture for sharing, which Publisher::make_later() draws
  bool mining_reserved = true;  // text-and-data-mining reservation in robots.txt, headers and meta
  std::string websub_hub;       // address of the hub that feeds name; empty: none
  std::string indexnow_key;     // published at /KEY.txt; empty: none
};

struct SiteImage {
  std::string src;  // address below the site's root ("/media/pasar.jpg") or absolute on the own host; empty: none
  int width = 0;    // pixels; 0 = unknown
  int height = 0;
  std::string credit;
  // Filled in by the publisher: WebP forms stand at "VARIANTS-WIDTH.webp" for each of these widths, ascending, and AVIF
  // forms beside them or none at all.
  std::string variants = {};
  std::vector<int> widths = {};
  bool avif = false;

  // For the layout, where the size is unknown too.
  int shown_width() const { return width > 0 ? width : 1200; }
  int shown_height() const { return height > 0 ? height : 800; }
};

// Pictures by their address below the site's root.
using Pictures = std::map<std::string, SiteImage, std::less<>>;

// Who stands behind the words of a version.
enum class Making {
  people,            // written or translated by people
  machine,           // by AI, not checked by a person
  machine_reviewed,  // by AI, checked by `reviewed_by`
};

enum class CorrectionKind {
  article,      // the report itself was wrong: shown in every language
  translation,  // only this translation was wrong
};

struct Correction {
  Time time;
  CorrectionKind kind = CorrectionKind::article;
  std::string text;  // in the version's language, complete sentences
};

struct SiteVersion {
  // Language, title, status, score and segments. Only `published` ones are shown; others get the page
  // "translation in preparation". Segments with source and text make the comparison page; those of the
  // main language may be left out.
  Version version;
  std::vector<Block> blocks;  // the text in this language, headline first, tags in place; needed when published
  Making made_by = Making::machine;
  std::string model;        // name and version of what translated; empty for people
  int revision = 1;         // of the main-language text that this renders
  Time revision_time;       // when that revision was made
  Time published;           // when this language went live first
  Time modified;            // last change of this version that a reader can see
  std::string reviewed_by;  // required for machine_reviewed
  std::optional<Time> reviewed_at;
  bool behind_source = false;  // the source has a newer revision whose translation is not published yet
  std::string image_caption;   // of the lead image, in this language
  std::string image_alt;
  std::vector<std::string> tag_names;   // parallel to SiteArticle::tags, in this language; shorter: the tag itself
  std::vector<Correction> corrections;  // newest first
  std::vector<std::string> old_slugs;   // additionally to those that the publisher has seen itself
};

struct SiteArticle {
  std::string id;       // part of the address (site/address.h)
  std::string section;  // slug; empty = "berita"
  std::vector<std::string> authors;
  std::vector<std::string> tags;
  Time published;          // first publication in the main language
  SiteImage image;         // lead image; size and variants are found out by the publisher
  bool withdrawn = false;  // all languages show that it was withdrawn; gone from lists, feeds and sitemaps
  std::optional<Time> withdrawn_at;
  std::string withdrawal_reason;      // key of a message "withdrawal_…", or empty for the neutral wording
  std::vector<SiteVersion> versions;  // the main language first; a language without one is in preparation
};

// Whether search engines may list this version: reviewed, made by people, or good enough by the site's setting
// with no finding at warning or above.
bool may_be_indexed(const SiteConfig& site, const SiteVersion& version);

}  // namespace kabar::site
