// The notice of every version that is a translation: what made it, who checked it, and where the original is.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "site/address.h"
#include "site/messages.h"
#include "site/page_model.h"

namespace kabar::site {

struct Notice {
  Making making = Making::machine;
  std::string label;             // "AI translation"; empty for people
  std::string sentences;         // how it was made, what may be wrong, what is authoritative
  std::string version;           // which state of the original; and, if behind, that it changed since
  std::string original_address;  // of the main-language version, without host
  std::string original_url;      // with host, percent-encoded
  std::string link_text;
  Language original_language;
};

// Nothing for the main-language version. `original_address` as Addresses gives it.
std::optional<Notice> make_notice(const SiteConfig& site, const Messages& messages, const SiteVersion& version,
                                  std::string original_address);

// `links`: HTML after the version line ("Compare with the original · Report …"); may be empty.
std::string notice_html(const Notice& notice, std::string_view links);
// One paragraph of plain text with the address: for copied text, e-mail, share cards.
std::string notice_text(const Notice& notice);
// The notice as the first paragraph of a feed item.
std::string notice_feed_html(const Notice& notice);

// Whether a rendition carries this notice, in the form that it should have there, at least `times` times.
bool carries_notice(std::string_view rendition, std::string_view notice, int times);

// Values for metadata. IPTC digital source type: a machine's text is trainedAlgorithmicMedia, one that a person
// checked compositeWithTrainedAlgorithmicMedia, a person's digitalCreation.
std::string_view digital_source_type(Making making);  // IPTC address
// schema.org address; empty for people: schema.org has no member for IPTC's digitalCreation.
std::string_view schema_source_type(Making making);
std::string_view making_name(Making making);  // "ai", "ai-reviewed", "human"

}  // namespace kabar::site
