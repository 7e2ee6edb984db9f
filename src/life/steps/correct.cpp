#include "life/steps/correct.h"

#include <algorithm>

#include <fmt/format.h>

#include "store/articles.h"
#include "store/audit.h"
#include "store/corrections.h"
#include "store/publications.h"

namespace kabar::life {
namespace {

Result<store::CorrectionRow> make_correction(Life& life, const CorrectionRequest& request, const Article& article) {
  const Language main_language = article.language;
  store::CorrectionRow correction{.at = life.clock.now(),
                                  .kind = request.language.empty() ? "article" : "translation",
                                  .what = std::string(name_of(request.what)),
                                  .wrong = request.wrong,
                                  .right = request.right,
                                  .editor = request.who,
                                  .notices = {}};
  if (!request.language.empty()) {
    if (request.language == main_language) {
      return fail(ErrorKind::bad_input, request.article,
                  fmt::format("{} is the main language, which nobody translated", main_language.view()));
    }
    KABAR_ASSIGN(correction.notices[request.language],
                 translation_notice(request.wrong, request.right, request.language));
    return correction;
  }
  KABAR_ASSIGN(const Site* const site, site_of(life, article));
  std::vector<Language> languages = site->targets;
  languages.insert(languages.begin(), main_language);
  for (const Language language : languages) {
    KABAR_ASSIGN(correction.notices[language],
                 correction_notice(request.what, request.wrong, request.right, main_language, language));
  }
  return correction;
}

}  // namespace

Result<void> correct(Life& life, const CorrectionRequest& request) {
  KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(life.database));
  KABAR_ASSIGN(const std::optional<store::ArticleRow> row, store::find_article(life.database, request.article));
  if (!row) return fail(ErrorKind::not_found, request.article, "there is no such article");
  if (row->withdrawn) return fail(ErrorKind::conflict, request.article, "this article was withdrawn");
  KABAR_ASSIGN(std::vector<store::Publication> publications, store::load_publications(life.database, request.article));
  const bool is_public = std::any_of(publications.begin(), publications.end(), [&](const store::Publication& shown) {
    return request.language.empty() || shown.language == request.language;
  });
  if (!is_public) return fail(ErrorKind::conflict, request.article, "not published yet: nobody has read the mistake");
  KABAR_ASSIGN(const std::optional<store::Revision> revision,
               store::find_revision(life.database, request.article, row->revision));
  if (!revision) return fail(ErrorKind::not_found, request.article, "the revision is missing");
  KABAR_ASSIGN(const store::CorrectionRow correction, make_correction(life, request, revision->article));
  KABAR_ASSIGN(const std::vector<store::CorrectionRow> before, store::load_corrections(life.database, request.article));
  if (!before.empty() && before.front().notices == correction.notices) return {};  // asked twice, told once
  KABAR_TRY(store::put_correction(life.database, request.article, correction));
  for (store::Publication& publication : publications) {
    if (!correction.notices.contains(publication.language)) continue;
    publication.modified = correction.at;
    KABAR_TRY(store::put_publication(life.database, publication));
  }
  KABAR_TRY(store::add_site_change(life.database, request.article));
  KABAR_TRY(store::add_audit(life.database,
                             {.at = correction.at,
                              .who = request.who,
                              .action = "correct",
                              .article = row->id,
                              .revision = row->revision,
                              .language = request.language,
                              .detail = fmt::format("{}: {} -> {}", correction.what, request.wrong, request.right)}));
  observe(life, "correct", "written");
  KABAR_TRY(transaction.commit());
  observe(life, "correct", "committed");
  return {};
}

Result<void> remove_correction(Life& life, std::string_view article, int number, std::string_view who) {
  KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(life.database));
  KABAR_ASSIGN(const std::optional<store::ArticleRow> row, store::find_article(life.database, article));
  if (!row) return fail(ErrorKind::not_found, std::string(article), "there is no such article");
  KABAR_ASSIGN(const bool removed, store::remove_correction(life.database, article, number));
  if (!removed) {
    return fail(ErrorKind::not_found, std::string(article), fmt::format("has no correction {} (any more)", number));
  }
  KABAR_TRY(store::add_site_change(life.database, article));
  KABAR_TRY(store::add_audit(life.database, {.at = life.clock.now(),
                                             .who = std::string(who),
                                             .action = "remove correction",
                                             .article = row->id,
                                             .revision = row->revision,
                                             .detail = fmt::format("{}", number)}));
  observe(life, "correct", "written");
  KABAR_TRY(transaction.commit());
  observe(life, "correct", "committed");
  return {};
}

}  // namespace kabar::life
