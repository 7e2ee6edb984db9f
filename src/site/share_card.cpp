#include "site/share_card.h"

#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <pango/pangocairo.h>

#include "site/edition.h"

namespace kabar::site {
namespace {

constexpr std::string_view kLayout = "1";  // raise it when cards are drawn differently: they are made again
constexpr int kMargin = 64;
constexpr int kInner = kCardWidth - 2 * kMargin;
constexpr int kNoticeTop = 484;
constexpr size_t kTextBytesMax = 1000;  // more cannot be read on a card

struct Unref {
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};
using Layout = std::unique_ptr<PangoLayout, Unref>;

struct Colour {
  double red, green, blue;
};
constexpr Colour kPaper{1.0, 0.992, 0.973};
constexpr Colour kInk{0.09, 0.098, 0.11};
constexpr Colour kSoft{0.337, 0.353, 0.376};
constexpr Colour kAccent{0.561, 0.114, 0.114};
constexpr Colour kNotice{0.984, 0.953, 0.851};
constexpr Colour kNoticeRule{0.725, 0.541, 0.071};

void set(cairo_t* cairo, const Colour& colour) { cairo_set_source_rgb(cairo, colour.red, colour.green, colour.blue); }

struct Style {
  bool serif = false;
  bool bold = false;
  int size = 24;  // pixels
  int lines = 1;  // more are cut with an ellipsis
};

// Each language has its own shapes for the Han characters that they share.
std::string family_of(std::string_view tag, bool serif) {
  if (tag.starts_with("zh")) return serif ? "Noto Serif CJK SC,Noto Sans CJK SC" : "Noto Sans CJK SC";
  if (tag.starts_with("ja")) return serif ? "Noto Serif CJK JP,Noto Sans CJK JP" : "Noto Sans CJK JP";
  if (tag.starts_with("ar")) return serif ? "Noto Naskh Arabic,Noto Sans Arabic" : "Noto Sans Arabic";
  return serif ? "Noto Serif,DejaVu Serif,serif" : "Noto Sans,DejaVu Sans,sans-serif";
}

std::string_view cut(std::string_view text) {
  if (text.size() <= kTextBytesMax) return text;
  size_t end = kTextBytesMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

Layout make_layout(cairo_t* cairo, const ShareCard& card, std::string_view text, const Style& style, int width) {
  Layout layout(pango_cairo_create_layout(cairo));
  PangoContext* context = pango_layout_get_context(layout.get());
  pango_context_set_language(context, pango_language_from_string(card.tag.c_str()));
  pango_layout_set_auto_dir(layout.get(), FALSE);
  pango_layout_set_alignment(layout.get(), card.right_to_left ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  pango_context_set_base_dir(context, card.right_to_left ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  PangoFontDescription* font = pango_font_description_new();
  pango_font_description_set_family(font, family_of(card.tag, style.serif).c_str());
  pango_font_description_set_weight(font, style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(font, style.size * PANGO_SCALE);
  pango_layout_set_font_description(layout.get(), font);
  pango_font_description_free(font);
  pango_layout_set_width(layout.get(), width * PANGO_SCALE);
  pango_layout_set_height(layout.get(), -style.lines);  // negative: lines, not pixels
  pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  const std::string_view shown = cut(text);
  pango_layout_set_text(layout.get(), shown.data(), static_cast<int>(shown.size()));
  return layout;
}

int height_of(const Layout& layout) {
  int height = 0;
  pango_layout_get_pixel_size(layout.get(), nullptr, &height);
  return height;
}

void draw(cairo_t* cairo, const Layout& layout, int x, int y, const Colour& colour) {
  set(cairo, colour);
  cairo_move_to(cairo, x, y);
  pango_cairo_show_layout(cairo, layout.get());
}

// As large as fits into the room between section and notice.
Layout headline(cairo_t* cairo, const ShareCard& card, int room) {
  Layout layout;
  for (const int size : {68, 60, 52, 46, 40}) {
    layout = make_layout(cairo, card, card.headline, {.serif = true, .bold = true, .size = size, .lines = 4}, kInner);
    if (pango_layout_is_ellipsized(layout.get()) == 0 && height_of(layout) <= room) break;
  }
  return layout;
}

void draw_notice(cairo_t* cairo, const ShareCard& card) {
  const int height = kCardHeight - kNoticeTop;
  set(cairo, kNotice);
  cairo_rectangle(cairo, 0, kNoticeTop, kCardWidth, height);
  cairo_fill(cairo);
  set(cairo, kNoticeRule);
  cairo_rectangle(cairo, card.right_to_left ? kCardWidth - 14 : 0, kNoticeTop, 14, height);
  cairo_fill(cairo);
  Layout label;
  Layout text;
  int label_height = 0;
  // Lines of Arabic are taller.
  for (const int size : {24, 21, 18}) {
    label = make_layout(cairo, card, card.label, {.bold = true, .size = size + 5}, kInner);
    label_height = card.label.empty() ? 0 : height_of(label);
    text = make_layout(cairo, card, card.notice, {.size = size, .lines = 2}, kInner);
    if (label_height + height_of(text) <= height - 12 && pango_layout_is_ellipsized(text.get()) == 0) break;
  }
  const int top = kNoticeTop + std::max(4, (height - label_height - height_of(text)) / 2);
  if (label_height > 0) draw(cairo, label, kMargin, top, kInk);
  draw(cairo, text, kMargin, top + label_height, kSoft);
}

cairo_status_t append(void* out, const unsigned char* bytes, unsigned int size) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

uint64_t hash_of(std::string_view text, uint64_t hash) {  // FNV-1a
  for (const unsigned char byte : text) hash = (hash ^ byte) * 1099511628211ull;
  return (hash ^ 0xFF) * 1099511628211ull;  // parts the fields
}

}  // namespace

ShareCard share_card(const PageContext& context, const CatalogueArticle& article, Language language) {
  const CatalogueVersion& version = *article.version(language);
  const Edition& edition = edition_of(language);
  const bool machine = language != context.site.main_language && version.made_by != Making::people;
  return {.tag = std::string(edition.tag),
          .right_to_left = edition.direction == "rtl",
          .site = context.edition_title(language),
          .section = context.section_name(language, article.section),
          .headline = version.title,
          .label = machine ? context.messages.text(language, "ai_label") : "",
          .notice = version.notice};
}

std::string share_card_address(const ShareCard& card) {
  uint64_t hash = hash_of(kLayout, 14695981039346656037ull);
  for (const std::string* field : {&card.tag, &card.site, &card.section, &card.headline, &card.label, &card.notice}) {
    hash = hash_of(*field, hash);
  }
  return fmt::format("/cards/{:016x}.png", hash);
}

Result<std::string> draw_share_card(const ShareCard& card) {
  const std::unique_ptr<cairo_surface_t, Unref> surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, kCardWidth, kCardHeight));
  const std::unique_ptr<cairo_t, Unref> cairo(cairo_create(surface.get()));
  set(cairo.get(), kPaper);
  cairo_paint(cairo.get());
  set(cairo.get(), kAccent);
  cairo_rectangle(cairo.get(), 0, 0, kCardWidth, 14);
  cairo_fill(cairo.get());

  const Layout site = make_layout(cairo.get(), card, card.site, {.serif = true, .bold = true, .size = 40}, kInner);
  draw(cairo.get(), site, kMargin, 48, kInk);
  const int section_top = 48 + height_of(site) + 20;
  const Layout section = make_layout(cairo.get(), card, card.section, {.bold = true, .size = 28}, kInner);
  draw(cairo.get(), section, kMargin, section_top, kAccent);
  const int headline_top = section_top + height_of(section) + 12;
  const int bottom = card.notice.empty() ? kCardHeight - 40 : kNoticeTop - 16;
  const Layout title = headline(cairo.get(), card, bottom - headline_top);
  if (pango_layout_get_unknown_glyphs_count(title.get()) > 0) {
    return fail(ErrorKind::unsupported, card.headline, "no font of this machine has these characters");
  }
  draw(cairo.get(), title, kMargin, headline_top, kInk);
  if (!card.notice.empty()) draw_notice(cairo.get(), card);

  std::string png;
  if (cairo_surface_write_to_png_stream(surface.get(), append, &png) != CAIRO_STATUS_SUCCESS) {
    return fail(ErrorKind::io, card.headline, "cannot draw the share card");
  }
  return png;
}

}  // namespace kabar::site
