#include "life/notices.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/one_of.h"
#include "base/utf8.h"
#include "life/words.h"
#include "text/facts/fact.h"

namespace kabar::life {
namespace {

constexpr std::pair<Wrong, std::string_view> kNames[] = {
    {Wrong::number, "number"},     {Wrong::date, "date"},       {Wrong::name, "name"},
    {Wrong::headline, "headline"}, {Wrong::picture, "picture"}, {Wrong::other, "other"},
};

// {0} is right, {1} was wrong. The right value stands first: what readers keep should be true.
struct Templates {
  Language language;
  std::string_view number, date, name, headline, picture, other, translation;
};

constexpr Templates kTemplates[] = {
    {Language::id, "Angka yang benar adalah {0}. Versi sebelumnya menyebut {1}.",
     "Waktu yang benar adalah {0}. Versi sebelumnya menyebut {1}.",
     "Nama yang benar adalah {0}. Versi sebelumnya menyebut {1}.", "Judul artikel ini telah diperbaiki.",
     "Gambar atau keterangannya telah diperbaiki.", "Isi artikel ini telah diperbaiki.",
     "Terjemahan yang benar adalah “{0}”. Versi sebelumnya menyebut “{1}”."},
    {Language::en, "The correct figure is {0}. An earlier version said {1}.",
     "The correct time is {0}. An earlier version said {1}.", "The correct name is {0}. An earlier version said {1}.",
     "The headline of this story was corrected.", "A picture or its caption was corrected.",
     "The text of this story was corrected.", "The correct translation is “{0}”. An earlier version said “{1}”."},
    {Language::zh, "正确的数字是{0}，此前版本误作{1}。", "正确的时间是{0}，此前版本误作{1}。",
     "正确的名称是{0}，此前版本误作{1}。", "本文标题已更正。", "图片或图片说明已更正。", "本文内容已更正。",
     "正确的译文是“{0}”，此前版本误作“{1}”。"},
    {Language::ja, "正しい数値は{0}です。以前の版では{1}としていました。",
     "正しい日時は{0}です。以前の版では{1}としていました。", "正しい名称は{0}です。以前の版では{1}としていました。",
     "見出しを訂正しました。", "写真または説明文を訂正しました。", "本文を訂正しました。",
     "正しい訳は「{0}」です。以前の版では「{1}」としていました。"},
    // The isolates (U+2068, U+2069) keep Latin names and figures in their own direction.
    {Language::ar, "الرقم الصحيح هو \u2068{0}\u2069، وقد ذكرت نسخة سابقة \u2068{1}\u2069.",
     "الموعد الصحيح هو \u2068{0}\u2069، وقد ذكرت نسخة سابقة \u2068{1}\u2069.",
     "الاسم الصحيح هو \u2068{0}\u2069، وقد ذكرت نسخة سابقة \u2068{1}\u2069.", "جرى تصويب عنوان هذا الخبر.",
     "جرى تصويب صورة أو تعليق عليها.", "جرى تصويب نص هذا الخبر.",
     "الترجمة الصحيحة هي «\u2068{0}\u2069»، وقد ذكرت نسخة سابقة «\u2068{1}\u2069»."},
    {Language::fr, "Le chiffre exact est {0}. Une version précédente indiquait {1}.",
     "La date exacte est {0}. Une version précédente indiquait {1}.",
     "Le nom exact est {0}. Une version précédente indiquait {1}.", "Le titre de cet article a été corrigé.",
     "Une image ou sa légende a été corrigée.", "Le texte de cet article a été corrigé.",
     "La traduction exacte est « {0} ». Une version précédente indiquait « {1} »."},
};

const Templates& templates_of(Language language) {
  for (const Templates& templates : kTemplates) {
    if (templates.language == language) return templates;
  }
  return kTemplates[1];
}

std::string_view template_of(const Templates& templates, Wrong what) {
  switch (what) {
    case Wrong::number:
      return templates.number;
    case Wrong::date:
      return templates.date;
    case Wrong::name:
      return templates.name;
    case Wrong::headline:
      return templates.headline;
    case Wrong::picture:
      return templates.picture;
    case Wrong::other:
      break;
  }
  return templates.other;
}

bool is_date_or_time(const text::Fact& fact) {
  return fact.kind == text::FactKind::date || fact.kind == text::FactKind::time;
}

// Words that belong to a time and stand outside its fact.
constexpr std::string_view kClockWords[] = {"pukul", "jam", "at"};

// Whether facts are all that `value` says; what is left may be blanks, commas, signs and, for a date, "pukul".
bool is_wholly(const std::vector<text::Fact>& facts, std::string_view value) {
  std::u32string rest = decode_utf8(value);
  for (const text::Fact& fact : facts) {
    std::fill(rest.begin() + fact.span.begin, rest.begin() + fact.span.end, U' ');
  }
  const std::vector<std::string> words = words_of(encode_utf8(rest));
  return std::all_of(words.begin(), words.end(),
                     [](const std::string& word) { return is_one_of(fold_case(word), kClockWords); });
}

// One number, or a date with its time, and nothing else.
Result<std::vector<text::Fact>> facts_of(Wrong what, std::string_view value, Language language) {
  std::vector<text::Fact> facts = text::find_facts(value, language);
  const bool date = what == Wrong::date;
  const bool right_kind = std::all_of(facts.begin(), facts.end(), [&](const text::Fact& fact) {
    return is_date_or_time(fact) == date && !fact.approximate;
  });
  if (facts.empty() || !right_kind) {
    return fail(ErrorKind::bad_input, std::string(value), fmt::format("cannot be read as a {}", name_of(what)));
  }
  const bool one_of_each = facts.size() == 1 || (date && facts.size() == 2 && facts[0].kind != facts[1].kind);
  if (!one_of_each || !is_wholly(facts, value)) {
    return fail(ErrorKind::bad_input, std::string(value),
                fmt::format("says more than a {}; give that alone", name_of(what)));
  }
  return facts;
}

// A value of the main language as readers of `language` write it.
std::string localised(const std::vector<text::Fact>& facts, std::string_view value, Language main_language,
                      Language language) {
  if (language == main_language) return std::string(value);
  std::string written;
  for (const text::Fact& fact : facts) {
    if (!written.empty()) written += ' ';
    written += text::write_fact(fact, language);
  }
  return written;
}

// Two different values, both there.
Result<void> require_two(std::string_view wrong, std::string_view right) {
  if (wrong.empty() || right.empty()) return fail(ErrorKind::bad_input, "--wrong/--right", "both values are needed");
  if (wrong == right)
    return fail(ErrorKind::bad_input, std::string(right), "was right: --wrong and --right say the same");
  return {};
}

}  // namespace

std::optional<Wrong> parse_wrong(std::string_view name) {
  for (const auto& [what, candidate] : kNames) {
    if (candidate == name) return what;
  }
  return std::nullopt;
}

std::string_view name_of(Wrong what) {
  for (const auto& [value, name] : kNames) {
    if (value == what) return name;
  }
  return "";
}

std::string wrong_names() {
  std::string names;
  for (const auto& [what, name] : kNames) names += (names.empty() ? "" : ", ") + std::string(name);
  return names;
}

Result<std::string> correction_notice(Wrong what, std::string_view wrong, std::string_view right,
                                      Language main_language, Language language) {
  const std::string_view pattern = template_of(templates_of(language), what);
  if (what == Wrong::headline || what == Wrong::picture || what == Wrong::other) return std::string(pattern);
  KABAR_TRY(require_two(wrong, right));
  if (what == Wrong::name) return fmt::format(fmt::runtime(pattern), right, wrong);
  KABAR_ASSIGN(const std::vector<text::Fact> right_facts, facts_of(what, right, main_language));
  KABAR_ASSIGN(const std::vector<text::Fact> wrong_facts, facts_of(what, wrong, main_language));
  if (std::equal(right_facts.begin(), right_facts.end(), wrong_facts.begin(), wrong_facts.end(), text::same_fact)) {
    return fail(ErrorKind::bad_input, std::string(right), "was right: --wrong and --right say the same");
  }
  return fmt::format(fmt::runtime(pattern), localised(right_facts, right, main_language, language),
                     localised(wrong_facts, wrong, main_language, language));
}

Result<std::string> translation_notice(std::string_view wrong, std::string_view right, Language language) {
  KABAR_TRY(require_two(wrong, right));
  return fmt::format(fmt::runtime(templates_of(language).translation), right, wrong);
}

}  // namespace kabar::life
