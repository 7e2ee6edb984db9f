#include "site/site_check.h"

#include <functional>

#include <gumbo.h>

#include "base/file.h"

namespace kabar::site {
namespace {

namespace fs = std::filesystem;

std::string attribute(const GumboElement& element, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&element.attributes, name);
  return found == nullptr ? "" : found->value;
}

std::string text_of(const GumboNode* node) {
  if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE) return node->v.text.text;
  std::string text;
  if (node->type != GUMBO_NODE_ELEMENT) return text;
  for (unsigned i = 0; i < node->v.element.children.length; ++i) {
    text += text_of(static_cast<const GumboNode*>(node->v.element.children.data[i]));
  }
  return text;
}

class PageReader {
 public:
  PageReader(ReadPage& page, const std::string& base_url) : page_(page), base_url_(base_url) {}

  void walk(const GumboNode* node) {
    if (node->type == GUMBO_NODE_TEXT) page_.text += std::string(node->v.text.text) + "\n";
    if (node->type != GUMBO_NODE_ELEMENT) return;
    const GumboElement& element = node->v.element;
    read(node, element);
    if (element.tag == GUMBO_TAG_SCRIPT || element.tag == GUMBO_TAG_STYLE) return;
    for (unsigned i = 0; i < element.children.length; ++i)
      walk(static_cast<const GumboNode*>(element.children.data[i]));
  }

 private:
  // A path below the own host, decoded; or the address as it is.
  std::string own(std::string address) const {
    if (address.starts_with(base_url_ + "/")) address = address.substr(base_url_.size());
    address = address.substr(0, address.find_first_of("#?"));
    return decode_percent(address);
  }

  void read(const GumboNode* node, const GumboElement& element) {
    const std::string href = attribute(element, "href");
    const std::string rel = attribute(element, "rel");
    switch (element.tag) {
      case GUMBO_TAG_HTML:
        page_.language = attribute(element, "lang");
        page_.direction = attribute(element, "dir");
        break;
      case GUMBO_TAG_TITLE:
        page_.title = text_of(node);
        break;
      case GUMBO_TAG_META:
        if (attribute(element, "name") == "robots")
          page_.noindex = attribute(element, "content").find("noindex") != std::string::npos;
        if (attribute(element, "http-equiv") == "refresh") page_.moved = true;
        break;
      case GUMBO_TAG_LINK:
        if (rel == "canonical")
          page_.canonical = own(href);
        else if (rel == "alternate" && !attribute(element, "hreflang").empty())
          page_.alternates[attribute(element, "hreflang")] = own(href);
        else if (rel == "stylesheet" || rel == "icon" || rel == "manifest")
          page_.loaded.push_back(own(href));
        else
          page_.links.push_back(own(href));
        break;
      case GUMBO_TAG_A:
        if (const std::string path = own(href); path.starts_with("/")) page_.links.push_back(path);
        break;
      case GUMBO_TAG_IMG:
        page_.loaded.push_back(own(attribute(element, "src")));
        break;
      case GUMBO_TAG_SCRIPT:
        if (attribute(element, "type") == "application/ld+json")
          page_.json_ld.push_back(text_of(node));
        else
          page_.loaded.push_back(own(attribute(element, "src")));
        break;
      case GUMBO_TAG_IFRAME:
      case GUMBO_TAG_VIDEO:
      case GUMBO_TAG_AUDIO:
      case GUMBO_TAG_OBJECT:
      case GUMBO_TAG_EMBED:
        page_.loaded.push_back("forbidden element");
        break;
      default:
        break;
    }
  }

  ReadPage& page_;
  const std::string& base_url_;
};

}  // namespace

std::string decode_percent(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      out += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

ReadSite::ReadSite(const fs::path& folder, std::string base_url) : folder_(folder), base_url_(std::move(base_url)) {
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const std::string path = "/" + entry.path().lexically_relative(folder).string();
    if (path.ends_with(".br") || path.ends_with(".gz")) continue;
    files.insert(path);
    if (!path.ends_with(".html")) continue;
    const std::string html = bytes(path);
    GumboOutput* parsed = gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size());
    ReadPage page;
    page.path = path.ends_with("/index.html") ? path.substr(0, path.size() - 10) : path;
    page.errors = static_cast<int>(parsed->errors.length);
    PageReader(page, base_url_).walk(parsed->root);
    gumbo_destroy_output(&kGumboDefaultOptions, parsed);
    pages[page.path] = std::move(page);
  }
}

std::string ReadSite::bytes(const std::string& path) const {
  const Result<std::string> read = read_file(folder_ / path.substr(1), 64 << 20);
  return read ? *read : "";
}

std::vector<std::string> ReadSite::broken_links() const {
  std::vector<std::string> broken;
  const auto check = [&](const ReadPage& page, const std::string& path) {
    if (path.starts_with("/api/") || path.starts_with("/media/")) return;
    const bool there = path.ends_with("/") ? pages.contains(path) : files.contains(path);
    if (!there) broken.push_back(page.path + " -> " + path);
  };
  for (const auto& [path, page] : pages) {
    for (const std::string& link : page.links) check(page, link);
    for (const std::string& link : page.loaded) check(page, link);
    for (const auto& [code, link] : page.alternates) check(page, link);
    if (!page.canonical.empty()) check(page, page.canonical);
  }
  return broken;
}

}  // namespace kabar::site
