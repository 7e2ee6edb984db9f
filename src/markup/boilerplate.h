// Furniture of news pages that is no part of the article: links to other articles, calls to scroll, credits of the
// site's own channels. It must not be translated ("SEE ALSO:" without its link, "scroll to continue" mid-story).
#pragma once
#include <string_view>
#include <vector>

#include "article/article.h"

namespace kabar::markup {

// Takes furniture out of the blocks, and the links that follow a "Baca juga:" of their own.
void drop_boilerplate(std::vector<Block>& blocks, Language language);

// Whether a whole block of this text is furniture.
bool is_boilerplate(std::string_view text, Language language);

}  // namespace kabar::markup
