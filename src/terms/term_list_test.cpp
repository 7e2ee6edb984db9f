#include "terms/term_list.h"

#include <gtest/gtest.h>

#include <thread>

#include "terms/termbase.h"

namespace kabar::terms {
namespace {

constexpr const char* kRows =
    "# made for the test\n"
    "id\tkind\tterm\tforms\tacronym\tcontext\tscope\ten\ten_not\tfr_first\n"
    "kpk\torganisation\tKomisi Pemberantasan Korupsi\t komisi antirasuah | lembaga antirasuah \tKPK\t\t\tCorruption "
    "Eradication Commission|KPK\tKorean Party\tCommission (KPK)\n"
    "apel\tsense\tapel\t\t\tbuah||pasar\tpangan\tapple\t\t\n";

TermList rows() {
  const auto file = std::make_shared<const TermRows>(*TermRows::parse(kRows, "t.tsv"));
  TermList list;
  for (size_t row = 0; row < file->size(); ++row) list.add(file, row);
  return list;
}

// A row that nobody has read yet says the same as its Term.
TEST(TermList, ARowIsItsTerm) {
  const TermList list = rows();
  const TermList made(list.terms());
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list.languages(), made.languages());
  EXPECT_EQ(list.languages(), (std::vector{Language::en, Language::fr}));
  TermForms row, term;
  TermRenderings row_says, term_says;
  for (size_t i = 0; i < list.size(); ++i) {
    list.read_forms(i, row);
    made.read_forms(i, term);
    EXPECT_EQ(row.id, term.id);
    EXPECT_EQ(row.forms, term.forms);
    EXPECT_EQ(row.context, term.context);
    EXPECT_EQ(row.scoped, term.scoped);
    EXPECT_EQ(list.place(i), made.place(i));
    for (Language language : {Language::en, Language::fr, Language::ja}) {
      list.read_renderings(i, language, row_says);
      made.read_renderings(i, language, term_says);
      EXPECT_EQ(row_says.right, term_says.right);
      EXPECT_EQ(row_says.wrong, term_says.wrong);
      EXPECT_EQ(row_says.first, term_says.first);
    }
  }
  list.read_forms(0, row);
  EXPECT_EQ(row.forms, (std::vector<std::string_view>{"Komisi Pemberantasan Korupsi", "komisi antirasuah",
                                                      "lembaga antirasuah", "KPK"}));
  list.read_forms(1, row);
  EXPECT_EQ(row.context, (std::vector<std::string_view>{"buah", "pasar"}));
  EXPECT_TRUE(row.scoped);
  EXPECT_EQ(list.place(1), "t.tsv:4");
}

TEST(TermList, ThreadsThatAskAtOnceGetOneTerm) {
  const TermList list = rows();
  std::vector<const Term*> seen(8);
  {
    std::vector<std::jthread> threads;
    threads.reserve(seen.size());
    for (const Term*& slot : seen) threads.emplace_back([&] { slot = &list[0]; });
  }
  for (const Term* term : seen) EXPECT_EQ(term, seen[0]);
  EXPECT_EQ(seen[0]->acronyms, std::vector<std::string>{"KPK"});
}

// A fault in a row is found when the file is opened, not when somebody translates the word.
TEST(TermList, FaultsAreFoundBeforeARowIsAskedFor) {
  const std::string head = "id\tkind\tterm\tsince\n";
  EXPECT_EQ(TermRows::parse(head + "a\tclub\tA\t\n", "t.tsv").error().text(), "t.tsv:2: 'club' is no valid kind");
  EXPECT_EQ(TermRows::parse(head + "a\tterm\tA\t2024\nb\tterm\tB\t20x4\n", "t.tsv").error().text(),
            "t.tsv:3: '20x4' is no valid since");
  const auto twice = std::make_shared<const TermRows>(*TermRows::parse(head + "a\tterm\tA\t\na\tterm\tB\t\n", "t.tsv"));
  TermList list;
  list.add(twice, 0);
  list.add(twice, 1);
  EXPECT_EQ(Termbase::make(std::move(list)).error().text(), "t.tsv:3: the id 'a' occurs twice");
}

}  // namespace
}  // namespace kabar::terms
