#include "terms/transliterate.h"

#include <gtest/gtest.h>

namespace kabar::terms {
namespace {

TEST(Transliterate, IndonesianNames) {
  EXPECT_EQ(transliterate("Bandung", Language::ja), "バンドゥン");
  EXPECT_EQ(transliterate("Siti Nurlaila", Language::ja), "シティ・ヌルライラ");
  EXPECT_EQ(transliterate("Soekarno", Language::ja), "スカルノ");
  EXPECT_EQ(transliterate("Hendra Wirawan", Language::zh), "亨德拉·维拉万");
  EXPECT_EQ(transliterate("Budi", Language::zh), "布迪");
  EXPECT_EQ(transliterate("Syamsul Bahri", Language::ar), "شامسول باهري");
  EXPECT_EQ(transliterate("Agus", Language::ar), "أغوس");
}

TEST(Transliterate, LatinScriptsAndOtherTextGiveNothing) {
  EXPECT_EQ(transliterate("Budi", Language::fr), "");
  EXPECT_EQ(transliterate("Garuda 77", Language::ja), "");
  EXPECT_EQ(transliterate("", Language::zh), "");
}

}  // namespace
}  // namespace kabar::terms
