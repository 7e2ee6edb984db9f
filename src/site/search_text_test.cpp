#include "site/search_text.h"

#include <algorithm>

#include <gmock/gmock.h>

#include "site/search_stems.h"

namespace kabar::site {
namespace {

using testing::Contains;

// Whether a reader who types `query` finds a text that holds `text`: a word of the text begins with the query's word,
// or they share a form.
bool finds(std::string_view query, std::string_view text, Language language) {
  const std::vector<SearchWord> there = search_words(text, language);
  for (const SearchWord& wanted : search_words(query, language)) {
    const bool found = std::ranges::any_of(there, [&](const SearchWord& word) {
      const auto is_form = [&](const std::string& form) {
        return form == word.text || std::ranges::find(word.stems, form) != word.stems.end();
      };
      const bool part =
          wanted.is_run ? word.text.find(wanted.text) != std::string::npos : word.text.starts_with(wanted.text);
      return part || is_form(wanted.text) || std::ranges::any_of(wanted.stems, is_form);
    });
    if (!found) return false;
  }
  return true;
}

struct Case {
  const char* name;
  Language language;
  const char* query;
  const char* text;
  bool found = true;
};

const Case kCases[] = {
    {"beginning", Language::id, "gubern", "Gubernur Jakarta"},
    {"accents", Language::fr, "economie", "L’économie indonésienne"},
    {"accents_typed", Language::fr, "élève", "les eleves"},
    {"case", Language::en, "JAKARTA", "jakarta"},
    {"full_width", Language::ja, "ＡＩ", "AI翻訳"},
    {"chinese_word_in_a_longer_one", Language::zh, "总统", "总统府发言人"},
    {"chinese_not_by_parts", Language::zh, "总统", "系统总结", false},
    {"japanese_word_in_a_longer_one", Language::ja, "大統領", "副大統領が訪問"},
    {"kana_differ_by_their_marks", Language::ja, "かき", "かぎ", false},
    {"arabic_article", Language::ar, "رئيس", "قال الرئيس"},
    {"arabic_article_typed", Language::ar, "الرئيس", "رئيس الوزراء"},
    {"arabic_with_particle", Language::ar, "اقتصاد", "والاقتصاد"},
    {"arabic_vowels", Language::ar, "محمد", "مُحَمَّد"},
    {"arabic_alef", Language::ar, "اسعار", "أسعار"},
    {"root_of_active", Language::id, "kirim", "Pemerintah mengirimkan bantuan"},
    {"active_of_root", Language::id, "mengirim", "bantuan dikirim"},
    {"noun_of_verb", Language::id, "pengiriman", "mereka mengirim"},
    {"swallowed_t", Language::id, "tulis", "menuliskannya"},
    {"swallowed_s", Language::id, "sewa", "menyewa"},
    {"swallowed_p", Language::id, "pilih", "pemilihan"},
    {"own_vowel", Language::id, "ambil", "mengambil"},
    {"circumfix", Language::id, "bijak", "kebijakan"},
    {"particle", Language::id, "rumah", "rumahnyalah"},
    {"english_plural", Language::en, "policies", "the policy"},
    {"french_plural", Language::fr, "journaux", "un journal"},
    {"another_word", Language::id, "harga", "pemerintah", false},
};

class Search : public testing::TestWithParam<Case> {};

TEST_P(Search, FindsWhatAReaderMeans) {
  EXPECT_EQ(finds(GetParam().query, GetParam().text, GetParam().language), GetParam().found);
}
INSTANTIATE_TEST_SUITE_P(Words, Search, testing::ValuesIn(kCases),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(SearchText, RunsAreSpreadSoThatAPhraseFindsAPart) {
  EXPECT_EQ(search_text("总统府", Language::zh).words, "总 统 府");
  EXPECT_EQ(search_text("Rp5.000, naik!", Language::id).words, "rp5 000 naik");
}

TEST(SearchExpression, HoldsNothingButQuotedWordsAndOperators) {
  EXPECT_EQ(search_expression("\"a\" OR title:b* NEAR(c)", Language::zh),
            "(\"a\" *) AND (\"or\" *) AND (\"title\" *) AND (\"b\" *) AND (\"near\" *) AND (\"c\" *)");
  EXPECT_EQ(search_expression("总统", Language::zh), "(\"总 统\")");
  EXPECT_EQ(search_expression(" ,.;\"'* ", Language::id), "");
  EXPECT_EQ(search_expression("\xff\xfe", Language::id), "");
}

TEST(SearchExpression, IsBounded) {
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "kata ";
  const std::string expression = search_expression(many, Language::id);
  EXPECT_EQ(std::ranges::count(expression, '('), static_cast<int>(kQueryWordsMax));
}

}  // namespace
}  // namespace kabar::site
