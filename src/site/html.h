// Text to HTML: escaping, and an article's blocks as the body of a page.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "article/article.h"
#include "article/version.h"
#include "site/page_model.h"

namespace kabar::site {

// For text and for attributes in double quotes; also right in XML, which has no controls: they are left out.
void append_escaped(std::string& out, std::string_view text);
std::string escape_html(std::string_view text);

// The address if a page may link to it, else empty: http, https, mailto, tel, or without a scheme.
std::string safe_link(std::string_view address);

// The address below the site's root if `address` is on the own host, else empty. Pages load nothing from elsewhere.
std::string own_address(const SiteConfig& site, std::string_view address);

// A smaller form of the picture; `format` is "webp" or "avif".
std::string variant_address(const SiteImage& image, int width, std::string_view format);

// "/images/pasar-480.webp 480w, …"; empty for a picture without forms in this format.
std::string source_set(const SiteImage& image, std::string_view format);

struct BodyOptions {
  const SiteConfig* site = nullptr;
  const Pictures* pictures = nullptr;  // those of the body; without `src`: not there. May be null
  std::string_view lead;               // address of the picture that the page shows above the text; left out once
  std::string_view embed_link;         // "Open content from {host}"; {host} is replaced
  bool mark_sentences = false;         // <span data-s="SEGMENT"> around each sentence of a segment
};

// Everything but headline and standfirst, which the page shows itself. Embeds are reduced to an allow-list.
std::string render_body(const std::vector<Block>& blocks, const std::vector<TranslatedSegment>& segments,
                        const BodyOptions& options);

// Text with its inline tags, those of the allow-list only.
std::string render_inline(std::string_view text, const InlineTags& tags);

// A headline, escaped; in Chinese with <wbr> between its words: browsers know no words there and would break anywhere.
std::string headline_html(std::string_view headline, Language language);

// The first block of this type; nothing if there is none.
const Block* find_block(const std::vector<Block>& blocks, BlockType type);

// Plain text of the body, a line per block.
std::string plain_body(const std::vector<Block>& blocks);

// At 220 words a minute, or 500 characters in scripts without spaces; at least 1.
int reading_minutes(std::string_view text, bool spaced);

}  // namespace kabar::site
