#include "mt/shortlist.h"

#include <gtest/gtest.h>

#include "base/file.h"

namespace kabar::mt {
namespace {

const std::string kFixtures = std::string(KABAR_ROOT) + "/tests/fixtures/";

Vocabulary letters() {
  std::string list = "</s>\n<unk>\n";
  for (char c = 'a'; c <= 'z'; ++c) list += std::string(1, c) + "\n";
  return *Vocabulary::parse_list(list, "letters");  // a = 2, b = 3, … z = 27
}

TEST(Shortlist, TextKeepsTheMostProbable) {
  const Vocabulary vocabulary = letters();
  // For a: x .5, y .3, z .1; two are kept. NULL lines do not count.
  const auto list = Shortlist::parse_text("x a 0.5\nz a 0.1\ny a 0.3\nNULL a 0.9\nb NULL 0.9\n", "lex", vocabulary,
                                          vocabulary, /*first=*/2, /*best=*/2);
  ASSERT_TRUE(list) << list.error().text();
  // 0 1 (first), x = 25, y = 26, and filled up to 8 with 2 3 4 5.
  EXPECT_EQ(list->candidates(std::vector<int32_t>{2}, false), (std::vector<int32_t>{0, 1, 2, 3, 4, 5, 25, 26}));
  // With a shared vocabulary the source piece k = 12 may be copied.
  EXPECT_EQ(list->candidates(std::vector<int32_t>{12, 0}, true), (std::vector<int32_t>{0, 1, 2, 3, 4, 5, 6, 12}));
}

TEST(Shortlist, SaysTheLineOfAFault) {
  const Vocabulary vocabulary = letters();
  EXPECT_EQ(Shortlist::parse_text("x a 0.5\nx a\n", "lex", vocabulary, vocabulary).error().place, "lex:2");
}

TEST(Shortlist, TextAndBinaryOfMarianAreTheSame) {
  const std::string folder = kFixtures + "marian-enid-ssru/";
  const Vocabulary vocabulary = *Vocabulary::open(folder + "vocab.spm");
  const auto text = Shortlist::open(folder + "lex.s2t.txt", vocabulary, vocabulary);
  ASSERT_TRUE(text) << text.error().text();
  EXPECT_TRUE(text->serialize() == *read_file(folder + "lex.50.50.s2t.bin", 1 << 20));
}

TEST(Shortlist, SeparateVocabularies) {
  const std::string folder = kFixtures + "marian-enja-ssru4/";
  const Vocabulary source = *Vocabulary::open(folder + "srcvocab.spm");
  const Vocabulary target = *Vocabulary::open(folder + "trgvocab.spm");
  const auto text = Shortlist::open(folder + "lex.s2t.txt", source, target);
  ASSERT_TRUE(text) << text.error().text();
  EXPECT_TRUE(text->serialize() == *read_file(folder + "lex.50.50.s2t.bin", 1 << 20));
}

TEST(Shortlist, EveryDamageIsAnError) {
  const std::string good = *read_file(kFixtures + "marian-enid-ssru/lex.50.50.s2t.bin", 1 << 20);
  ASSERT_TRUE(Shortlist::parse(good, "lex", 512, 512));
  EXPECT_FALSE(Shortlist::parse(good, "lex", 511, 512));  // another vocabulary
  EXPECT_FALSE(Shortlist::parse(good, "lex", 512, 100));  // ids outside the target
  EXPECT_FALSE(Shortlist::parse(good + "x", "lex", 512, 512));
  EXPECT_FALSE(Shortlist::parse(good.substr(0, 100), "lex", 512, 512));
  EXPECT_FALSE(Shortlist::parse("", "lex", 512, 512));
  for (size_t at = 0; at + 8 <= good.size(); at += 61) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x40);
    EXPECT_FALSE(Shortlist::parse(bad, "lex", 512, 512)) << at;
  }
}

}  // namespace
}  // namespace kabar::mt
