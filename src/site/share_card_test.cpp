#include "site/share_card.h"

#include <gtest/gtest.h>

namespace kabar::site {
namespace {

// Width and height from the header chunk of a PNG.
std::pair<int, int> size_of(const std::string& png) {
  if (png.size() < 24 || !png.starts_with("\x89PNG\r\n\x1a\n")) return {0, 0};
  const auto number = [&](size_t at) {
    int value = 0;
    for (size_t i = at; i < at + 4; ++i) value = value * 256 + static_cast<unsigned char>(png[i]);
    return value;
  };
  return {number(16), number(20)};
}

TEST(ShareCard, IsDrawnInEachScript) {
  const ShareCard cards[] = {
      {.tag = "id", .site = "Warta", .section = "Ekonomi", .headline = "Harga beras turun Rp300 per kilogram"},
      {.tag = "zh-Hans",
       .site = "群岛新闻",
       .section = "财经",
       .headline = "大米价格每公斤下降300印尼盾",
       .label = "人工智能翻译"},
      {.tag = "ja", .site = "群島ニュース", .section = "経済", .headline = "米の価格が下落", .label = "AI翻訳"},
      {.tag = "ar", .right_to_left = true, .site = "أخبار", .section = "اقتصاد", .headline = "انخفاض أسعار الأرز"}};
  for (const ShareCard& card : cards) {
    const Result<std::string> png = draw_share_card(card);
    ASSERT_TRUE(png) << png.error().text();
    EXPECT_EQ(size_of(*png), std::pair(kCardWidth, kCardHeight));
    EXPECT_LT(png->size(), 150'000u) << card.tag;
  }
}

TEST(ShareCard, ALongHeadlineStaysWithinItsCard) {
  std::string headline;
  for (int i = 0; i < 500; ++i) headline += "panjang sekali ";
  EXPECT_TRUE(draw_share_card({.tag = "id", .site = "Warta", .section = "Ekonomi", .headline = headline}));
}

TEST(ShareCard, HasAnotherAddressWhenAnythingOnItChanges) {
  const ShareCard card{.tag = "en", .site = "Warta", .section = "News", .headline = "A", .notice = "B"};
  ShareCard reviewed = card;
  reviewed.notice = "C";
  ShareCard moved = card;
  moved.section = "NewsA";
  moved.headline = "";
  EXPECT_EQ(share_card_address(card), share_card_address(card));
  EXPECT_NE(share_card_address(card), share_card_address(reviewed));
  EXPECT_NE(share_card_address(card), share_card_address(moved));
  EXPECT_TRUE(share_card_address(card).starts_with("/cards/"));
}

}  // namespace
}  // namespace kabar::site
