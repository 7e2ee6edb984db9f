// The picture that stands for a story where its address is shared: headline in the right script, and the notice, which
// must not stay behind when the picture travels without the page.
#pragma once
#include <string>

#include "base/result.h"
#include "site/page_context.h"

namespace kabar::site {

struct ShareCard {
  std::string tag;  // BCP 47, chooses fonts: "zh-Hans"
  bool right_to_left = false;
  std::string site;  // name of the edition
  std::string section;
  std::string headline;
  std::string label;   // "AI translation"; empty for what people wrote
  std::string notice;  // sentences of the notice; empty for the main language
};

inline constexpr int kCardWidth = 1200;  // pixels, what Open Graph readers expect
inline constexpr int kCardHeight = 630;

ShareCard share_card(const PageContext& context, const CatalogueArticle& article, Language language);

// "/cards/3f2a91c0d4e5a6b7.png": the name is a hash of all that is drawn, so a card is made once.
std::string share_card_address(const ShareCard& card);

// The bytes of a PNG. unsupported if no font of this machine has the characters. Takes some tens of milliseconds.
// Thread-safe.
Result<std::string> draw_share_card(const ShareCard& card);

}  // namespace kabar::site
