#include "site/sanitize.h"

#include <algorithm>

#include <fmt/format.h>
#include <gumbo.h>

#include "site/html.h"

namespace kabar::site {
namespace {

constexpr int kDepthMax = 64;

// Kept without attributes; links and pictures are handled apart.
constexpr GumboTag kKept[] = {GUMBO_TAG_P,    GUMBO_TAG_STRONG, GUMBO_TAG_EM,  GUMBO_TAG_B,   GUMBO_TAG_I,
                              GUMBO_TAG_CODE, GUMBO_TAG_PRE,    GUMBO_TAG_SUP, GUMBO_TAG_SUB, GUMBO_TAG_BLOCKQUOTE,
                              GUMBO_TAG_UL,   GUMBO_TAG_OL,     GUMBO_TAG_LI};
// Dropped with all that is in them.
constexpr GumboTag kDropped[] = {GUMBO_TAG_STYLE,  GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TEMPLATE,
                                 GUMBO_TAG_HEAD,   GUMBO_TAG_TEXTAREA, GUMBO_TAG_SELECT,
                                 GUMBO_TAG_BUTTON, GUMBO_TAG_SVG,      GUMBO_TAG_MATH};
// Played if the file is on the own host.
constexpr GumboTag kPlayed[] = {GUMBO_TAG_VIDEO, GUMBO_TAG_AUDIO};
// Load something: they become a link to it.
constexpr GumboTag kLoading[] = {GUMBO_TAG_IFRAME, GUMBO_TAG_SCRIPT, GUMBO_TAG_VIDEO, GUMBO_TAG_AUDIO,
                                 GUMBO_TAG_EMBED,  GUMBO_TAG_OBJECT, GUMBO_TAG_SOURCE};

template <size_t N>
bool has(const GumboTag (&tags)[N], GumboTag tag) {
  return std::ranges::find(tags, tag) != std::end(tags);
}

std::string_view value(const GumboElement& element, const char* name) {
  const GumboAttribute* attribute = gumbo_get_attribute(&element.attributes, name);
  return attribute == nullptr ? "" : attribute->value;
}

std::string_view host_of(std::string_view address) {
  const size_t begin = address.find("://");
  if (begin == std::string_view::npos) return "";
  const std::string_view rest = address.substr(begin + 3);
  return rest.substr(0, rest.find_first_of("/?#"));
}

class Sanitizer {
 public:
  Sanitizer(const SiteConfig& site, std::string_view link_text) : site_(site), link_text_(link_text) {}

  void children(const GumboVector& nodes, int depth) {
    if (depth > kDepthMax) return;
    for (unsigned i = 0; i < nodes.length; ++i) node(*static_cast<const GumboNode*>(nodes.data[i]), depth);
  }

  std::string out;

 private:
  void node(const GumboNode& node, int depth) {
    if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE) append_escaped(out, node.v.text.text);
    if (node.type == GUMBO_NODE_ELEMENT) element(node.v.element, depth);
  }

  void element(const GumboElement& element, int depth) {
    if (has(kDropped, element.tag)) return;
    if (has(kLoading, element.tag)) return loading(element, depth);
    if (element.tag == GUMBO_TAG_IMG) return image(element);
    if (element.tag == GUMBO_TAG_BR) {
      out += "<br>";
      return;
    }
    std::string open;
    std::string close;
    if (element.tag == GUMBO_TAG_A && !in_link_) {
      const std::string address = safe_link(value(element, "href"));
      if (!address.empty()) {
        open = "<a href=\"" + escape_html(address) + "\" rel=\"noopener noreferrer\">";
        close = "</a>";
      }
    } else if (has(kKept, element.tag)) {
      const std::string name = gumbo_normalized_tagname(element.tag);
      open = '<' + name + '>';
      close = "</" + name + '>';
    }
    in_link_ = in_link_ || close == "</a>";
    out += open;
    children(element.children, depth + 1);
    out += close;
    if (close == "</a>") in_link_ = false;
  }

  void loading(const GumboElement& element, int depth) {
    std::string_view source = value(element, "src");
    if (source.empty()) source = value(element, "data");
    if (element.tag == GUMBO_TAG_SCRIPT) return;  // of a post that is also there as text
    std::string address(source.starts_with("//") ? "https:" + std::string(source) : source);
    if (has(kPlayed, element.tag)) {
      if (const std::string own = own_source(element); !own.empty()) {
        const std::string name = gumbo_normalized_tagname(element.tag);
        out += fmt::format("<{0} src=\"{1}\" controls preload=\"metadata\"></{0}>", name, escape_html(own));
        return;
      }
    }
    address = safe_link(address);
    if (host_of(address).empty() || in_link_) return children(element.children, depth + 1);
    std::string text(link_text_);
    if (const size_t at = text.find("{host}"); at != std::string::npos) text.replace(at, 6, host_of(address));
    out += "<a class=\"embed\" href=\"" + escape_html(address) + "\" rel=\"noopener noreferrer\">" + escape_html(text) +
           "</a>";
  }

  // Of a file that lies on the own host, named by the element or by the first <source> in it that is one.
  std::string own_source(const GumboElement& element) const {
    std::string own = own_address(site_, value(element, "src"));
    for (unsigned i = 0; own.empty() && i < element.children.length; ++i) {
      const auto& child = *static_cast<const GumboNode*>(element.children.data[i]);
      if (child.type == GUMBO_NODE_ELEMENT && child.v.element.tag == GUMBO_TAG_SOURCE) {
        own = own_address(site_, value(child.v.element, "src"));
      }
    }
    return own;
  }

  void image(const GumboElement& element) {
    const std::string address = own_address(site_, value(element, "src"));
    if (address.empty()) return;
    out += "<img src=\"" + escape_html(address) + "\" alt=\"" + escape_html(value(element, "alt")) +
           "\" loading=\"lazy\">";
  }

  const SiteConfig& site_;
  std::string_view link_text_;
  bool in_link_ = false;
};

}  // namespace

std::string sanitize_embed(std::string_view raw, const SiteConfig& site, std::string_view link_text) {
  if (raw.empty() || raw.size() > kEmbedBytesMax) return "";
  GumboOutput* parsed = gumbo_parse_with_options(&kGumboDefaultOptions, raw.data(), raw.size());
  Sanitizer sanitizer(site, link_text);
  sanitizer.children(parsed->root->v.element.children, 0);
  gumbo_destroy_output(&kGumboDefaultOptions, parsed);
  if (sanitizer.out.find_first_not_of(" \t\r\n") == std::string::npos) return "";
  return "<div class=\"embedded\">" + sanitizer.out + "</div>\n";
}

}  // namespace kabar::site
