#include "translate/names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kabar::translate {
namespace {

using testing::ElementsAre;

std::vector<std::string> names_in(std::string_view text, BlockType block = BlockType::paragraph,
                                  const NameWords& known = {}) {
  std::vector<std::string> names;
  for (const Name& name : find_names(Read(text), block, known)) names.push_back(name.text);
  return names;
}

TEST(Names, OfficesAndPlacesKindsAreNotPartOfThem) {
  EXPECT_THAT(names_in("Menurut Kepala Dinas Pendidikan Hendra Wirawan, uang itu hilang."),
              ElementsAre("Hendra Wirawan"));
  EXPECT_THAT(names_in("Ia tinggal di Kecamatan Semarang Utara, Jawa Tengah."), ElementsAre("Semarang"));
  EXPECT_THAT(names_in("Petani di Kecamatan Bukit menuturkan hal itu."), ElementsAre("Bukit"));
  EXPECT_THAT(names_in("Kata Sanae Takaichi di Kyoto kemarin."), ElementsAre("Sanae Takaichi", "Kyoto"));
  EXPECT_THAT(names_in("Gol dicetak Nguyen van Tho pada Sabtu."), ElementsAre("Nguyen van Tho"));
  EXPECT_THAT(names_in("Warga mengungsi ke GOR Tanah Mas."), ElementsAre("GOR", "Tanah Mas"));
}

TEST(Names, TheFirstWordOfASentenceCountsOnlyWithEvidence) {
  EXPECT_THAT(names_in("Harga kopi naik."), ElementsAre());
  EXPECT_THAT(names_in("Putu Gede Ariawan memulai usaha."), ElementsAre("Putu Gede Ariawan"));
  EXPECT_THAT(names_in("Sutrisno menyelamatkan kambing.", BlockType::paragraph, {"Sutrisno"}), ElementsAre("Sutrisno"));
  EXPECT_THAT(names_in("Menurut Bima, resep itu gagal."), ElementsAre("Bima"));
}

TEST(Names, HeadlinesUseWhatTheArticleSays) {
  const NameWords known = {"Ilham", "Pasaribu"};
  EXPECT_THAT(names_in("Kapten Ilham Pasaribu Absen di Final", BlockType::headline, known),
              ElementsAre("Ilham Pasaribu"));
  EXPECT_THAT(names_in("Kapten Ilham Pasaribu Absen di Final", BlockType::headline), ElementsAre());
}

TEST(Names, AHeadlineThatNobodyMarkedIsOneAllTheSame) {
  EXPECT_THAT(names_in("Dua Pekan Dirawat, Korban Ledakan Akhirnya Diizinkan Pulang"), ElementsAre());
  EXPECT_THAT(names_in("Korban itu, Siti Rahma, dirawat di Rumah Sakit Bunda."), ElementsAre("Siti Rahma", "Bunda"));
}

TEST(Names, KindsOfThingsAndNumbersAreNotPartOfThem) {
  EXPECT_THAT(names_in("Saat itu Badai Tropis Danielle mendekat."), ElementsAre("Danielle"));
  EXPECT_THAT(names_in("Sejak Perang Tiga Puluh Tahun usai, kota itu sepi."), ElementsAre());
}

TEST(Names, LettersOfFiguresAreNone) { EXPECT_THAT(names_in("Harganya Rp12.500 untuk tim U-23."), ElementsAre()); }

}  // namespace
}  // namespace kabar::translate
