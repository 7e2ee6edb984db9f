// Blocks back into a file of the input's format.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "article/article.h"

namespace kabar::markup {

// The whole article with `blocks` in place of its own (segments.h: blocks_of), in `language`. Markdown gets a front
// matter if the article had one. Text is escaped, embeds stand as they came.
std::string write(const Article& article, std::span<const Block> blocks, Language language, Format format);

// One block's text with its tags: "<a href=\"…\">…</a>" or "[…](…)". For HTML this is what pages show; Latin words
// in Arabic are isolated with <bdi>.
std::string inline_html(const Block& block, Language language);
std::string inline_markdown(const Block& block);

}  // namespace kabar::markup
