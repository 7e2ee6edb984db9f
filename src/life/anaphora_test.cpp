#include "life/anaphora.h"

#include <gtest/gtest.h>

namespace kabar::life {
namespace {

TEST(RefersBack, PronounsAndTheirEndings) {
  for (const char* sentence : {"Ia membantah tuduhan itu.", "Menurut dia, harga naik.", "\"Benar,\" ujarnya.",
                               "Rumahnya terbakar.", "Mereka pulang."}) {
    EXPECT_TRUE(refers_back(sentence, Language::id)) << sentence;
  }
}

TEST(RefersBack, NotNamesNorWordsThatOnlyLookSo) {
  for (const char* sentence :
       {"Harga beras naik.", "Hanya tiga orang hadir.", "Sebelumnya, hujan turun.", "Presiden bertanya lagi."}) {
    EXPECT_FALSE(refers_back(sentence, Language::id)) << sentence;
  }
  EXPECT_FALSE(refers_back("Dia de los Muertos begins.", Language::en));
}

}  // namespace
}  // namespace kabar::life
