#include "text/sentences.h"

#include <random>

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace kabar::text {
namespace {

// The sentences with "|" between them.
std::string marked(std::string_view text, Language language) {
  std::string all;
  for (const Piece& piece : split_sentences(text, language)) {
    all += (all.empty() ? "" : "|") + std::string(slice_points(text, piece.span));
  }
  return all;
}

// `expected` without its bars is the text; a bar stands for the space between two sentences.
void expect_split(std::string_view expected, Language language, std::string_view gap = " ") {
  std::string text;
  for (const char c : expected) {
    if (c == '|') {
      text += gap;
    } else {
      text += c;
    }
  }
  EXPECT_EQ(marked(text, language), expected);
}

TEST(Sentences, Indonesian) {
  for (const std::string_view text : {
           "Dr. Siti tiba pukul 21.00 WIB.|Ia langsung bekerja.",
           "Kombes Pol. Andi membantah.|Ia menolak.",
           "Harganya Rp1.250,50 per kilogram.|Naik 2 persen.",
           "\"Kami siap.|Kami akan datang,\" kata Budi.",
           "“Siapa dia?” tanya Ani.|Budi diam.",
           "“Saya pulang.”|Ia lalu pergi.",
           "JAKARTA - Hujan turun.|Banjir surut.",
           "Kejadian itu pada Kamis (6/8/2026).|Polisi datang.",
           "Warga di Jl. Merdeka No. 12 mengungsi.|Mereka tidur di masjid.",
           "Ir. H. Joko Widodo hadir.|Ia tersenyum.",
           "Budi dkk. ditangkap.|Mereka mengaku.",
           "Hadir pula A. Yani dan S.T. Burhanuddin.|Acara selesai.",
           "Ia bergelar S.H.|Namun ia menolak.",
           "Buku, pensil, dll.|Semua hilang.",
           "Apa benar?!|Tidak...|Mungkin.",
           "Hasilnya 2-1.|3 pemain cedera.",
           "1. Bawa air.|Lalu minum.",
           "Lihat https://kpu.go.id/a.b sekarang.|Selesai.",
           "Judul tanpa titik",
           "PT. Maju Tbk. untung.|Sahamnya naik.",
       }) {
    expect_split(text, Language::id);
  }
}

TEST(Sentences, OtherLanguages) {
  expect_split("Dr. Smith left at 9 p.m. Western Indonesia Time.|He spoke.", Language::en);
  expect_split("He lives in the U.S.|The house is big.", Language::en);
  expect_split("No. 5 won.|No.|He lost.", Language::en);
  expect_split("M. Dupont a dit : « Nous sommes prêts. »|Il est parti.", Language::fr);
  expect_split("Il a 3,5 millions.|Elle en a 2.", Language::fr);
  expect_split("他说：“我们准备好了。”|警方随后离开。|为什么？", Language::zh, "");
  expect_split("「準備はできた。行く」と述べた。|会見は終わった。", Language::ja, "");
  expect_split("「行く。」と述べた。", Language::ja, "");
  expect_split("قال د. أحمد إنه بخير.|هل هذا صحيح؟|نعم.", Language::ar);
}

TEST(Sentences, LineFeedsEndThem) {
  EXPECT_EQ(marked("Satu\nDua", Language::id), "Satu|Dua");
  EXPECT_EQ(split_sentences("Satu. \n Dua.", Language::id)[0].gap, " \n ");
}

TEST(Sentences, BlankTextHasNone) {
  EXPECT_TRUE(split_sentences("", Language::id).empty());
  EXPECT_TRUE(split_sentences(" \n\u00A0 ", Language::id).empty());
}

// Whatever comes in, nothing of it may be lost between two sentences.
TEST(Sentences, CoverTheTextForAnyInput) {
  const std::u32string alphabet = U" .!?\"”»「」。\nA.bé9(您م،)";
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::u32string points;
    for (int i = static_cast<int>(random() % 40); i > 0; --i) points += alphabet[random() % alphabet.size()];
    const std::string text = encode_utf8(points);
    for (const Language language : {Language::id, Language::fr, Language::ja}) {
      std::string joined;
      int end = 0;
      for (const Piece& piece : split_sentences(text, language)) {
        if (joined.empty()) end = piece.span.begin;
        ASSERT_EQ(piece.span.begin, end) << text;
        ASSERT_LT(piece.span.begin, piece.span.end);
        joined += std::string(slice_points(text, piece.span)) + piece.gap;
        end = piece.span.end + count_points(piece.gap);
      }
      ASSERT_TRUE(std::string_view(text).ends_with(joined)) << text;
    }
  }
}

}  // namespace
}  // namespace kabar::text
