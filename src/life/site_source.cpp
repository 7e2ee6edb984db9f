#include "life/site_source.h"

#include <algorithm>
#include <map>

#include "store/articles.h"
#include "store/corrections.h"
#include "store/publications.h"

namespace kabar::life {
namespace {

using store::Publication;

std::string title_of(const std::vector<Block>& blocks) {
  for (const Block& block : blocks) {
    if (block.type == BlockType::headline) return block.text;
  }
  return "";
}

// The model that wrote most of the segments.
std::string main_model(const std::vector<TranslatedSegment>& segments) {
  std::map<std::string, int> counts;
  for (const TranslatedSegment& segment : segments) {
    if (!segment.model.empty()) ++counts[segment.model];
  }
  const auto most =
      std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == counts.end() ? "" : most->first;
}

// Caption and alternative text of the first image of the text, if it is the lead image.
void fill_image_texts(const std::string& lead_image, site::SiteVersion& version) {
  const auto image = std::find_if(version.blocks.begin(), version.blocks.end(), [&](const Block& block) {
    const auto source = block.attributes.find("src");
    return block.type == BlockType::image && source != block.attributes.end() && source->second == lead_image;
  });
  for (auto block = image; block != version.blocks.end(); ++block) {
    if (block->type == BlockType::caption) version.image_caption = block->text;
    if (block->type == BlockType::alt) version.image_alt = block->text;
    if (block != image && block->type != BlockType::caption && block->type != BlockType::alt) return;
  }
}

std::vector<site::Correction> corrections_for(const std::vector<store::CorrectionRow>& rows, Language language) {
  std::vector<site::Correction> corrections;
  for (const store::CorrectionRow& row : rows) {
    const auto notice = row.notices.find(language);
    if (notice == row.notices.end()) continue;
    corrections.push_back(
        {.time = row.at,
         .kind = row.kind == "translation" ? site::CorrectionKind::translation : site::CorrectionKind::article,
         .text = notice->second});
  }
  return corrections;
}

// The first text is of the article's own date, whenever it was imported; readers find this date beside it.
Time time_of(const store::Revision& revision) {
  return revision.number == 1 ? revision.article.date.value_or(revision.received) : revision.received;
}

struct Facts {
  const store::ArticleRow& article;
  const store::Revision& revision;  // the one that the main language shows
  const std::vector<store::CorrectionRow>& corrections;
};

Result<site::SiteVersion> site_version(db::Connection& database, Publication publication, const Facts& facts) {
  const bool is_main = publication.language == facts.revision.article.language;
  site::SiteVersion version;
  version.version.language = publication.language;
  version.version.title = title_of(publication.blocks);
  version.version.status = facts.article.withdrawn ? VersionStatus::withdrawn : VersionStatus::published;
  version.version.score = publication.score;
  version.made_by = is_main                           ? site::Making::people
                    : publication.reviewed_by.empty() ? site::Making::machine
                                                      : site::Making::machine_reviewed;
  version.model = main_model(publication.segments);
  version.revision = publication.revision;
  version.revision_time = time_of(facts.revision);
  if (publication.revision != facts.revision.number) {
    KABAR_ASSIGN(const std::optional<store::Revision> own,
                 store::find_revision(database, publication.article, publication.revision));
    if (own) version.revision_time = time_of(*own);
  }
  version.published = publication.published;
  version.modified = publication.modified;
  version.reviewed_by = publication.reviewed_by;
  version.reviewed_at = publication.reviewed;
  version.behind_source = publication.revision < facts.revision.number;
  version.corrections = corrections_for(facts.corrections, publication.language);
  version.blocks = std::move(publication.blocks);
  version.version.segments = std::move(publication.segments);
  fill_image_texts(facts.revision.article.image, version);
  return version;
}

// The revision that the main language shows; nothing if the article is not public.
Result<std::optional<store::Revision>> shown_revision(db::Connection& database,
                                                      const std::vector<Publication>& publications) {
  for (const Publication& publication : publications) {
    KABAR_ASSIGN(std::optional<store::Revision> revision,
                 store::find_revision(database, publication.article, publication.revision));
    if (revision && revision->article.language == publication.language) return revision;
  }
  return std::optional<store::Revision>();
}

}  // namespace

Result<void> SiteSource::each(const std::function<Result<void>(const site::SiteArticle&)>& take) {
  return store::each_public_article(database_, site_, [&](const std::string& id) -> Result<void> {
    KABAR_ASSIGN(const std::optional<site::SiteArticle> article, find(id));
    return article ? take(*article) : Result<void>();
  });
}

Result<std::optional<site::SiteArticle>> SiteSource::find(std::string_view id) {
  KABAR_ASSIGN(const std::optional<store::ArticleRow> row, store::find_article(database_, id));
  if (!row || row->site != site_) return std::optional<site::SiteArticle>();
  KABAR_ASSIGN(std::vector<Publication> publications, store::load_publications(database_, id));
  KABAR_ASSIGN(const std::optional<store::Revision> revision, shown_revision(database_, publications));
  if (!revision) return std::optional<site::SiteArticle>();
  KABAR_ASSIGN(const std::vector<store::CorrectionRow> corrections, store::load_corrections(database_, id));

  const Article& article = revision->article;
  site::SiteArticle result{.id = row->id,
                           .section = article.section,
                           .authors = article.authors,
                           .tags = article.tags,
                           .published = {},
                           .image = {.src = article.image},
                           .withdrawn = row->withdrawn.has_value(),
                           .withdrawn_at = row->withdrawn,
                           .withdrawal_reason = row->withdrawal_reason,
                           .versions = {}};
  std::stable_partition(publications.begin(), publications.end(),
                        [&](const Publication& publication) { return publication.language == article.language; });
  result.published = article.date.value_or(publications.front().published);
  for (Publication& publication : publications) {
    KABAR_ASSIGN(site::SiteVersion version,
                 site_version(database_, std::move(publication), {*row, *revision, corrections}));
    for (const std::string& tag : article.tags) {
      const bool own = version.version.language == article.language;
      version.tag_names.push_back(own ? tag : topics_.name(tag, version.version.language));
    }
    result.versions.push_back(std::move(version));
  }
  return std::optional<site::SiteArticle>(std::move(result));
}

}  // namespace kabar::life
