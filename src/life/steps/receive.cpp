#include "life/steps/receive.h"

#include <array>

#include <fmt/format.h>

#include "store/articles.h"
#include "store/audit.h"
#include "store/json.h"

namespace kabar::life {
namespace {

using store::State;

// What a newer revision makes pointless. The published version stays until the new one replaces it.
constexpr std::array kUnfinished = {State::received, State::segmented, State::recalled, State::translated,
                                    State::checked,  State::in_review, State::approved};

constexpr size_t kIdBytesMax = 200;

// FNV-1a over everything that makes a revision: only compared with the revision before. The site never changes.
std::string fingerprint(const Article& article) {
  const int64_t date = article.date ? article.date->time_since_epoch().count() : -1;
  const std::string all = fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}", article.language.view(), article.section, date,
                                      store::to_json(article.authors), store::to_json(article.tags), article.image,
                                      store::to_json(article.other), store::to_json(article.blocks));
  uint64_t hash = 14695981039346656037ull;
  for (const unsigned char byte : all) hash = (hash ^ byte) * 1099511628211ull;
  return fmt::format("{:016x}", hash);
}

Result<void> validate(const Article& article) {
  if (article.id.empty()) return fail(ErrorKind::bad_input, "", "an article needs an id");
  if (article.id.size() > kIdBytesMax) {
    return fail(ErrorKind::limit, article.id, fmt::format("an id has at most {} bytes", kIdBytesMax));
  }
  if (article.title().empty()) return fail(ErrorKind::bad_input, article.id, "the article has no headline");
  if (article.language.empty()) return fail(ErrorKind::bad_input, article.id, "the article has no language");
  return {};
}

Result<Received> receive_one(Life& life, const Article& article, std::string_view who) {
  KABAR_TRY(validate(article));
  KABAR_TRY(site_of(life, article));
  const Time now = life.clock.now();
  KABAR_ASSIGN(const std::optional<store::ArticleRow> known, store::find_article(life.database, article.id));
  if (known && known->withdrawn) return fail(ErrorKind::conflict, article.id, "this article was withdrawn");
  if (known && known->site != article.site) {
    return fail(ErrorKind::conflict, article.id,
                fmt::format("this id is taken by an article of {}, and articles stay where they are",
                            known->site.empty() ? "the first site" : fmt::format("the site \"{}\"", known->site)));
  }
  store::Revision revision{.number = known ? known->revision + 1 : 1,
                           .received = now,
                           .fingerprint = fingerprint(article),
                           .article = article};
  if (known) {
    KABAR_ASSIGN(const std::optional<std::string> newest,
                 store::find_fingerprint(life.database, article.id, known->revision));
    if (newest == revision.fingerprint) return Received::unchanged;
  }
  KABAR_TRY(store::put_revision(life.database, revision));
  KABAR_TRY(store::move_versions(life.database, article.id, revision.number, kUnfinished, State::superseded));
  KABAR_TRY(store::put_version(life.database, {.key = {article.id, revision.number, article.language},
                                               .state = State::received,
                                               .due = due_in(State::received, now)}));
  KABAR_TRY(store::add_audit(
      life.database,
      {.at = now, .who = std::string(who), .action = "import", .article = article.id, .revision = revision.number}));
  return known ? Received::updated : Received::created;
}

}  // namespace

Result<std::vector<Received>> receive(Life& life, std::span<const Article> articles, std::string_view who) {
  observe(life, "receive", "started");
  KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(life.database));
  std::vector<Received> results;
  for (const Article& article : articles) {
    KABAR_ASSIGN(const Received result, receive_one(life, article, who));
    results.push_back(result);
  }
  observe(life, "receive", "written");
  KABAR_TRY(transaction.commit());
  observe(life, "receive", "committed");
  return results;
}

}  // namespace kabar::life
