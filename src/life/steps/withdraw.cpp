#include "life/steps/withdraw.h"

#include <fmt/format.h>

#include "store/articles.h"
#include "store/audit.h"
#include "store/publications.h"

namespace kabar::life {

Result<std::vector<Language>> withdraw(Life& life, std::string_view article, std::string_view who,
                                       std::string_view reason, std::string_view note) {
  std::vector<Language> receipt;
  KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(life.database));
  KABAR_ASSIGN(const std::optional<store::ArticleRow> row, store::find_article(life.database, article));
  if (!row) return fail(ErrorKind::not_found, std::string(article), "there is no such article");
  if (row->withdrawn) return receipt;
  const Time now = life.clock.now();
  KABAR_TRY(
      store::set_withdrawn(life.database, article, now, reason.empty() ? "" : fmt::format("withdrawal_{}", reason)));
  KABAR_TRY(store::withdraw_versions(life.database, article));
  KABAR_ASSIGN(const std::vector<store::Publication> publications, store::load_publications(life.database, article));
  for (const store::Publication& publication : publications) receipt.push_back(publication.language);
  KABAR_TRY(store::add_urgent_site_change(life.database, article));
  KABAR_TRY(store::add_audit(life.database, {.at = now,
                                             .who = std::string(who),
                                             .action = "withdraw",
                                             .article = row->id,
                                             .revision = row->revision,
                                             .detail = std::string(note)}));
  observe(life, "withdraw", "written");
  KABAR_TRY(transaction.commit());
  observe(life, "withdraw", "committed");
  return receipt;
}

}  // namespace kabar::life
