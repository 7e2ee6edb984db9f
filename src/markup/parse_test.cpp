#include "markup/parse.h"

#include <gtest/gtest.h>

#include "article/version.h"
#include "markup/segments.h"
#include "markup/write.h"

namespace kabar::markup {
namespace {

// "paragraph: text", one block a line, tags written in.
std::string shown(const std::vector<Block>& blocks) {
  std::string all;
  for (const Block& block : blocks) {
    all += std::string(name_of(block.type)) + ": " + inline_html(block, Language::id);
    const auto raw = block.attributes.find("raw");
    if (raw != block.attributes.end()) all += raw->second;
    const auto source = block.attributes.find("src");
    if (source != block.attributes.end()) all += source->second;
    all += "\n";
  }
  return all;
}

Article read(std::string_view text, Format format) {
  Result<Article> article = parse(text, format, "a.md");
  EXPECT_TRUE(article) << (article ? "" : article.error().text());
  return article ? std::move(*article) : Article{};
}

std::string error_of(std::string_view text, Format format) {
  const Result<Article> article = parse(text, format, "a.md");
  return article ? "none" : article.error().text();
}

constexpr std::string_view kMarkdown = R"(---
# the desk's own notes are no part of it
title: "Banjir: 17 Desa Terendam"
id: banjir-2026
site: jawa-tengah
section: Lingkungan Hidup
authors: [Ani Wijaya, 'Budi S.']
date: 2026-08-06 21:00
tags:
  - banjir
  - Jawa Tengah
image: foto/banjir.jpg
caption: Warga mengungsi, Kamis (6/8).
wartawan_foto: Citra
---
DEMAK, KOMPAS.com - Hujan *sangat* deras [turun](https://bmkg.go.id "BMKG") sejak
Rabu&nbsp;malam. H<sub>2</sub>O meluap.

**Baca juga:** [Gempa di Jepara](https://x.id/1)

- [Longsor di Kudus](https://x.id/2)

## Pengungsi

1. Air bersih
2. Selimut
   - tipis

> “Kami menunggu,” kata Siti.

| Desa | Jiwa |
|---|---|
| Sayung | 120 |

![Perahu karet](perahu.jpg "Perahu di Sayung")

<iframe src="https://v.id/1"></iframe>

ADVERTISEMENT

Air surut pada Jumat. (ani/bud)
)";

TEST(Parse, MarkdownOfANewsroom) {
  const Article article = read(kMarkdown, Format::markdown);
  EXPECT_EQ(article.title(), "Banjir: 17 Desa Terendam");
  EXPECT_EQ(article.id, "banjir-2026");
  EXPECT_EQ(article.site, "jawa-tengah");
  EXPECT_EQ(article.section, "lingkungan-hidup");
  EXPECT_EQ(article.authors, (std::vector<std::string>{"Ani Wijaya", "Budi S."}));
  EXPECT_EQ(article.tags, (std::vector<std::string>{"banjir", "Jawa Tengah"}));
  EXPECT_EQ(article.image, "foto/banjir.jpg");
  EXPECT_EQ(article.other.at("wartawan_foto"), "Citra");
  // 21:00 WIB is 14:00 UTC.
  EXPECT_EQ(*article.date, Time(std::chrono::sys_days(std::chrono::year(2026) / 8 / 6) + std::chrono::hours(14)));
  EXPECT_EQ(shown(article.blocks), R"(headline: Banjir: 17 Desa Terendam
image: foto/banjir.jpg
caption: Warga mengungsi, Kamis (6/8).
dateline: Demak
paragraph: Hujan <em>sangat</em> deras <a href="https://bmkg.go.id" title="BMKG">turun</a> sejak Rabu malam. H<sub>2</sub>O meluap.
subheading: Pengungsi
list_item: Air bersih
list_item: Selimut
list_item: tipis
quote: “Kami menunggu,” kata Siti.
table_cell: Desa
table_cell: Jiwa
table_cell: Sayung
table_cell: 120
image: perahu.jpg
alt: Perahu karet
caption: Perahu di Sayung
embed: <iframe src="https://v.id/1"></iframe>
paragraph: Air surut pada Jumat.
)");
  EXPECT_EQ(article.blocks[0].id, "b1");
}

TEST(Parse, HtmlOfANewsroom) {
  const Article article = read(R"HTML(<!doctype html><html lang="id"><head><title>KPK Tahan Bupati | Situs</title>
<meta name="author" content="Dewi"><meta property="article:published_time" content="2026-08-06T10:00:00Z"></head>
<body><nav><a href="/">Beranda</a></nav>
<article><h1>KPK Tahan <span style="color:red">Bupati</span></h1>
<p style="text-align:justify"><b>Jakarta (ANTARA)</b> - KPK&nbsp;menahan <span><span>Bupati <i>X</i></span></span>.<br>Ia diam.</p>
<div class="ads-box">Beli!</div>
<p><strong>Baca juga: <a href="/y">Y</a></strong></p>
<figure><img src="a.jpg" alt="Gedung KPK"><figcaption>Gedung KPK (Foto: Antara)</figcaption></figure>
<script>alert(1)</script><p>SCROLL TO CONTINUE WITH CONTENT</p>
<ul><li>Satu<ul><li>Dua</li></ul></li></ul>
<p><a href="javascript:alert(1)">Klik</a> <a href="https://kpk.go.id">situs</a>.</p>
<blockquote class="twitter-tweet"><p>cuit</p></blockquote>
Teks lepas.
</article><footer>Hak cipta</footer></body></html>)HTML",
                               Format::html);
  EXPECT_EQ(article.authors, std::vector<std::string>{"Dewi"});
  EXPECT_EQ(shown(article.blocks), R"(headline: KPK Tahan Bupati
dateline: Jakarta
paragraph: KPK menahan Bupati <em>X</em>.<br>
Ia diam.
image: a.jpg
alt: Gedung KPK
caption: Gedung KPK (Foto: Antara)
list_item: Satu
list_item: Dua
paragraph: Klik <a href="https://kpk.go.id">situs</a>.
embed: <blockquote class="twitter-tweet"><p>cuit</p></blockquote>
paragraph: Teks lepas.
)");
}

TEST(Parse, PlainText) {
  const Article article = read(
      "\xEF\xBB\xBFHarga Beras Naik\r\n\r\nJAKARTA - Harga beras\r\nnaik. \n\nBaca juga: X\n\nSelesai.", Format::text);
  EXPECT_EQ(shown(article.blocks),
            "headline: Harga Beras Naik\ndateline: Jakarta\nparagraph: Harga beras naik.\nparagraph: Selesai.\n");
}

TEST(Parse, TheLanguageIsTheFilesOwnOrElseTheOneGiven) {
  const auto language = [](std::string_view text, Format format) {
    return parse(text, format, "a", Language::en)->language;
  };
  EXPECT_EQ(language("# Flood\n\nWater.\n", Format::markdown), Language::en);
  EXPECT_EQ(language("---\nlang: fr\n---\n# Crue\n\nEau.\n", Format::markdown), Language::fr);
  EXPECT_EQ(language("<html><h1>Flood</h1><p>Water.</p></html>", Format::html), Language::en);
  EXPECT_EQ(language("<html lang=\"fr-FR\"><h1>Crue</h1><p>Eau.</p></html>", Format::html), Language::fr);
  EXPECT_EQ(language("Flood\n\nWater.\n", Format::text), Language::en);
}

TEST(Parse, ControlsAreDropped) {
  const Article article = read("---\ntitle: Harga\vNaik\x01\n---\nSatu\fdua\x1B.\n", Format::markdown);
  EXPECT_EQ(shown(article.blocks), "headline: Harga Naik\nparagraph: Satu dua.\n");
  const Article page = read("<article><h1>Judul</h1><p>Satu&#11;dua &#1;tiga.</p></article>", Format::html);
  EXPECT_EQ(shown(page.blocks), "headline: Judul\nparagraph: Satu dua tiga.\n");
}

TEST(Parse, ListsKeepTheirFirstNumber) {
  for (const auto& [text, format] : {std::pair("# A\n\n5. lima\n6. enam\n", Format::markdown),
                                     {"<h1>A</h1><ol start=\"5\"><li>lima</li><li>enam</li></ol>", Format::html}}) {
    const Article article = read(text, format);
    ASSERT_EQ(article.blocks.size(), 3u);
    EXPECT_EQ(article.blocks[1].attributes.at("start"), "5");
    EXPECT_FALSE(article.blocks[2].attributes.contains("start"));
  }
}

TEST(Parse, FaultsAreNamedWithTheirPlace) {
  EXPECT_EQ(error_of("# A\n\xFF", Format::markdown), "a.md:2: not UTF-8: byte 0xFF at offset 4");
  EXPECT_EQ(error_of(std::string_view("# A\0", 4), Format::markdown), "a.md:1: NUL byte at offset 3");
  EXPECT_EQ(error_of("---\ntitle: A\nbukan pasangan\n---\n", Format::markdown),
            "a.md:3: expected \"key: value\" in the front matter");
  EXPECT_EQ(error_of("---\ntitle: A\n", Format::markdown), "a.md:1: the front matter has no closing ---");
  EXPECT_EQ(error_of("---\ntitle: \"A\n---\n", Format::markdown), "a.md:2: a quoted value has no closing \"");
  EXPECT_EQ(error_of("---\ntitle: A\ndate: kemarin\n---\n", Format::markdown),
            "a.md: \"kemarin\" is no date (2026-08-06 or 2026-08-06T21:00:00+07:00)");
  EXPECT_EQ(error_of("", Format::text), "a.md: no headline: give a title in the front matter or a heading");
  EXPECT_EQ(error_of(std::string(50 << 20, 'a'), Format::text), "a.md: larger than 10 MB");
}

TEST(Parse, EndlessNestingIsRefusedAtOnce) {
  std::string deep;
  for (int i = 0; i < 10'000; ++i) deep += "\n<div>";
  EXPECT_EQ(error_of(deep, Format::html), "a.md:514: more than 512 elements are open at once");
  EXPECT_EQ(error_of(deep, Format::markdown), "a.md:514: more than 512 elements are open at once");
  EXPECT_EQ(error_of(std::string(10'000, '>') + " a", Format::markdown),
            "a.md:1: quotations or brackets are nested too deeply");
  EXPECT_EQ(error_of(std::string(10'000, '['), Format::markdown),
            "a.md:1: quotations or brackets are nested too deeply");
  // Unclosed formatting is made again in every paragraph: 400 * 20,000 elements of 240 kB.
  std::string bold;
  for (int i = 0; i < 400; ++i) bold += "<b id=" + std::to_string(i) + ">";
  for (int i = 0; i < 20'000; ++i) bold += "<p>x";
  EXPECT_EQ(error_of(bold, Format::html), "a.md:1: formatting elements are left open too often");
  // Wrong end tags do not hide the depth.
  std::string hidden;
  for (int i = 0; i < 10'000; ++i) hidden += "<div></b>";
  EXPECT_EQ(error_of(hidden, Format::html), "a.md:1: more than 512 elements are open at once");
}

TEST(Segment, SentencesWithTheirTags) {
  const Article article = read("# Judul. Baru\n\nDr. Ani *datang. Ia* pergi.  \nSelesai", Format::markdown);
  const std::vector<Segment> segments = segment(article);
  ASSERT_EQ(segments.size(), 4u);
  EXPECT_EQ(segments[0].text, "Judul. Baru");
  EXPECT_EQ(segments[1].id, "b2.1");
  EXPECT_EQ(segments[1].text, "Dr. Ani datang.");
  EXPECT_EQ(segments[1].tags, (InlineTags{{"em", {8, 15}, {}}}));
  EXPECT_EQ(segments[1].gap, " ");
  EXPECT_EQ(segments[2].text, "Ia pergi.");
  EXPECT_EQ(segments[2].tags, (InlineTags{{"em", {0, 2}, {}}, {"br", {9, 9}, {}}}));
  EXPECT_EQ(segments[2].gap, "\n");
  EXPECT_EQ(segments[3].text, "Selesai");
}

std::vector<TranslatedSegment> copied(const Article& article) {
  std::vector<TranslatedSegment> out;
  for (const Segment& segment : segment(article)) {
    TranslatedSegment translated;
    translated.id = segment.id;
    translated.block_id = segment.block_id;
    translated.text = segment.text;
    translated.tags = segment.tags;
    out.push_back(std::move(translated));
  }
  return out;
}

// What is written reads as the same article again, in every format that can hold it.
TEST(Write, IsReadBack) {
  const Article article = read(kMarkdown, Format::markdown);
  const std::vector<Block> blocks = blocks_of(article, copied(article), Language::id);
  EXPECT_EQ(shown(blocks), shown(article.blocks));
  const Article again = read(write(article, blocks, Language::id, Format::markdown), Format::markdown);
  EXPECT_EQ(shown(again.blocks), shown(article.blocks));
  EXPECT_EQ(again.date, article.date);
  EXPECT_EQ(again.other, article.other);
  EXPECT_EQ(again.site, article.site);
  const Article html = read(write(article, blocks, Language::id, Format::html), Format::html);
  EXPECT_EQ(html.title(), article.title());
  EXPECT_NE(shown(html.blocks).find("<a href=\"https://bmkg.go.id\" title=\"BMKG\">turun</a>"), std::string::npos);
}

TEST(Write, MarksInTheTextAreEscaped) {
  Article article;
  article.blocks = {{"b1", BlockType::headline, "A*b_[c]", {}, {}},
                    {"b2", BlockType::paragraph, "1. a < b & c", {}, {}}};
  const Article again = read(write(article, article.blocks, Language::id, Format::markdown), Format::markdown);
  EXPECT_EQ(again.blocks[0].text, "A*b_[c]");
  EXPECT_EQ(again.blocks[1].text, "1. a < b & c");
}

TEST(Write, SentencesOfChineseStandWithoutSpaces) {
  const Article article = read("# A\n\nSatu. Dua.", Format::markdown);
  std::vector<TranslatedSegment> segments = copied(article);
  segments[1].text = "一。";
  segments[2].text = "二。";
  EXPECT_EQ(blocks_of(article, segments, Language::zh)[1].text, "一。二。");
}

TEST(Write, LatinNamesAreIsolatedInArabic) {
  Block block;
  block.text = "قال Prabowo ذلك";
  EXPECT_EQ(inline_html(block, Language::ar), "قال <bdi>Prabowo</bdi> ذلك");
}

TEST(Segments, ASentenceWithoutAnEndIsCutAtBlanksAndComesTogetherAgain) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "kata ";
  text += std::string(4000, 'x');
  Article article;
  article.blocks = {{.id = "b1", .type = BlockType::paragraph, .text = text}};
  const std::vector<Segment> segments = segment(article);
  std::string joined;
  for (const Segment& one : segments) {
    EXPECT_LE(one.text.size(), static_cast<size_t>(kSegmentPointsMax));
    EXPECT_FALSE(one.text.ends_with(' '));
    joined += one.text + one.gap;
  }
  EXPECT_EQ(joined, text);
  EXPECT_GT(segments.size(), 10u);
}

}  // namespace
}  // namespace kabar::markup
