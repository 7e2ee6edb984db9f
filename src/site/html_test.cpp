#include "site/html.h"

#include <set>

#include <gtest/gtest.h>

#include "site/address.h"
#include "site/sanitize.h"

namespace kabar::site {
namespace {

const SiteConfig kSite;

Block block(BlockType type, std::string text, std::map<std::string, std::string> attributes = {}) {
  return {.id = "b1", .type = type, .text = std::move(text), .attributes = std::move(attributes)};
}

std::string body(const std::vector<Block>& blocks) {
  return render_body(blocks, {}, {.site = &kSite, .embed_link = "Buka {host}"});
}

TEST(Slug, IsReadableInEachScript) {
  EXPECT_EQ(make_slug("Harga Rp1,2 triliun: naik!", SlugStyle::unicode), "harga-rp1-2-triliun-naik");
  EXPECT_EQ(make_slug("L’inflation recule à 2,6 %", SlugStyle::unicode), "l-inflation-recule-à-2-6");
  EXPECT_EQ(make_slug("インドネシア中銀、金利据え置き", SlugStyle::unicode), "インドネシア中銀-金利据え置き");
  EXPECT_EQ(make_slug("مُحَمَّد يفوز", SlugStyle::unicode), "محمد-يفوز");
  EXPECT_EQ(make_slug("École d'été", SlugStyle::latin), "ecole-d-ete");
  EXPECT_EQ(make_slug("Le yen s'est renforcé, dit qu’il l’a", SlugStyle::latin), "le-yen-s-est-renforce-dit-qu-il-l-a");
  EXPECT_EQ(make_slug("Japan's gov’t", SlugStyle::unicode), "japans-govt");
  EXPECT_EQ(make_slug("中央银行", SlugStyle::latin), "zhong-yang-yin-xing");
  EXPECT_EQ(make_slug("?!", SlugStyle::unicode), "berita");
}

TEST(Slug, StaysShortAndWhole) {
  const std::string slug = make_slug(std::string(30, 'a') + " " + std::string(200, 'b'), SlugStyle::unicode);
  EXPECT_LE(slug.size(), 96u);
  std::string han;
  for (int i = 0; i < 100; ++i) han += "中";
  EXPECT_EQ(make_slug(han, SlugStyle::unicode).size() % 3, 0u);
}

TEST(Address, NamesOfOursAndPathsAreNoIds) {
  EXPECT_TRUE(address_id("ekonomi/rupiah 1").starts_with("ekonomi-rupiah-1~"));
  EXPECT_TRUE(address_id("../../x").starts_with("-..-x~"));
  EXPECT_TRUE(address_id("page").starts_with("page~"));
  EXPECT_EQ(address_section("tag"), "tag-");
  EXPECT_EQ(address_section(""), "berita");
}

TEST(Address, EveryIdHasOneOfItsOwn) {
  EXPECT_EQ(address_id("lain-rupiah_2.b"), "lain-rupiah_2.b");
  std::set<std::string> addresses;
  const std::vector<std::string> ids = {
      "lain-rupiah", "lain/rupiah", "lain rupiah", ".lain-rupiah", "page", "page-", ""};
  for (const std::string& id : ids) addresses.insert(address_id(id));
  EXPECT_EQ(addresses.size(), ids.size());
}

TEST(Inline, TagsNestAndTextIsEscaped) {
  const InlineTags tags = {{.name = "a", .span = {2, 7}, .attributes = {{"href", "https://x.id/?a=1&b=2"}}},
                           {.name = "strong", .span = {4, 5}}};
  EXPECT_EQ(render_inline("1<2345678", tags),
            "1&lt;<a href=\"https://x.id/?a=1&amp;b=2\" rel=\"noopener noreferrer\">23<strong>4</strong>56</a>78");
}

TEST(Inline, ControlsNeverReachAPage) {
  EXPECT_EQ(escape_html("a\x01"
                        "b\n\t\x0b<"),
            "ab\n\t&lt;");
}

TEST(Inline, MarksAreKept) {
  EXPECT_EQ(render_inline("ab", {{.name = "mark", .span = {0, 1}}, {.name = "u", .span = {1, 2}}}),
            "<mark>a</mark><u>b</u>");
}

TEST(Inline, CrossedTagsAreCutNotCrossed) {
  const InlineTags tags = {{.name = "em", .span = {0, 3}}, {.name = "strong", .span = {2, 5}}};
  EXPECT_EQ(render_inline("abcdef", tags), "<em>ab<strong>c</strong></em>def");
}

TEST(Inline, UnknownTagsAndDangerousLinksAreText) {
  EXPECT_EQ(render_inline("ab", {{.name = "script", .span = {0, 2}}}), "ab");
  for (const char* href :
       {"javascript:alert(1)", "JaVa\nscript:alert(1)", " data:text/html,x", "//evil.id/", "vbscript:x"}) {
    EXPECT_EQ(render_inline("ab", {{.name = "a", .span = {0, 2}, .attributes = {{"href", href}}}}), "ab") << href;
  }
  EXPECT_EQ(safe_link("/id/berita/"), "/id/berita/");
  EXPECT_EQ(safe_link("mailto:a@b.id"), "mailto:a@b.id");
}

TEST(Headline, ChineseMayBreakBetweenWordsOnly) {
  EXPECT_EQ(headline_html("雅加达洪水淹没三座村庄", Language::zh), "雅加达<wbr>洪水<wbr>淹没<wbr>三座<wbr>村庄");
  EXPECT_EQ(headline_html("“A & B”公司：涨价12%", Language::zh), "“A &amp; B”公司：涨价12%");
  EXPECT_EQ(headline_html("A < B", Language::en), "A &lt; B");
}

TEST(Body, ListsNestAndClose) {
  const auto item = [](const char* text, const char* depth) {
    return block(BlockType::list_item, text, {{"list", "unordered"}, {"depth", depth}});
  };
  EXPECT_EQ(body({item("a", "1"), item("b", "2"), item("c", "1"), block(BlockType::paragraph, "p")}),
            "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>\n<p>p</p>\n");
}

TEST(Body, AnOrderedListBeginsWhereItSays) {
  const std::map<std::string, std::string> first = {{"list", "ordered"}, {"depth", "1"}, {"start", "5"}};
  EXPECT_EQ(body({block(BlockType::list_item, "a", first)}), "<ol start=\"5\">\n<li>a</li>\n</ol>\n");
}

TEST(Body, ADatelineOpensTheFirstParagraph) {
  EXPECT_EQ(body({block(BlockType::dateline, "JAKARTA"), block(BlockType::paragraph, "Hujan.")}),
            "<p><b class=\"dateline\">JAKARTA</b> – Hujan.</p>\n");
}

TEST(Body, SentencesAreMarkedWhereTheyStand) {
  TranslatedSegment first{.id = "s1", .block_id = "b1", .text = "One."};
  TranslatedSegment second{.id = "s2", .block_id = "b1", .text = "Two."};
  EXPECT_EQ(render_body({block(BlockType::paragraph, "One. Two.")}, {first, second},
                        {.site = &kSite, .mark_sentences = true}),
            "<p><span data-s=\"s1\">One.</span> <span data-s=\"s2\">Two.</span></p>\n");
}

TEST(Body, PicturesOfOthersAreNotLoaded) {
  EXPECT_EQ(body({block(BlockType::image, "", {{"src", "https://evil.id/a.jpg"}})}), "");
  EXPECT_NE(body({block(BlockType::image, "", {{"src", "media/a.jpg"}}), block(BlockType::alt, "pasar")})
                .find("src=\"/media/a.jpg\" alt=\"pasar\""),
            std::string::npos);
}

TEST(Sanitize, KeepsTextAndLinksAndDropsWhatRuns) {
  const auto clean = [](const char* raw) { return sanitize_embed(raw, kSite, "Buka {host}"); };
  EXPECT_EQ(clean("<p onclick=x>a <b style='x'>b</b><script>alert(1)</script></p>"),
            "<div class=\"embedded\"><p>a <b>b</b></p></div>\n");
  EXPECT_EQ(clean("<iframe src=\"//video.id/1\"></iframe>"),
            "<div class=\"embedded\"><a class=\"embed\" href=\"https://video.id/1\" rel=\"noopener noreferrer\">Buka "
            "video.id</a></div>\n");
  EXPECT_EQ(clean("<video src='/media/v.mp4' controls autoplay onplay=x></video>"),
            "<div class=\"embedded\"><video src=\"/media/v.mp4\" controls preload=\"metadata\"></video></div>\n");
  EXPECT_EQ(clean("<audio><source src='https://lain.id/a.mp3'><source src='/media/a.mp3'></audio>"),
            "<div class=\"embedded\"><audio src=\"/media/a.mp3\" controls preload=\"metadata\"></audio></div>\n");
  EXPECT_EQ(clean("<svg onload=alert(1)><style>x</style>"), "");
  EXPECT_EQ(clean("<a href='javascript:x'>a</a>"), "<div class=\"embedded\">a</div>\n");
  EXPECT_EQ(clean(std::string(kEmbedBytesMax + 1, 'a').c_str()), "");
}

TEST(ReadingTime, CountsWordsOrCharacters) {
  std::string words;
  for (int i = 0; i < 660; ++i) words += "kata ";
  EXPECT_EQ(reading_minutes(words, true), 3);
  EXPECT_EQ(reading_minutes("", true), 1);
  std::string han;
  for (int i = 0; i < 1000; ++i) han += "字";
  EXPECT_EQ(reading_minutes(han, false), 2);
}

}  // namespace
}  // namespace kabar::site
