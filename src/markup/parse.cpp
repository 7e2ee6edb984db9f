#include "markup/parse.h"

#include <algorithm>

#include <fmt/format.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>

#include "base/controls.h"
#include "base/utf8.h"
#include "markup/boilerplate.h"
#include "markup/builder.h"
#include "markup/dateline.h"
#include "markup/front_matter.h"
#include "markup/html.h"
#include "markup/markdown.h"
#include "text/sentences.h"

namespace kabar::markup {
namespace {

constexpr int kTitlePointsMax = 300;  // a longer first line of plain text is no headline

bool is_nfc(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  return U_SUCCESS(status) &&
         nfc->isNormalizedUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), status) &&
         U_SUCCESS(status);
}

Block text_block(BlockType type, std::string_view text) {
  BlockBuilder words;
  words.begin(type);
  words.text(text);
  words.end();
  return words.blocks().empty() ? Block{.type = type} : std::move(words.blocks().front());
}

std::string slug(std::string_view text) {
  std::string out;
  for (const char c : fold_case(text)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (plain) {
      out += c;
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

// "Ani Wijaya, Budi Santoso" is two authors.
std::vector<std::string> names_of(const FrontMatterEntry& entry) {
  if (entry.list || entry.values.empty()) return entry.values;
  std::vector<std::string> names;
  std::string_view rest = entry.values.front();
  while (!rest.empty()) {
    const size_t comma = std::min(rest.find(','), rest.size());
    if (const Block name = text_block(BlockType::paragraph, rest.substr(0, comma)); !name.text.empty()) {
      names.push_back(name.text);
    }
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return names;
}

// What the front matter says of the article, and the blocks that it holds.
Result<void> apply(const FrontMatter& matter, std::string_view name, Article& article, std::vector<Block>& head) {
  std::string caption;
  std::string alt;
  std::string standfirst;
  std::string dateline;
  for (const FrontMatterEntry& entry : matter.entries) {
    const std::string value = entry.values.empty() ? std::string() : entry.values.front();
    if (entry.key == "title") {
      head.push_back(text_block(BlockType::headline, value));
    } else if (entry.key == "standfirst" || entry.key == "summary" || entry.key == "description" ||
               entry.key == "lead") {
      standfirst = value;
    } else if (entry.key == "dateline") {
      dateline = value;
    } else if (entry.key == "id") {
      article.id = value;
    } else if (entry.key == "site") {
      article.site = value;
    } else if (entry.key == "section" || entry.key == "category") {
      article.section = slug(value);
    } else if (entry.key == "authors" || entry.key == "author") {
      article.authors = names_of(entry);
    } else if (entry.key == "tags" || entry.key == "keywords") {
      article.tags = names_of(entry);
    } else if (entry.key == "image") {
      article.image = value;
    } else if (entry.key == "caption") {
      caption = value;
    } else if (entry.key == "alt") {
      alt = value;
    } else if (entry.key == "date") {
      article.date = parse_date(value);
      if (!article.date && !value.empty()) {
        return fail(ErrorKind::bad_input, std::string(name),
                    fmt::format("\"{}\" is no date (2026-08-06 or 2026-08-06T21:00:00+07:00)", value));
      }
    } else if (entry.key == "lang" || entry.key == "language") {
      const std::optional<Language> language = Language::parse(value);
      if (!language)
        return fail(ErrorKind::bad_input, std::string(name), fmt::format("\"{}\" is no language code", value));
      article.language = *language;
    } else {
      article.other[entry.key] = value;
    }
  }
  if (!standfirst.empty()) head.push_back(text_block(BlockType::standfirst, standfirst));
  if (!article.image.empty() && (!caption.empty() || !alt.empty())) {
    Block image{.type = BlockType::image};
    image.attributes = {{"src", article.image}, {"lead", "true"}};
    head.push_back(std::move(image));
    if (!alt.empty()) head.push_back(text_block(BlockType::alt, alt));
    if (!caption.empty()) head.push_back(text_block(BlockType::caption, caption));
  }
  if (!dateline.empty()) {
    const std::optional<Dateline> found = find_dateline(fmt::format("{} - X", dateline));
    head.push_back(text_block(BlockType::dateline, found ? found->place : dateline));
  }
  std::erase_if(head, [](const Block& block) { return block.text.empty() && block.type != BlockType::image; });
  return {};
}

bool is_heading(const Block& block) { return block.type == BlockType::subheading; }

// The first heading is the headline if nothing else is; one that says the same again goes.
Result<void> settle_headline(std::vector<Block>& head, std::vector<Block>& body, std::string_view fallback,
                             std::string_view name) {
  const bool known = !head.empty() && head.front().type == BlockType::headline;
  const auto level_one = [](const Block& block) {
    const auto level = block.attributes.find("level");
    return is_heading(block) && level != block.attributes.end() && level->second == "1";
  };
  auto heading = std::find_if(body.begin(), body.end(), level_one);
  if (known) {
    if (heading != body.end() && heading->text == head.front().text) body.erase(heading);
  } else {
    if (heading == body.end() && fallback.empty()) heading = std::find_if(body.begin(), body.end(), is_heading);
    Block headline = heading != body.end() ? *heading : text_block(BlockType::headline, fallback);
    if (heading != body.end()) body.erase(heading);
    headline.type = BlockType::headline;
    headline.attributes.clear();
    if (headline.text.empty()) {
      return fail(ErrorKind::bad_input, std::string(name),
                  "no headline: give a title in the front matter or a heading");
    }
    head.insert(head.begin(), std::move(headline));
  }
  for (Block& block : body) {
    if (level_one(block)) block.attributes["level"] = "2";
  }
  return {};
}

// Paragraphs are divided by empty lines; the first line is the headline.
void read_plain(std::string_view text, std::vector<Block>& head, BlockBuilder& builder) {
  bool first = true;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
    if (line.find_first_not_of(" \t") == std::string_view::npos) {
      builder.end();
      continue;
    }
    if (first && count_points(line) <= kTitlePointsMax) {
      head.push_back(text_block(BlockType::headline, line));
      first = false;
      continue;
    }
    first = false;
    if (!builder.open()) builder.begin(BlockType::paragraph);
    builder.text(line);
    builder.text(" ");
  }
  builder.end();
}

Result<void> finish(Article& article, std::vector<Block> head, std::vector<Block> body, std::string_view fallback,
                    std::string_view name) {
  KABAR_TRY(settle_headline(head, body, fallback, name));
  drop_boilerplate(body, article.language);
  article.blocks = std::move(head);
  article.blocks.insert(article.blocks.end(), std::make_move_iterator(body.begin()),
                        std::make_move_iterator(body.end()));
  split_dateline(article.blocks);
  if (article.blocks.size() > static_cast<size_t>(kBlocksMax)) {
    return fail(ErrorKind::limit, std::string(name), fmt::format("more than {} paragraphs", kBlocksMax));
  }
  int number = 0;
  for (Block& block : article.blocks) block.id = fmt::format("b{}", ++number);
  return {};
}

Result<Article> parse_markdown(std::string_view text, std::string_view name, Language language) {
  Article article;
  article.language = language;
  article.format = Format::markdown;
  KABAR_ASSIGN(const FrontMatter matter, read_front_matter(text, name));
  article.front_matter = matter.bytes > 0;
  std::vector<Block> head;
  KABAR_TRY(apply(matter, name, article, head));
  BlockBuilder builder;
  KABAR_TRY(read_markdown(text.substr(matter.bytes), name, matter.lines + 1, builder));
  KABAR_TRY(finish(article, std::move(head), std::move(builder.blocks()), {}, name));
  return article;
}

Result<Article> parse_html(std::string_view text, std::string_view name, Language language) {
  Article article;
  article.language = language;
  article.format = Format::html;
  BlockBuilder builder;
  KABAR_ASSIGN(HtmlHead page, read_html_page(text, name, builder));
  if (const std::optional<Language> own = Language::parse(std::string_view(page.language).substr(0, 2))) {
    article.language = *own;
  }
  article.authors = std::move(page.authors);
  article.tags = std::move(page.tags);
  article.section = slug(page.section);
  article.image = std::move(page.image);
  article.date = parse_date(page.date);
  KABAR_TRY(finish(article, {}, std::move(builder.blocks()), page.title, name));
  return article;
}

Result<Article> parse_text(std::string_view text, std::string_view name, Language language) {
  Article article;
  article.language = language;
  article.format = Format::text;
  std::vector<Block> head;
  BlockBuilder builder;
  read_plain(text, head, builder);
  if (head.empty() && !builder.blocks().empty()) {
    // No line that could be a headline: the first sentence is one.
    const std::string& first = builder.blocks().front().text;
    const std::vector<text::Piece> pieces = text::split_sentences(first, article.language);
    head.push_back(text_block(BlockType::headline, slice_points(first, pieces.front().span)));
  }
  KABAR_TRY(finish(article, std::move(head), std::move(builder.blocks()), {}, name));
  return article;
}

}  // namespace

Result<Article> parse(std::string_view bytes, Format format, std::string_view name, Language language) {
  if (bytes.size() > kArticleBytesMax) {
    return fail(ErrorKind::limit, std::string(name), fmt::format("larger than {} MB", kArticleBytesMax >> 20));
  }
  KABAR_TRY(check_utf8(bytes, name));
  const std::string clean = drop_controls(strip_bom(bytes));
  bytes = clean;
  std::string normal;
  if (!is_nfc(bytes)) {
    normal = to_nfc(bytes);
    bytes = normal;
  }
  switch (format) {
    case Format::markdown:
      return parse_markdown(bytes, name, language);
    case Format::html:
      return parse_html(bytes, name, language);
    case Format::text:
      return parse_text(bytes, name, language);
  }
  return fail(ErrorKind::unsupported, std::string(name), "unknown format");
}

}  // namespace kabar::markup
