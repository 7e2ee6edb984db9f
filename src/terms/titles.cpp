#include "terms/titles.h"

#include <algorithm>
#include <span>

#include <fmt/format.h>

namespace kabar::terms {
namespace {

// What a title is made of in one target; null = there is none.
struct Parts {
  const NamePattern& title;
  const NamePattern* modifier;
  const std::string* nation;
  const std::string& body;
  const std::string& name;
  bool feminine, titled;

  bool has_place() const { return nation != nullptr || !body.empty(); }
  const std::string& place() const { return nation ? *nation : body; }
};

std::string modified(const Parts& parts, std::string title) {
  return parts.modifier ? parts.modifier->fill(title) : title;
}

// "former West Java Governor Ridwan Kamil"
std::string english(const Parts& parts) {
  const std::string titled = parts.title.fill(parts.name);
  return modified(parts, parts.has_place() ? parts.place() + " " + titled : titled);
}

// "l'ancien gouverneur de Java occidental Ridwan Kamil"; what is elided is left to text/elision.
std::string french(const Parts& parts) {
  static constexpr std::string_view kArticles[] = {"le ", "la ", "l'"};
  std::string title = parts.title.before;
  while (title.ends_with(' ')) title.pop_back();
  std::string article;
  for (const std::string_view one : kArticles) {
    if (title.starts_with(one)) article = one;
  }
  title.erase(0, article.size());
  if (parts.nation) title += " " + *parts.nation;
  if (!parts.nation && !parts.body.empty()) title += " de " + parts.body;
  if (parts.modifier) {
    title = parts.modifier->fill(title);
    if (!article.empty()) article = parts.feminine ? "la " : "le ";
  }
  // "le chef de la police, le général Listyo"
  return article + title + (parts.titled ? ", " : " ") + parts.name + parts.title.behind;
}

// 前西爪哇省长里德万·卡米尔
std::string chinese(const Parts& parts) {
  return modified(parts, (parts.has_place() ? parts.place() : "") + parts.title.fill(parts.name));
}

// 西ジャワ州のリドワン・カミル元知事
std::string japanese(const Parts& parts) {
  const bool behind = !parts.title.behind.empty();
  const std::string title = modified(parts, behind ? parts.title.behind : parts.title.before);
  const std::string place = parts.has_place() ? parts.place() + "の" : "";
  if (!behind) return place + title + parts.name;
  return place + (parts.titled ? title + "の" + parts.name : parts.name + title);
}

// A definite title in construct state, as a body behind it wants it: الحاكم gives حاكم, رئيس البلدية gives رئيس بلدية.
// Nothing where an adjective is in the way: المدير العام.
std::optional<std::string> construct(std::string title) {
  constexpr std::string_view kArticle = "ال";
  const size_t last = title.rfind(' ') == std::string::npos ? 0 : title.rfind(' ') + 1;
  if (last > 0 && title.starts_with(kArticle)) return std::nullopt;
  if (std::string_view(title).substr(last).starts_with(kArticle)) title.erase(last, kArticle.size());
  return title;
}

// حاكم جاوة الغربية السابق رضوان كامل
std::string arabic(const Parts& parts) {
  std::string title = parts.title.before;
  while (title.ends_with(' ')) title.pop_back();
  if (parts.nation) title += " " + *parts.nation;
  if (!parts.nation && !parts.body.empty()) {
    const std::optional<std::string> constructed = construct(title);
    constexpr std::string_view kArticle = "ال";
    const bool definite = parts.body.starts_with(kArticle);
    // رئيس جامعة إندونيسيا: the kind of body is said once.
    const std::string kind = parts.body.substr(0, parts.body.find(' '));
    const bool said = constructed && constructed->ends_with(" " + kind);
    title = constructed ? *constructed + parts.body.substr(said ? kind.size() : 0).insert(0, said ? "" : " ")
                        : title + (definite ? " لل" + parts.body.substr(kArticle.size()) : " ل" + parts.body);
  }
  return modified(parts, title) + " " + parts.name + parts.title.behind;
}

// The entry of a table in a language and gender; null if there is none.
template <typename Form>
const Form* find_form(const std::map<std::string, std::map<Language, std::array<Form, 2>>, std::less<>>& table,
                      std::string_view id, Language language, bool feminine) {
  const auto row = table.find(id);
  if (row == table.end()) return nullptr;
  const auto forms = row->second.find(language);
  return forms == row->second.end() ? nullptr : &forms->second[feminine ? 1 : 0];
}

}  // namespace

Result<Titles> Titles::make(const Table& titles, std::string_view titles_file, const Table& demonyms,
                            std::string_view demonyms_file) {
  Titles made;
  // Calls take(id, language, masculine, feminine) for each cell; it returns what is wrong, or nothing.
  const auto read = [](const Table& table, std::string_view file, const auto& take) -> Result<void> {
    const int id = table.column("id");
    if (id < 0) return fail(ErrorKind::bad_input, std::string(file), "there is no column 'id'");
    for (size_t row = 0; row < table.rows.size(); ++row) {
      const std::string& words = table.rows[row][static_cast<size_t>(id)];
      for (size_t column = 0; column < table.columns.size(); ++column) {
        if (static_cast<int>(column) == id) continue;
        const std::optional<Language> language = Language::parse(table.columns[column]);
        const std::vector<std::string> values = split_values(table.rows[row][column]);
        std::string wrong;
        if (!language) {
          wrong = fmt::format("'{}' is no language", table.columns[column]);
        } else if (words.empty() || values.empty() || values.size() > 2) {
          wrong = fmt::format("'{}' must be a form, or a masculine and a feminine one", table.rows[row][column]);
        } else {
          wrong = take(words, *language, values.front(), values.back());
        }
        if (!wrong.empty()) {
          return fail(ErrorKind::bad_input, fmt::format("{}:{}", file, table.lines[row]), std::move(wrong));
        }
      }
    }
    return {};
  };
  const auto take_title = [&](std::string_view id, Language language, const std::string& masculine,
                              const std::string& feminine) -> std::string {
    const std::optional<NamePattern> patterns[] = {NamePattern::parse(masculine), NamePattern::parse(feminine)};
    if (!patterns[0] || !patterns[1]) return fmt::format("'{}|{}' must have one {{}} each", masculine, feminine);
    const bool modifier = id.starts_with('+');
    Forms<NamePattern>& into = modifier ? made.modifiers_ : made.titles_;
    const auto row = into.try_emplace(std::string(id.substr(modifier ? 1 : 0))).first;
    const bool fresh = row->second.try_emplace(language, std::array{*patterns[0], *patterns[1]}).second;
    return fresh ? std::string() : fmt::format("'{}' occurs twice", id);
  };
  const auto take_nation = [&](std::string_view id, Language language, const std::string& masculine,
                               const std::string& feminine) -> std::string {
    const auto row = made.nations_.try_emplace(std::string(id)).first;
    const bool fresh = row->second.try_emplace(language, std::array{masculine, feminine}).second;
    return fresh ? std::string() : fmt::format("'{}' occurs twice", id);
  };
  KABAR_TRY(read(titles, titles_file, take_title));
  KABAR_TRY(read(demonyms, demonyms_file, take_nation));
  return made;
}

std::optional<std::string> Titles::join(const TitledName& name, Language target) const {
  const NamePattern* title = find_form(titles_, name.title, target, name.feminine);
  const NamePattern* modifier = find_form(modifiers_, name.modifier, target, name.feminine);
  const std::string* nation = find_form(nations_, name.nation, target, name.feminine);
  if (!title || (!name.modifier.empty() && !modifier) || (!name.nation.empty() && !nation)) return std::nullopt;
  const Parts parts{*title, modifier, nation, name.body, name.name, name.feminine, name.titled};
  if (target == Language::en) return english(parts);
  if (target == Language::fr) return french(parts);
  if (target == Language::zh) return chinese(parts);
  if (target == Language::ja) return japanese(parts);
  if (target == Language::ar) return arabic(parts);
  return std::nullopt;
}

}  // namespace kabar::terms
