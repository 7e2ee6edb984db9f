// What the readers of Markdown and HTML share: names of inline tags, addresses, character references.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace kabar::markup {

// The tag that we keep for an HTML element: "b" and "strong" are "strong"; nothing for one that carries no meaning.
std::optional<std::string_view> inline_tag_name(std::string_view element);

// Whether a link may be kept: relative, http, https, mailto, tel. "javascript:" and the like may not.
bool is_safe_link(std::string_view address);

// "&amp;", "&#8220;", "&nbsp;" → the character; unknown ones stay as they are.
std::string decode_reference(std::string_view reference);

std::string escape_html(std::string_view text);  // & < > "

}  // namespace kabar::markup
