#include "mt/vocabulary.h"

#include <gtest/gtest.h>
#include <sentencepiece_processor.h>

#include <random>

#include "base/file.h"
#include "base/utf8.h"
#include "mt/yaml_map.h"

namespace kabar::mt {
namespace {

const std::string kFixtures = std::string(KABAR_ROOT) + "/tests/fixtures/";

Vocabulary open(const std::string& file) {
  Result<Vocabulary> vocabulary = Vocabulary::open(kFixtures + file);
  if (!vocabulary) throw std::runtime_error(vocabulary.error().text());
  return *vocabulary;
}

std::vector<int32_t> ids(const std::vector<EncodedPiece>& pieces) {
  std::vector<int32_t> out;
  for (const EncodedPiece& piece : pieces) out.push_back(piece.id);
  return out;
}

// "text[span]" of every piece, joined with "|".
std::string cut(std::string_view text, const std::vector<Span>& spans) {
  std::string out;
  for (const Span span : spans) out.append(out.empty() ? "" : "|").append(slice_points(text, span));
  return out;
}

std::vector<std::string> awkward_lines() {
  std::vector<std::string> lines = {"",
                                    " ",
                                    "   two  blanks   ",
                                    "ｆｕｌｌ　width",
                                    "ﬁ ligature ½ ㎏ ﷺ",
                                    "e\u0301 combining",
                                    "tab\tand\u00A0no-break",
                                    "emoji 😀👍🏽 end",
                                    "中文和日本語",
                                    "__source__ inside__sep__text __start__ __nothing__",
                                    "12345 1.250,50",
                                    "<unk> </s> <0x41>",
                                    "\u2581 literal \u2581\u2581",
                                    "\u200B\u200C zero width \uFEFF"};
  std::mt19937 random(7);
  const std::u32string alphabet = U"  abeinorst.,'-0129AZéß…“”ａ０　中日あ😀\u0301\u2581_";
  for (int i = 0; i < 500; ++i) {
    std::u32string line;
    for (unsigned n = random() % 40; n > 0; --n) line += alphabet[random() % alphabet.size()];
    lines.push_back(encode_utf8(line));
  }
  return lines;
}

// The library that made the files is the judge.
TEST(Vocabulary, SegmentsLikeSentencePiece) {
  for (const char* file : {"marian-enid-ssru/vocab.spm", "marian-enja-ssru4/srcvocab.spm",
                           "marian-enja-ssru4/trgvocab.spm", "marian-enid-selfatt/source.spm"}) {
    sentencepiece::SentencePieceProcessor judge;
    ASSERT_TRUE(judge.Load(kFixtures + file).ok());
    const Vocabulary vocabulary = open(file);
    EXPECT_EQ(vocabulary.size(), judge.GetPieceSize());
    EXPECT_EQ(vocabulary.end(), judge.eos_id());
    EXPECT_EQ(vocabulary.unknown(), judge.unk_id());
    for (const std::string& line : awkward_lines()) {
      std::vector<int> expected;
      ASSERT_TRUE(judge.Encode(line, &expected).ok());
      const std::vector<int32_t> got = ids(vocabulary.encode(line));
      EXPECT_EQ(got, expected) << file << ": " << line;
      std::string text;
      ASSERT_TRUE(judge.Decode(expected, &text).ok());
      EXPECT_EQ(vocabulary.decode(got).text, text) << file << ": " << line;
    }
  }
}

TEST(Vocabulary, SpansPointIntoTheTextAsGiven) {
  const Vocabulary vocabulary = open("marian-enja-ssru4/srcvocab.spm");
  for (const std::string& line : awkward_lines()) {
    int before = 0;
    for (const EncodedPiece& piece : vocabulary.encode(line)) {
      EXPECT_LE(before, piece.span.begin) << line;
      EXPECT_LE(piece.span.begin, piece.span.end) << line;
      before = piece.span.end;
    }
    EXPECT_LE(before, count_points(line)) << line;
  }
}

// Blanks that the normaliser drops must not shift what comes after them; a full-width digit is its own piece.
TEST(Vocabulary, SpansSkipBlanksAndFollowNormalisation) {
  const Vocabulary vocabulary = open("marian-enja-ssru4/srcvocab.spm");
  const std::string text = "  ４  2";
  std::vector<Span> spans;
  for (const EncodedPiece& piece : vocabulary.encode(text)) {
    if (!piece.span.empty()) spans.push_back(piece.span);
  }
  EXPECT_EQ(cut(text, spans), "４|2");
}

TEST(Vocabulary, BytesOfOneCharacterShareItsSpan) {
  const Vocabulary vocabulary = open("marian-enja-ssru4/srcvocab.spm");
  const std::vector<EncodedPiece> pieces = vocabulary.encode("😀");  // 4 bytes, no piece of its own
  ASSERT_GE(pieces.size(), 4u);
  EXPECT_EQ(pieces[pieces.size() - 2].span, (Span{0, 0}));
  EXPECT_EQ(pieces.back().span, (Span{0, 1}));
  const DecodedText decoded = vocabulary.decode(ids(pieces));
  EXPECT_EQ(decoded.text, "😀");
  EXPECT_EQ(decoded.spans.back(), (Span{0, 1}));
}

TEST(Vocabulary, BytesThatMakeUpNoCharacterAreLeftOut) {
  const Vocabulary vocabulary = open("marian-enja-ssru4/srcvocab.spm");
  const std::vector<EncodedPiece> pieces = vocabulary.encode("😀");
  std::vector<int32_t> cut;
  for (size_t i = 0; i + 1 < pieces.size(); ++i) cut.push_back(pieces[i].id);
  EXPECT_EQ(vocabulary.decode(cut).text.find("\xEF\xBF\xBD"), std::string::npos);
}

TEST(Vocabulary, DecodedSpansLeaveOutBlanksAndControls) {
  const Vocabulary vocabulary = *Vocabulary::parse_list("</s>\n<unk>\nada\nsatu\n", "list");
  const DecodedText decoded = vocabulary.decode(std::vector<int32_t>{2, 3, 0});
  EXPECT_EQ(decoded.text, "ada satu");
  EXPECT_EQ(cut(decoded.text, decoded.spans), "ada|satu|");
}

TEST(Vocabulary, MapGivesTheNumbersAndTheSegmenterThePieces) {
  const std::string folder = kFixtures + "marian-enid-selfatt/";
  Result<Vocabulary> mapped = Vocabulary::open(folder + "vocab.yml", folder + "source.spm");
  Result<Vocabulary> plain = Vocabulary::open(folder + "vocab.yml");
  ASSERT_TRUE(mapped) << mapped.error().text();
  ASSERT_TRUE(plain);
  const std::string text = *read_file(folder + "input.en", 1 << 20);
  const std::string pieces = *read_file(folder + "input.pieces.en", 1 << 20);
  for (size_t a = 0, b = 0; a < text.size();) {
    const size_t a_end = text.find('\n', a), b_end = pieces.find('\n', b);
    EXPECT_EQ(ids(mapped->encode(text.substr(a, a_end - a))), ids(plain->encode(pieces.substr(b, b_end - b))));
    a = a_end + 1;
    b = b_end + 1;
  }
}

// OPUS-MT models for several languages: the first piece says which, and it is not in the segmenter.
TEST(Vocabulary, LanguageTagIsOnePieceOfTheMap) {
  const Vocabulary segmenter = open("marian-enid-selfatt/source.spm");
  const Vocabulary vocabulary = *Vocabulary::parse_list(
      "</s>\n<unk>\n>>ind<<\n\xE2\x96\x81"
      "7\n",
      "list", segmenter);
  const std::vector<EncodedPiece> pieces = vocabulary.encode(">>ind<< 7");
  EXPECT_EQ(ids(pieces), (std::vector<int32_t>{2, 3}));
  EXPECT_EQ(pieces[1].span, (Span{8, 9}));
}

TEST(Vocabulary, ListKeepsEveryId) {
  const Vocabulary vocabulary = open("marian-enid-selfatt/vocab.yml");
  Result<Vocabulary> again = Vocabulary::parse_list(vocabulary.to_list(), "list");
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->same_pieces(vocabulary));
}

TEST(Vocabulary, DamagedFilesAreErrorsAndNotCrashes) {
  const std::string good = *read_file(kFixtures + "marian-enja-ssru4/srcvocab.spm", 1 << 20);
  EXPECT_FALSE(Vocabulary::parse_spm("", "x"));
  EXPECT_FALSE(Vocabulary::parse_spm("hello", "x"));
  for (size_t size = 0; size < good.size(); size += 997) (void)Vocabulary::parse_spm(good.substr(0, size), "x");
  EXPECT_EQ(Vocabulary::open("/nowhere/x.spm").error().kind, ErrorKind::not_found);
}

TEST(YamlMap, ReadsWhatVocabularyWritersWrite) {
  const auto entries = parse_yaml_map(
      "---\n# pieces\n</s>: 0\n\"\\\"\": 1\n\"\\x41\\u00e9\\\\\": 2\n'it''s': 3\nno: 4\n1e3: 5\n:: 6\na:b: 7\n? "
      "long\n: 8\n",
      "v");
  ASSERT_TRUE(entries) << entries.error().text();
  const std::vector<std::pair<std::string, int64_t>> expected = {
      {"</s>", 0}, {"\"", 1}, {"Aé\\", 2}, {"it's", 3}, {"no", 4}, {"1e3", 5}, {":", 6}, {"a:b", 7}, {"long", 8}};
  EXPECT_EQ(*entries, expected);
}

TEST(YamlMap, ReadsJson) {
  const auto entries = parse_yaml_map("{\"</s>\": 0,\n \"\\ud83d\\ude00\": 1, \"a\": 2}\n", "v");
  ASSERT_TRUE(entries) << entries.error().text();
  EXPECT_EQ((*entries)[1].first, "😀");
  EXPECT_EQ(entries->size(), 3u);
}

// Found by fuzzing: a file of 60 bytes that asked for half a million ids.
TEST(Vocabulary, AnIdFarBeyondTheOthersIsAnError) {
  EXPECT_EQ(Vocabulary::parse_yaml("</s>: 0\n<unk>: 1\na: 566666\n", "v.yml").error().kind, ErrorKind::limit);
  EXPECT_TRUE(Vocabulary::parse_yaml("</s>: 0\n<unk>: 1\na: 3\n", "v.yml"));
}

TEST(YamlMap, SaysTheLineOfAFault) {
  EXPECT_EQ(parse_yaml_map("a: 1\nb: x\n", "v.yml").error().place, "v.yml:2");
  EXPECT_EQ(parse_yaml_map("\"open: 1\n", "v.yml").error().kind, ErrorKind::bad_input);
  EXPECT_FALSE(parse_yaml_map("{\"a\": 1", "v.yml"));
}

}  // namespace
}  // namespace kabar::mt
