// Embedded markup reduced to what our pages may hold.
#pragma once
#include <string>
#include <string_view>

#include "site/page_model.h"

namespace kabar::site {

inline constexpr size_t kEmbedBytesMax = 64 * 1024;

// Text, links, quotes, lists and pictures of the own host are kept; a frame, script, video or post of another host
// becomes a link "Open content from HOST", because pages make no request to third parties. Everything else is
// dropped. Whatever comes in, what comes out is well-formed and safe. Longer input than kEmbedBytesMax: empty.
std::string sanitize_embed(std::string_view raw, const SiteConfig& site, std::string_view link_text);

}  // namespace kabar::site
