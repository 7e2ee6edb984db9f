#include "store/terms.h"

#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "store/audit.h"
#include "store/columns.h"
#include "store/json.h"

namespace kabar::store {
namespace {

constexpr std::string_view kPut = "terms", kRemoved = "remove term";

std::string renderings_to_json(const terms::Term& term) {
  nlohmann::json json = nlohmann::json::object();
  for (const auto& [language, rendering] : term.renderings) {
    json[language.code()] = {{"right", rendering.right},
                             {"wrong", rendering.wrong},
                             {"first", rendering.first},
                             {"example", rendering.example}};
  }
  return json.dump();
}

// What cannot be read back is a damaged database: it reads as empty, like the other columns (store/json.h).
std::map<Language, terms::Rendering> read_renderings(const std::string& text) {
  std::map<Language, terms::Rendering> renderings;
  const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return renderings;
  for (const auto& [code, one] : json.items()) {
    const std::optional<Language> language = Language::parse(code);
    if (!language || !one.is_object()) continue;
    renderings[*language] = {.right = one.value("right", std::vector<std::string>{}),
                             .wrong = one.value("wrong", std::vector<std::string>{}),
                             .first = one.value("first", ""),
                             .example = one.value("example", "")};
  }
  return renderings;
}

terms::Term read_term(const db::Row& row) {
  terms::Term term;
  term.id = row.text(0);
  term.kind = terms::parse_term_kind(row.text(1)).value_or(terms::TermKind::term);
  term.term = row.text(2);
  term.forms = read_list(row.text(3));
  term.acronyms = read_list(row.text(4));
  const std::string gender = row.text(5);
  term.gender = gender.empty() ? char{0} : gender.front();
  term.context = read_list(row.text(6));
  term.scope = read_list(row.text(7));
  term.since = row.number(8);
  term.until = row.number(9);
  term.note = row.text(10);
  term.example = row.text(11);
  term.renderings = read_renderings(row.text(12));
  term.added_by = row.text(13);
  term.added_on = row.text(14);
  term.place = fmt::format("kabar.db: {}", term.id);
  return term;
}

Result<void> put_term(db::Connection& connection, const terms::Term& term, std::string_view who, Time at) {
  const std::string gender(term.gender == 0 ? 0 : 1, term.gender);
  const std::string day = day_of(at);
  KABAR_TRY(connection.run(
      "INSERT INTO term (id, kind, term, forms, acronyms, gender, context, scope, since, until, note, example, "
      "renderings, added_by, added_on) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) "
      "ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, term = excluded.term, forms = excluded.forms, "
      "acronyms = excluded.acronyms, gender = excluded.gender, context = excluded.context, scope = excluded.scope, "
      "since = excluded.since, until = excluded.until, note = excluded.note, example = excluded.example, "
      "renderings = excluded.renderings, added_by = excluded.added_by, added_on = excluded.added_on",
      {term.id, terms::name_of(term.kind), term.term, to_json(term.forms), to_json(term.acronyms), gender,
       to_json(term.context), to_json(term.scope), term.since, term.until, term.note, term.example,
       renderings_to_json(term), term.added_by.empty() ? who : std::string_view(term.added_by),
       term.added_on.empty() ? std::string_view(day) : std::string_view(term.added_on)}));
  return {};
}

// A change of terms belongs to no article.
Result<void> note_change(db::Connection& connection, std::string_view action, std::string detail, std::string_view who,
                         Time at) {
  return add_audit(connection, {.at = at,
                                .who = std::string(who),
                                .action = std::string(action),
                                .article = "",
                                .revision = 0,
                                .language = {},
                                .detail = std::move(detail)});
}

}  // namespace

Result<void> put_terms(db::Connection& connection, std::span<const terms::Term> list, std::string_view who, Time at) {
  for (const terms::Term& term : list) KABAR_TRY(put_term(connection, term, who, at));
  return note_change(connection, kPut, fmt::format("{} entries", list.size()), who, at);
}

Result<void> remove_term(db::Connection& connection, std::string_view id, std::string_view who, Time at) {
  KABAR_ASSIGN(const int64_t removed, connection.run("DELETE FROM term WHERE id = $1", {id}));
  if (removed == 0) return fail(ErrorKind::not_found, std::string(id), "the newsroom has no term of this id");
  return note_change(connection, kRemoved, std::string(id), who, at);
}

Result<std::vector<terms::Term>> list_terms(db::Connection& connection) {
  return db::query(connection,
                   "SELECT id, kind, term, forms, acronyms, gender, context, scope, since, until, note, example, "
                   "renderings, added_by, added_on FROM term ORDER BY id",
                   {}, read_term);
}

Result<int64_t> last_term_change(db::Connection& connection) {
  // The audit log only grows: one step in its index.
  KABAR_ASSIGN(const std::optional<int64_t> last,
               db::query_one(connection,
                             "SELECT id FROM audit WHERE article_id = '' AND action IN ($1, $2) "
                             "ORDER BY id DESC LIMIT 1",
                             {kPut, kRemoved}, [](const db::Row& row) { return row.integer(0); }));
  return last.value_or(0);
}

}  // namespace kabar::store
