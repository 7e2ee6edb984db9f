#include "site/search_index.h"

#include <algorithm>

#include <fmt/format.h>

#include "db/sqlite.h"
#include "site/search_text.h"

namespace kabar::site {
namespace {

constexpr int kLayout = 1;  // raise it whenever the tables or the folding of words change
constexpr int kCommitEvery = 500;

std::string table_of(Language language) { return fmt::format("word_{}", language.view()); }

}  // namespace

Result<SearchIndex> SearchIndex::open(const std::filesystem::path& file, std::vector<Language> languages) {
  KABAR_ASSIGN(std::unique_ptr<db::Connection> connection, db::open_sqlite_cache(file));
  SearchIndex index(std::move(connection), std::move(languages));
  KABAR_TRY(index.create());
  return index;
}

Result<void> SearchIndex::create() {
  KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(*connection_));
  KABAR_TRY(connection_->run("CREATE TABLE IF NOT EXISTS layout (number INTEGER NOT NULL, language TEXT NOT NULL)"));
  for (const Language language : languages_) {
    KABAR_ASSIGN(const std::optional<int> layout,
                 db::query_one(*connection_, "SELECT number FROM layout WHERE language = $1", {language.view()},
                               [](const db::Row& row) { return row.number(0); }));
    if (layout == kLayout) continue;
    KABAR_TRY(connection_->run("DELETE FROM layout"));
    KABAR_TRY(connection_->run("DROP TABLE IF EXISTS document"));
    break;
  }
  KABAR_ASSIGN(const std::optional<int> known, db::query_one(*connection_, "SELECT count(*) FROM layout", {},
                                                             [](const db::Row& row) { return row.number(0); }));
  if (*known == 0) {
    KABAR_TRY(
        connection_->run("CREATE TABLE document (id INTEGER PRIMARY KEY, article TEXT NOT NULL, language TEXT NOT NULL,"
                         "published INTEGER NOT NULL, title TEXT NOT NULL, summary TEXT NOT NULL,"
                         "address TEXT NOT NULL, date TEXT NOT NULL, label TEXT NOT NULL)"));
    KABAR_TRY(connection_->run("CREATE UNIQUE INDEX document_of ON document (article, language)"));
    for (const Language language : languages_) {
      KABAR_TRY(connection_->run(fmt::format("DROP TABLE IF EXISTS {}", table_of(language))));
      // The text comes as words parted by blanks: whatever is no blank belongs to a word.
      KABAR_TRY(connection_->run(
          fmt::format("CREATE VIRTUAL TABLE {} USING fts5(title, lead, body, stems, tokenize = \"unicode61 "
                      "remove_diacritics 0 categories 'L* N* M* Co'\", prefix = '2 3')",
                      table_of(language))));
      KABAR_TRY(connection_->run("INSERT INTO layout (number, language) VALUES ($1, $2)", {kLayout, language.view()}));
    }
  }
  return transaction.commit();
}

bool SearchIndex::knows(Language language) const { return std::ranges::find(languages_, language) != languages_.end(); }

Result<bool> SearchIndex::empty() {
  KABAR_ASSIGN(const std::optional<int> any, db::query_one(*connection_, "SELECT 1 FROM document LIMIT 1", {},
                                                           [](const db::Row& row) { return row.number(0); }));
  return !any;
}

Result<void> SearchIndex::begin() {
  if (open_) return {};
  KABAR_TRY(connection_->begin(true));
  open_ = true;
  return {};
}

Result<void> SearchIndex::commit() {
  if (!open_) return {};
  const Result<void> result = connection_->commit();
  if (!result) connection_->rollback();
  open_ = false;
  pending_ = 0;
  return result;
}

Result<void> SearchIndex::remove_versions(std::string_view article) {
  const auto rows = db::query(*connection_, "SELECT id, language FROM document WHERE article = $1", {article},
                              [](const db::Row& row) { return std::pair(row.integer(0), row.text(1)); });
  if (!rows) return tl::unexpected(rows.error());
  for (const auto& [id, code] : *rows) {
    const std::optional<Language> language = Language::parse(code);
    if (language && knows(*language)) {
      KABAR_TRY(connection_->run(fmt::format("DELETE FROM {} WHERE rowid = $1", table_of(*language)), {id}));
    }
    KABAR_TRY(connection_->run("DELETE FROM document WHERE id = $1", {id}));
  }
  return {};
}

Result<void> SearchIndex::put(std::string_view article, const std::vector<SearchDocument>& versions) {
  KABAR_TRY(begin());
  if (seen_) seen_->emplace(article);
  KABAR_TRY(remove_versions(article));
  for (const SearchDocument& one : versions) {
    if (!knows(one.language)) continue;
    KABAR_ASSIGN(
        const std::optional<int64_t> id,
        db::query_one(*connection_,
                      "INSERT INTO document (article, language, published, title, summary, address, date, label) "
                      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
                      {article, one.language.view(), int64_t{one.published.time_since_epoch().count()}, one.title,
                       one.summary, one.address, one.date, one.label},
                      [](const db::Row& row) { return row.integer(0); }));
    const SearchText title = search_text(one.title, one.language);
    const SearchText lead = search_text(one.summary + "\n" + one.tags, one.language);
    const SearchText body = search_text(one.body, one.language);
    KABAR_TRY(connection_->run(
        fmt::format("INSERT INTO {} (rowid, title, lead, body, stems) VALUES ($1, $2, $3, $4, $5)",
                    table_of(one.language)),
        {*id, title.words, lead.words, body.words, fmt::format("{} {} {}", title.stems, lead.stems, body.stems)}));
  }
  return ++pending_ >= kCommitEvery ? commit() : Result<void>();
}

void SearchIndex::begin_all() { seen_.emplace(); }

Result<void> SearchIndex::end_all() {
  const auto known = db::query(*connection_, "SELECT DISTINCT article FROM document", {},
                               [](const db::Row& row) { return row.text(0); });
  if (!known) return tl::unexpected(known.error());
  const std::set<std::string> seen = seen_ ? std::move(*seen_) : std::set<std::string>();
  seen_.reset();
  KABAR_TRY(begin());
  for (const std::string& article : *known) {
    if (!seen.contains(article)) KABAR_TRY(remove_versions(article));
  }
  return commit();
}

Result<SearchAnswer> SearchIndex::find(std::string_view query, Language language, int count, int skip) {
  SearchAnswer answer;
  if (query.size() > kSearchQueryBytesMax) return fail(ErrorKind::limit, "q", "the query is too long");
  const std::string expression = knows(language) ? search_expression(query, language) : "";
  if (expression.empty()) return answer;
  const std::string table = table_of(language);
  KABAR_ASSIGN(const std::optional<int> total,
               db::query_one(*connection_,
                             fmt::format("SELECT count(*) FROM (SELECT 1 FROM {0} WHERE {0} MATCH $1 LIMIT $2)", table),
                             {expression, kSearchTotalMax}, [](const db::Row& row) { return row.number(0); }));
  answer.total = *total;
  KABAR_ASSIGN(answer.hits,
               db::query(*connection_,
                         fmt::format("SELECT d.title, d.summary, d.address, d.date, d.label FROM {0} "
                                     "JOIN document d ON d.id = {0}.rowid WHERE {0} MATCH $1 "
                                     "ORDER BY bm25({0}, 8.0, 3.0, 1.0, 0.5), d.published DESC LIMIT $2 OFFSET $3",
                                     table),
                         {expression, count, skip}, [](const db::Row& row) {
                           return SearchHit{row.text(0), row.text(1), row.text(2), row.text(3), row.text(4)};
                         }));
  return answer;
}

}  // namespace kabar::site
