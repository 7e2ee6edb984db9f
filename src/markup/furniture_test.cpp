#include <gtest/gtest.h>

#include "markup/boilerplate.h"
#include "markup/dateline.h"

namespace kabar::markup {
namespace {

TEST(Boilerplate, FurnitureIsKnown) {
  for (const std::string_view text :
       {"Baca juga: Harga Beras Naik", "BACA JUGA: X", "ADVERTISEMENT", "SCROLL TO CONTINUE WITH CONTENT",
        "Gulir ke bawah untuk melanjutkan membaca", "[Gambas:Video 20detik]", "(haf/haf)", "Pewarta: Ani",
        "Artikel ini telah tayang di X dengan judul Y", "- Simak juga 'Video Z':", "Iklan"}) {
    EXPECT_TRUE(is_boilerplate(text, Language::id)) << text;
  }
}

TEST(Boilerplate, NewsIsNot) {
  for (const std::string_view text :
       {"Iklan rokok dilarang di dekat sekolah.", "Bagikan beras, Bulog gandeng TNI.", "Penulis Andrea Hirata hadir.",
        "Editorial hari ini.", "(Jakarta)", "Warga membaca juga koran."}) {
    EXPECT_FALSE(is_boilerplate(text, Language::id)) << text;
  }
}

TEST(Dateline, ThePlaceStaysTheBrandGoes) {
  struct Case {
    std::string_view text;
    std::string_view place;
  };
  for (const Case& c :
       {Case{"JAKARTA, KOMPAS.com - Hujan", "Jakarta"}, Case{"Jakarta (ANTARA) - Hujan", "Jakarta"},
        Case{"TEMPO.CO, Jakarta - Hujan", "Jakarta"}, Case{"Liputan6.com, Bandung - Hujan", "Bandung"},
        Case{"REPUBLIKA.CO.ID, BANDA ACEH -- Hujan", "Banda Aceh"}, Case{"Jakarta, CNN Indonesia -- Hujan", "Jakarta"},
        Case{"BANDUNG | Hujan", "Bandung"}, Case{"Surabaya – Hujan", "Surabaya"}}) {
    const std::optional<Dateline> dateline = find_dateline(c.text);
    ASSERT_TRUE(dateline) << c.text;
    EXPECT_EQ(dateline->place, c.place);
    EXPECT_EQ(c.text.substr(c.text.size() - 5), "Hujan");
  }
  for (const std::string_view text : {"Prabowo - Gibran menang", "Ia pergi - tetapi kembali",
                                      "Harga naik 5 - 10 persen", "Menteri (Menkeu) - kata Ani", "JAKARTA", ""}) {
    EXPECT_FALSE(find_dateline(text)) << text;
  }
}

}  // namespace
}  // namespace kabar::markup
