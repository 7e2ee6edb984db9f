#include "site/edition.h"

#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include <unicode/locid.h>
#include <unicode/uloc.h>
#include <unicode/unistr.h>

namespace kabar::site {
namespace {

constexpr std::pair<Language, Edition> kEditions[] = {
    {Language::id, {"id", "ltr", "id_ID", "id", "id", ", "}},
    {Language::en, {"en", "ltr", "en_US", "en", "en_GB", ", "}},
    {Language::zh, {"zh-Hans", "ltr", "zh_CN", "zh-cn", "zh_Hans_CN", "、", false}},
    {Language::ja, {"ja", "ltr", "ja_JP", "ja", "ja", "、", false}},
    {Language::ar, {"ar", "rtl", "ar_AR", "ar", "ar@numbers=latn", "، "}},
    {Language::fr, {"fr", "ltr", "fr_FR", "fr", "fr", ", "}},
};

// An Edition for a language outside the table, with the strings that it points to.
struct OtherEdition {
  explicit OtherEdition(Language language) : code(language.code()) {
    edition = {code, uloc_isRightToLeft(code.c_str()) ? "rtl" : "ltr", code, code, code, ", ", true};
  }
  std::string code;
  Edition edition;
};

constexpr ShareService kWhatsApp{"WhatsApp", "whatsapp", "https://wa.me/?text={title}%20{url}"};
constexpr ShareService kTelegram{"Telegram", "telegram", "https://t.me/share/url?url={url}&text={title}"};
constexpr ShareService kX{"X", "x", "https://x.com/intent/post?url={url}&text={title}"};
constexpr ShareService kFacebook{"Facebook", "facebook", "https://www.facebook.com/sharer/sharer.php?u={url}"};
constexpr ShareService kLine{"LINE", "line", "https://social-plugins.line.me/lineit/share?url={url}"};
constexpr ShareService kEmail{"", "email", "mailto:?subject={title}&body={url}"};

constexpr std::array kDefaultOrder = {&kWhatsApp, &kFacebook, &kX, &kTelegram, &kEmail};
constexpr std::array kIndonesian = {&kWhatsApp, &kTelegram, &kX, &kFacebook, &kEmail};
constexpr std::array kChinese = {&kTelegram, &kX, &kWhatsApp, &kFacebook, &kEmail};
constexpr std::array kJapanese = {&kLine, &kX, &kFacebook, &kEmail};
constexpr std::array kArabic = {&kWhatsApp, &kTelegram, &kX, &kFacebook, &kEmail};

}  // namespace

const Edition& edition_of(Language language) {
  for (const auto& [known, edition] : kEditions) {
    if (known == language) return edition;
  }
  static std::mutex mutex;
  static std::map<Language, std::unique_ptr<OtherEdition>> others;
  const std::lock_guard lock(mutex);
  std::unique_ptr<OtherEdition>& other = others[language];
  if (!other) other = std::make_unique<OtherEdition>(language);
  return other->edition;
}

namespace {

std::string make_language_name(Language language, Language in) {
  icu::UnicodeString name;
  icu::Locale(language.code().c_str())
      .getDisplayLanguage(icu::Locale(std::string(edition_of(in).icu_locale).c_str()), name);
  // A language's own name stands alone in the switcher: "Français", "Bahasa Indonesia".
  if (language == in) {
    if (language == Language::id) return "Bahasa Indonesia";
    if (language == Language::zh) return "简体中文";
    name.toTitle(nullptr, icu::Locale(language.code().c_str()));
  }
  std::string text;
  return name.toUTF8String(text);
}

}  // namespace

const std::string& language_name(Language language, Language in) {
  thread_local std::map<std::pair<Language, Language>, std::string> names;  // every page has all of them
  std::string& name = names[{language, in}];
  if (name.empty()) name = make_language_name(language, in);
  return name;
}

std::span<const ShareService* const> share_services(Language language) {
  if (language == Language::id) return kIndonesian;
  if (language == Language::zh) return kChinese;
  if (language == Language::ja) return kJapanese;
  if (language == Language::ar) return kArabic;
  return kDefaultOrder;
}

}  // namespace kabar::site
