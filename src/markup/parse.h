// Reads an article as newsrooms write it: Markdown with front matter, HTML5, plain text.
#pragma once
#include <string_view>

#include "article/article.h"
#include "base/result.h"

namespace kabar::markup {

inline constexpr size_t kArticleBytesMax = 10 << 20;
inline constexpr int kNestingMax = 512;  // open elements, as browsers limit them
inline constexpr int kBlocksMax = 50'000;

// `bytes` must be UTF-8; they are brought to NFC. `name` is the file's name, for errors ("article.md:14: …").
//
// The first block is the headline: the front matter's title, else the first heading, else (plain text) the first
// line. Furniture of newsrooms ("Baca juga", "Advertisement", agency brands in datelines) is dropped; see
// boilerplate.h and dateline.h. A front matter's `image` becomes Article::image and, with `caption` or `alt`, an
// image block with the attribute "lead" and its caption and alt blocks. Embeds keep their markup as it is, also
// scripts: whoever shows them must clean them.
// `language` is that of a file that does not say its own. Article::id stays empty unless the front matter has one.
// Thread-safe. Errors: bad_input (not UTF-8, NUL, a broken front matter, no headline), limit (size, nesting, blocks).
Result<Article> parse(std::string_view bytes, Format format, std::string_view name, Language language = Language::id);

}  // namespace kabar::markup
