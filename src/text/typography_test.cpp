#include "text/typography.h"

#include <random>

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace kabar::text {
namespace {

struct Case {
  Language language;
  std::string_view text;
  std::string_view set;
};

TEST(Typography, AsEachLanguagePrints) {
  const Case kCases[] = {
      {Language::fr, "Il a dit : \"Oui !\"", "Il a dit\u00A0: «\u202FOui\u202F!\u202F»"},
      {Language::fr, "“Non”, dit-il; pourquoi?", "«\u202FNon\u202F», dit-il\u202F; pourquoi\u202F?"},
      {Language::fr, "L'an 2026: 12 500 personnes, 12 %", "L’an 2026\u00A0: 12\u202F500 personnes, 12\u202F%"},
      {Language::fr, "à 18:15, voir https://a.fr/?x=1", "à 18:15, voir https://a.fr/?x=1"},
      {Language::fr, "Quoi ?!", "Quoi\u202F?!"},
      {Language::en, "\"It's fine,\" he said. \"The '90s\"", "“It’s fine,” he said. “The ’90s”"},
      {Language::en, "rock 'n' roll", "rock ‘n’ roll"},
      {Language::id, "\"Kami siap,\" kata Budi.", "“Kami siap,” kata Budi."},
      {Language::zh, "他说:\"好,走吧.\"", "他说：“好，走吧。”"},
      {Language::zh, "增长 12.5%, 达 1,250 人.", "增长12.5%，达1,250人。"},
      {Language::zh, "普拉博沃(Prabowo)来了?", "普拉博沃（Prabowo）来了？"},
      {Language::zh, "米价居高不下 官方放粮", "米价居高不下 官方放粮"},
      {Language::ja, "\"はい\"と述べた.", "「はい」と述べた。"},
      {Language::ja, "KPK (汚職撲滅委) は12%増,と発表", "KPK（汚職撲滅委）は12％増、と発表"},
      {Language::ja, "“彼は“はい”と言った”", "「彼は『はい』と言った」"},
      {Language::ar, "قال: \"نعم\", ثم ذهب?", "قال: «نعم»، ثم ذهب؟"},
      {Language::ar, "1,250 في London, Paris", "1,250 في London, Paris"},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(typeset(c.text, c.language), c.set);
    EXPECT_EQ(typeset(c.set, c.language), c.set) << "set twice";
  }
}

TEST(Typography, PositionsMoveWithTheText) {
  const std::string_view text = "dit \"oui\" ici";  // the link stands on oui
  const std::vector<Edit> edits = typography_edits(text, Language::fr);
  const std::string set = apply_edits(text, edits);
  const Span span{moved_position(edits, 5, false), moved_position(edits, 8, true)};
  EXPECT_EQ(slice_points(set, span), "oui");
  EXPECT_EQ(moved_position(edits, 13, true), count_points(set));
}

TEST(Typography, EditsAreInOrderForAnyInput) {
  std::mt19937 random(3);
  const std::u32string alphabet = U" \"“”«»'’:;!?.,%()12a你あم\n\u202F\u00A0…";
  for (int round = 0; round < 3000; ++round) {
    std::u32string points;
    for (int i = static_cast<int>(random() % 16); i > 0; --i) points += alphabet[random() % alphabet.size()];
    const std::string text = encode_utf8(points);
    for (const Language language :
         {Language::id, Language::en, Language::fr, Language::zh, Language::ja, Language::ar}) {
      const std::vector<Edit> edits = typography_edits(text, language);
      const std::string set = apply_edits(text, edits);
      int before = 0;
      for (const Edit& edit : edits) {
        ASSERT_GE(edit.span.begin, before) << text;
        ASSERT_LE(edit.span.end, static_cast<int>(points.size()));
        before = edit.span.end;
      }
      for (int i = 0; i <= static_cast<int>(points.size()); ++i) {
        ASSERT_LE(moved_position(edits, i, true), count_points(set));
      }
    }
  }
}

TEST(Typography, LatinNamesAndScoresAreIsolatedInArabic) {
  const std::vector<DirectionRun> runs = direction_runs("فاز Persib Bandung على 3-1 في 2026");
  ASSERT_EQ(runs.size(), 5u);
  EXPECT_EQ(runs[1].text, "Persib Bandung");
  EXPECT_TRUE(runs[1].foreign);
  EXPECT_EQ(runs[3].text, "3-1");
  EXPECT_TRUE(runs[3].foreign);
  EXPECT_EQ(runs[4].text, " في 2026");
  EXPECT_FALSE(runs[4].foreign);
}

}  // namespace
}  // namespace kabar::text
