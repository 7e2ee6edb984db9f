#include "site/record.h"

#include <algorithm>

#include "base/utf8.h"
#include "site/edition.h"
#include "site/html.h"
#include "site/notice.h"

namespace kabar::site {
namespace {

constexpr int kSummaryPointsMax = 220;
constexpr size_t kOldAddressesMax = 50;

// The standfirst, else the first paragraph, cut between words.
std::string summary_of(const std::vector<Block>& blocks) {
  const Block* block = find_block(blocks, BlockType::standfirst);
  if (block == nullptr) block = find_block(blocks, BlockType::paragraph);
  if (block == nullptr) return "";
  if (count_points(block->text) <= kSummaryPointsMax) return block->text;
  std::string cut(slice_points(block->text, {0, kSummaryPointsMax}));
  if (const size_t blank = cut.find_last_of(' '); blank != std::string::npos && blank > cut.size() / 2)
    cut.resize(blank);
  return cut + "…";
}

std::string title_of(const SiteVersion& version) {
  if (!version.version.title.empty()) return version.version.title;
  const Block* headline = find_block(version.blocks, BlockType::headline);
  return headline == nullptr ? "" : headline->text;
}

void add_old(std::vector<std::string>& addresses, std::string address) {
  if (std::ranges::find(addresses, address) == addresses.end()) addresses.push_back(std::move(address));
}

void keep_old_addresses(const PageContext& context, const CatalogueArticle& self, CatalogueVersion& version,
                        const SiteVersion* shown, const CatalogueArticle* previous) {
  const Addresses& addresses = context.addresses;
  const Language language = version.language;
  const std::string current = addresses.article(language, self.section, self.address_id, version.slug);
  const std::string folder = addresses.article_folder(language, self.section, self.address_id);
  if (const CatalogueVersion* before = previous == nullptr ? nullptr : previous->version(language)) {
    for (const std::string& old : before->old_addresses) add_old(version.old_addresses, old);
    add_old(version.old_addresses, article_address(addresses, *previous, language));
    add_old(version.old_addresses, addresses.article_folder(language, previous->section, previous->address_id));
  }
  if (shown != nullptr) {
    for (const std::string& slug : shown->old_slugs) {
      add_old(version.old_addresses,
              addresses.article(language, self.section, self.address_id, make_slug(slug, SlugStyle::unicode)));
    }
  }
  std::erase(version.old_addresses, current);
  std::erase(version.old_addresses, folder);
  if (version.old_addresses.size() > kOldAddressesMax) {
    version.old_addresses.erase(version.old_addresses.begin(), version.old_addresses.end() - kOldAddressesMax);
  }
}

Result<CatalogueVersion> make_version(const PageContext& context, const SiteArticle& article, CatalogueArticle& self,
                                      Language language) {
  CatalogueVersion version;
  version.language = language;
  const SiteVersion* shown = find_version(article, language);
  version.published = shown != nullptr && shown->version.status == VersionStatus::published && !shown->blocks.empty();
  if (!version.published) {
    // Until it is there, its address has the main headline; later that leads on to the translated one.
    version.slug = self.versions.empty() ? make_slug(article.id, context.site.slugs) : self.versions.front().slug;
    return version;
  }
  if (shown->made_by == Making::machine_reviewed && shown->reviewed_by.empty()) {
    return fail(ErrorKind::bad_input, article.id + " (" + language.code() + ")",
                "a reviewed version names its reviewer");
  }
  version.indexable = may_be_indexed(context.site, *shown);
  version.made_by = shown->made_by;
  version.title = title_of(*shown);
  version.summary = summary_of(shown->blocks);
  version.slug = make_slug(version.title, context.site.slugs);
  version.published_at = shown->published;
  version.modified = shown->modified;
  version.corrections = shown->corrections;
  for (size_t i = 0; i < article.tags.size(); ++i) {
    const bool named = i < shown->tag_names.size() && !shown->tag_names[i].empty();
    version.tag_names.push_back(named ? shown->tag_names[i] : article.tags[i]);
  }
  if (const auto notice = make_notice(context.site, context.messages, *shown, "/")) {
    version.notice = notice->sentences;
    if (shown->behind_source) {
      version.notice += edition_of(language).spaced ? " " : "";
      version.notice += context.messages.text(language, "notice_behind");
    }
  }
  return version;
}

}  // namespace

const SiteVersion* find_version(const SiteArticle& article, Language language) {
  for (const SiteVersion& version : article.versions) {
    if (version.version.language == language) return &version;
  }
  return nullptr;
}

Result<Record> make_record(const PageContext& context, const SiteArticle& article, SiteImage image,
                           const CatalogueArticle* previous) {
  CatalogueArticle self;
  self.id = article.id;
  self.address_id = address_id(article.id);
  self.section = address_section(article.section);
  self.authors = article.authors;
  self.tags = article.tags;
  self.published = article.published;
  self.image = std::move(image);
  self.withdrawn = article.withdrawn;
  for (const Language language : context.site.languages) {
    KABAR_ASSIGN(CatalogueVersion version, make_version(context, article, self, language));
    if (self.versions.empty() && !version.published && !article.withdrawn) {
      return fail(ErrorKind::bad_input, article.id, "has no published text in the main language");
    }
    // A withdrawn article keeps the addresses that readers know.
    const CatalogueVersion* before = previous == nullptr ? nullptr : previous->version(language);
    if (article.withdrawn && before != nullptr) version.slug = before->slug;
    keep_old_addresses(context, self, version, find_version(article, language), previous);
    self.versions.push_back(std::move(version));
  }
  return std::make_shared<const CatalogueArticle>(std::move(self));
}

bool may_be_indexed(const SiteConfig& site, const SiteVersion& version) {
  if (version.made_by != Making::machine) return true;
  for (const TranslatedSegment& segment : version.version.segments) {
    for (const Finding& finding : segment.findings) {
      if (finding.severity != Severity::info) return false;
    }
  }
  return version.version.score && *version.version.score >= site.index_score_min;
}

}  // namespace kabar::site
