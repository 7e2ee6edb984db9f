#include "site/notice.h"

#include "site/edition.h"
#include "site/html.h"

namespace kabar::site {
namespace {

std::string how_made(const SiteConfig& site, const Messages& messages, const SiteVersion& version) {
  const Language language = version.version.language;
  const std::string code = site.main_language.code();
  const std::string name = language_name(site.main_language, language);
  switch (version.made_by) {
    case Making::people:
      return messages.text(language, "notice_people", {{"language", name}, {"code", code}});
    case Making::machine:
      if (const auto own = site.notice.find(language); own != site.notice.end()) return own->second;
      return messages.text(language, "notice_machine", {{"language", name}, {"code", code}});
    case Making::machine_reviewed:
      break;
  }
  const std::string& date = messages.date(language, version.reviewed_at.value_or(version.modified));
  return messages.text(language, "notice_reviewed",
                       {{"language", name}, {"code", code}, {"name", version.reviewed_by}, {"date", date}});
}

int count_of(std::string_view text, std::string_view part) {
  int count = 0;
  for (size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

}  // namespace

std::optional<Notice> make_notice(const SiteConfig& site, const Messages& messages, const SiteVersion& version,
                                  std::string original_address) {
  const Language language = version.version.language;
  if (language == site.main_language) return std::nullopt;
  Notice notice;
  notice.making = version.made_by;
  if (version.made_by != Making::people) notice.label = messages.text(language, "ai_label");
  const std::string gap = edition_of(language).spaced ? " " : "";
  notice.sentences =
      how_made(site, messages, version) + gap +
      messages.text(language, "notice_authority",
                    {{"language", language_name(site.main_language, language)}, {"code", site.main_language.view()}});
  notice.version =
      messages.text(language, "notice_version", {{"time", messages.date_time(language, version.revision_time)}});
  if (version.behind_source) notice.version += gap + messages.text(language, "notice_behind");
  notice.original_url = site.base_url + encode_uri(original_address);
  notice.original_address = std::move(original_address);
  notice.link_text = messages.text(language, "notice_link");
  notice.original_language = site.main_language;
  return notice;
}

std::string notice_html(const Notice& notice, std::string_view links) {
  std::string out = "<div class=\"notice\" role=\"note\"><p>";
  if (!notice.label.empty()) out += "<b>" + escape_html(notice.label) + "</b> ";
  out += escape_html(notice.sentences) + " <a href=\"" + escape_html(notice.original_address) +
         "\" rel=\"original\" hreflang=\"" + std::string(edition_of(notice.original_language).tag) + "\">" +
         escape_html(notice.link_text) + "</a></p>\n<p class=\"more\">" + escape_html(notice.version);
  if (!links.empty()) out.append(" ").append(links);
  return out + "</p></div>\n";
}

std::string notice_text(const Notice& notice) {
  const std::string start = notice.label.empty() ? "" : "[" + notice.label + "] ";
  return start + notice.sentences + ' ' + notice.original_url;
}

std::string notice_feed_html(const Notice& notice) {
  std::string out = "<p><strong>" + escape_html(notice.label) + "</strong> " + escape_html(notice.sentences);
  return out + " <a href=\"" + escape_html(notice.original_url) + "\">" + escape_html(notice.link_text) + "</a></p>\n";
}

bool carries_notice(std::string_view rendition, std::string_view notice, int times) {
  return count_of(rendition, notice) >= times;
}

std::string_view digital_source_type(Making making) {
  switch (making) {
    case Making::machine:
      return "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";
    case Making::machine_reviewed:
      return "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia";
    case Making::people:
      break;
  }
  return "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCreation";
}

std::string_view schema_source_type(Making making) {
  switch (making) {
    case Making::machine:
      return "https://schema.org/TrainedAlgorithmicMediaDigitalSource";
    case Making::machine_reviewed:
      return "https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource";
    case Making::people:
      break;
  }
  return "";
}

std::string_view making_name(Making making) {
  switch (making) {
    case Making::machine:
      return "ai";
    case Making::machine_reviewed:
      return "ai-reviewed";
    case Making::people:
      break;
  }
  return "human";
}

}  // namespace kabar::site
