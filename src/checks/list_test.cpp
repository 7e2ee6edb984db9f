#include "checks/list.h"

#include <set>

#include <gtest/gtest.h>

#include "base/file.h"
#include "base/utf8.h"
#include "checks/check.h"
#include "checks/messages.h"

namespace kabar::checks {
namespace {

const Knowledge& knowledge() {
  static const Result<Knowledge> loaded = Knowledge::load(KABAR_ROOT "/data");
  if (!loaded) std::fprintf(stderr, "%s\n", loaded.error().text().c_str());
  KABAR_CHECK(loaded.has_value());
  return *loaded;
}

struct Marked {
  std::string text;
  std::optional<Span> span;
};

// The last marked place; every mark is taken out, unless the text itself quotes with them.
Marked unmark(const std::string& text) {
  Marked marked;
  std::u32string out;
  int begin = 0;
  for (char32_t point : decode_utf8(text)) {
    if (point == U'«') {
      begin = static_cast<int>(out.size());
    } else if (point == U'»') {
      marked.span = Span{begin, static_cast<int>(out.size())};
    } else {
      out += point;
    }
  }
  marked.text = encode_utf8(out);
  return marked;
}

TEST(CheckList, EveryCheckHasAnIdOfItsOwnAndADocumentation) {
  std::set<std::string_view> ids;
  for (const Check* check : all_checks()) {
    EXPECT_TRUE(ids.insert(check->id).second) << check->id;
    EXPECT_TRUE(check->doc.ends_with('.')) << check->id;
    EXPECT_TRUE(!check->examples.empty() || check->id == "markup") << check->id << " has no example";
  }
}

TEST(CheckList, TheDocumentationNamesEveryIdAndNoOther) {
  const std::string text = *read_file(KABAR_ROOT "/docs/checks.md", 1u << 20);
  const size_t table = text.find("| group | ids |");
  ASSERT_NE(table, std::string::npos);
  const std::string rows = text.substr(table, text.find("\n\n", table) - table);
  std::set<std::string> documented;
  for (size_t at = rows.find('`'); at != std::string::npos;) {
    const size_t end = rows.find('`', at + 1);
    ASSERT_NE(end, std::string::npos);
    documented.insert(rows.substr(at + 1, end - at - 1));
    at = rows.find('`', end + 1);
  }
  std::set<std::string> known(other_ids().begin(), other_ids().end());
  for (const Check* check : all_checks()) known.insert(std::string(check->id));
  EXPECT_EQ(documented, known);
}

TEST(CheckList, EveryExampleFindsWhatItSays) {
  for (const Check* check : all_checks()) {
    for (const Example& example : check->examples) {
      const Marked source = unmark(example.source);
      const Marked target = unmark(example.target);
      Pair pair;
      pair.source = source.text;
      pair.target = target.text;
      pair.target_language = example.language;
      std::vector<Finding> findings;
      run_checks(pair, knowledge(), findings);
      const Finding* found = nullptr;
      std::string others;
      for (const Finding& finding : findings) {
        if (finding.check == check->id && finding.severity != Severity::info && found == nullptr) found = &finding;
        if (finding.check == check->id && example.finds == Finds::info) found = &finding;
        if (finding.severity != Severity::info) others += finding.check + ": " + finding.message + "\n";
      }
      const std::string shown = std::string(check->id) + ": " + example.target + "\n" + others;
      if (example.finds == Finds::nothing) {
        EXPECT_EQ(others, "") << shown;
        continue;
      }
      EXPECT_NE(found, nullptr) << shown;
      if (found == nullptr) continue;
      EXPECT_EQ(static_cast<int>(found->severity) + 1, static_cast<int>(example.finds)) << shown;
      EXPECT_TRUE(!source.span || (found->source_span && found->source_span->overlaps(*source.span))) << shown;
      EXPECT_TRUE(!target.span || (found->target_span && found->target_span->overlaps(*target.span))) << shown;
      EXPECT_FALSE(found->message.empty());
    }
  }
}

TEST(CheckList, WordsToldApartForIndonesianOnlyWarnFromEnglish) {
  const auto polarity = [](Language source, const char* text) {
    Pair pair;
    pair.source_language = source;
    pair.target_language = Language::fr;
    pair.source = text;
    pair.target = "Le tribunal a interdit la manifestation.";
    std::vector<Finding> findings;
    run_checks(pair, knowledge(), findings);
    for (const Finding& finding : findings) {
      if (finding.check == "polarity") return finding;
    }
    return Finding();
  };
  EXPECT_EQ(polarity(Language::id, "Pengadilan mengizinkan demonstrasi itu.").severity, Severity::error);
  EXPECT_TRUE(polarity(Language::id, "Pengadilan mengizinkan demonstrasi itu.").blocking);
  EXPECT_EQ(polarity(Language::en, "The court allowed the protest.").severity, Severity::warning);
  EXPECT_FALSE(polarity(Language::en, "The court allowed the protest.").blocking);
}

TEST(Messages, EditorsOfEveryEditionReadTheirOwnLanguage) {
  const auto read = [](Language editor) { return message("fact.changed", editor, "1,2 juta", "12"); };
  EXPECT_EQ(read(Language::id), "Sumber menulis «1,2 juta», terjemahan «12».");
  EXPECT_EQ(read(Language::en), "The source says “1,2 juta”, the translation “12”.");
  EXPECT_EQ(read(Language::fr), "L’original dit «\u00A01,2 juta\u00A0», la traduction «\u00A012\u00A0».");
  EXPECT_EQ(read(Language::zh), "原文是“1,2 juta”，译文是“12”。");
  EXPECT_EQ(read(Language::ja), "原文は「1,2 juta」、訳文は「12」です。");
  EXPECT_EQ(read(Language::ar), "في الأصل «\u20681,2 juta\u2069»، وفي الترجمة «\u206812\u2069».");
  for (const char* other : {"de", "jv"}) EXPECT_EQ(read(*Language::parse(other)), read(Language::en));
  EXPECT_EQ(read(Language()), read(Language::en));
}

TEST(Messages, ValuesStandWhereTheLanguageNeedsThem) {
  EXPECT_EQ(message("lint.sum", Language::ja, "100", "90"), "内訳の合計は90で、100ではありません。");
  EXPECT_EQ(message("kind.changed", Language::zh, "harimau", "大象"), "“harimau”变成了“大象”：同类，但不是一回事。");
  EXPECT_EQ(
      message("direction.turned", Language::fr, "Ketapang", "Gilimanuk"),
      "La direction semble inversée\u00A0: dans l’original, de «\u00A0Ketapang\u00A0» à «\u00A0Gilimanuk\u00A0».");
}

}  // namespace
}  // namespace kabar::checks
