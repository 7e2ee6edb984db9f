#include "life/change.h"

#include <fstream>
#include <set>

#include <gtest/gtest.h>

namespace kabar::life {
namespace {

bool is_indonesian(std::string_view word) {
  static const std::set<std::string, std::less<>> words = [] {
    std::ifstream file(KABAR_ROOT "/data/checks/words/id.txt");
    std::set<std::string, std::less<>> read;
    for (std::string line; std::getline(file, line);) read.insert(line);
    return read;
  }();
  return words.contains(word);
}

struct Case {
  const char* name;  // what a reader of a reviewed version would be told wrongly
  const char* before;
  const char* after;
};

class IsSubstance : public testing::TestWithParam<Case> {};
TEST_P(IsSubstance, AnyChangeOfMeaning) {
  EXPECT_NE(difference_in_substance(GetParam().before, GetParam().after, Language::id, is_indonesian), "");
  EXPECT_NE(difference_in_substance(GetParam().after, GetParam().before, Language::id, is_indonesian), "");
}

constexpr Case kSubstance[] = {
    {"number", "Sebanyak 12 orang tewas.", "Sebanyak 13 orang tewas."},
    {"number_word", "Ada lima korban.", "Ada enam korban."},
    {"money", "Kerugian Rp1,2 miliar.", "Kerugian Rp1,2 triliun."},
    {"date", "Rapat digelar Senin (3/8).", "Rapat digelar Senin (10/8)."},
    {"name", "Kata Sri Hartati di Bogor.", "Kata Sri Hartini di Bogor."},
    {"name_by_one_letter", "Bupati Budi hadir.", "Bupati Budo hadir."},
    {"office", "Kata wakil bupati itu.", "Kata bupati itu."},
    {"negation", "Ia tidak ditahan polisi.", "Ia ditahan polisi."},
    {"negation_not_yet", "Ia belum ditahan.", "Ia sudah ditahan."},
    {"stage_of_a_case", "Ia menjadi saksi.", "Ia menjadi tersangka."},
    {"quotation", "\"Kami sedang mendalami,\" katanya.", "\"Kami sedang mendalamai,\" katanya."},
    {"question", "Harga naik.", "Harga naik?"},
    {"another_word", "Polisi menemukan mobil.", "Polisi menemukan motor."},
    {"direction", "Harga beras naik.", "Harga beras turun."},
    {"opposite_by_one_letter", "Warga membela bupati.", "Warga mencela bupati."},
    {"injured_opened", "Korban terluka di jalan.", "Korban terbuka di jalan."},
    {"praised_tested", "Ia memuji obat itu.", "Ia menguji obat itu."},
    {"forbidden_hoped", "Itu haram bagi warga.", "Itu harap bagi warga."},
    {"unknown_words", "Alat itu memplorasi data.", "Alat itu memflorasi data."},
};
INSTANTIATE_TEST_SUITE_P(Change, IsSubstance, testing::ValuesIn(kSubstance),
                         [](const auto& test) { return std::string(test.param.name); });

class IsTypo : public testing::TestWithParam<Case> {};
TEST_P(IsTypo, SpellingAndPunctuationOnly) {
  EXPECT_EQ(difference_in_substance(GetParam().before, GetParam().after, Language::id, is_indonesian), "");
}

constexpr Case kTypos[] = {
    {"letter", "Warga kawatir akan banjir.", "Warga khawatir akan banjir."},
    {"swapped", "Pemreintah menutup jalan.", "Pemreintah menutup jalan ."},
    {"two_letters", "Petugas mengevakuasai warga.", "Petugas mengevakuasi warga."},
    {"comma", "Namun warga menolak.", "Namun, warga menolak."},
    {"new_typo", "Warga tetap tenang.", "Warga tetap tennag."},
    {"doubled", "Semua anak-annak bermain.", "Semua anak-anak bermain."},
    {"capital", "Kata presiden itu.", "Kata Presiden itu."},
    {"same", "Tetap sama.", "Tetap sama."},
};
INSTANTIATE_TEST_SUITE_P(Change, IsTypo, testing::ValuesIn(kTypos),
                         [](const auto& test) { return std::string(test.param.name); });

std::vector<store::StoredSegment> segments(const std::vector<std::string>& texts) {
  std::vector<store::StoredSegment> result;
  for (const std::string& text : texts) {
    Segment segment{.id = "s" + std::to_string(result.size() + 1)};
    segment.block_type = result.empty() ? BlockType::headline : BlockType::paragraph;
    segment.text = text;
    result.push_back({segment, ""});
  }
  return result;
}

Change change(const std::vector<std::string>& before, const std::vector<std::string>& after) {
  const std::vector<store::StoredSegment> previous = segments(before);
  std::vector<Segment> current;
  for (const store::StoredSegment& stored : segments(after)) current.push_back(stored.segment);
  const Inherited inherited = inherit_ids(previous, current, static_cast<int>(previous.size()));
  return classify_change(previous, inherited, Language::id, is_indonesian);
}

TEST(ChangeOfARevision, AddedRemovedAndHeadlineAreSubstance) {
  EXPECT_EQ(change({}, {"Judul"}).kind, ChangeKind::first);
  EXPECT_EQ(change({"Judul", "Satu pergi."}, {"Judul", "Satu pergi.", "Dua datang lagi."}).kind, ChangeKind::substance);
  EXPECT_EQ(change({"Judul", "Satu pergi.", "Dua datang lagi."}, {"Judul", "Satu pergi."}).kind, ChangeKind::substance);
  EXPECT_EQ(change({"Warga kawatir", "Satu."}, {"Warga khawatir", "Satu."}).kind, ChangeKind::substance);
}

TEST(ChangeOfARevision, MovingSentencesIsNone) {
  EXPECT_EQ(change({"Judul", "Satu pergi.", "Dua datang."}, {"Judul", "Dua datang.", "Satu pergi."}).kind,
            ChangeKind::typo);
}

}  // namespace
}  // namespace kabar::life
