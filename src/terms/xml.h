// Small things that the readers and writers of TMX and TBX share.
#pragma once
#include <string>
#include <string_view>

#include "base/language.h"

namespace kabar::terms {

// The text with & < > " and control characters made safe for element text and attributes.
std::string xml_escape(std::string_view text);

// The value of an attribute in expat's list of names and values.
std::string xml_attribute(const char** attributes, std::string_view name, std::string fallback);

// "zh-Hans-CN", "EN_us" to the language of their first part; no language if it is none.
Language primary_language(std::string_view tag);

}  // namespace kabar::terms
