#include "text/languages.h"

namespace kabar::text {
namespace {

constexpr Language code(std::string_view letters) { return *Language::parse(letters); }
constexpr Direction kRight = Direction::right_to_left;
constexpr Direction kLeft = Direction::left_to_right;

constexpr LanguageInfo kLanguages[] = {
    {Language::id, "Indonesian", "Bahasa Indonesia", Script::latin, kLeft, "id", true},
    {Language::en, "English", "English", Script::latin, kLeft, "en", true},
    {Language::zh, "Chinese (Simplified)", "简体中文", Script::han, kLeft, "zh-Hans", false},
    {Language::ja, "Japanese", "日本語", Script::japanese, kLeft, "ja", false},
    {Language::ar, "Arabic", "العربية", Script::arabic, kRight, "ar", true},
    {Language::fr, "French", "Français", Script::latin, kLeft, "fr", true},
    {code("ms"), "Malay", "Bahasa Melayu", Script::latin, kLeft, "ms", true},
    {code("jv"), "Javanese", "Basa Jawa", Script::latin, kLeft, "jv", true},
    {code("su"), "Sundanese", "Basa Sunda", Script::latin, kLeft, "su", true},
    {code("ko"), "Korean", "한국어", Script::hangul, kLeft, "ko", true},
    {code("th"), "Thai", "ไทย", Script::other, kLeft, "th", true},
    {code("vi"), "Vietnamese", "Tiếng Việt", Script::latin, kLeft, "vi", true},
    {code("tl"), "Filipino", "Filipino", Script::latin, kLeft, "tl", true},
    {code("hi"), "Hindi", "हिन्दी", Script::other, kLeft, "hi", true},
    {code("ru"), "Russian", "Русский", Script::cyrillic, kLeft, "ru", true},
    {code("de"), "German", "Deutsch", Script::latin, kLeft, "de", true},
    {code("es"), "Spanish", "Español", Script::latin, kLeft, "es", true},
    {code("pt"), "Portuguese", "Português", Script::latin, kLeft, "pt", true},
    {code("it"), "Italian", "Italiano", Script::latin, kLeft, "it", true},
    {code("nl"), "Dutch", "Nederlands", Script::latin, kLeft, "nl", true},
    {code("tr"), "Turkish", "Türkçe", Script::latin, kLeft, "tr", true},
    {code("fa"), "Persian", "فارسی", Script::arabic, kRight, "fa", true},
    {code("ur"), "Urdu", "اردو", Script::arabic, kRight, "ur", true},
    {code("he"), "Hebrew", "עברית", Script::other, kRight, "he", true},
};

}  // namespace

std::span<const LanguageInfo> languages() { return kLanguages; }

LanguageInfo language_info(Language language) {
  for (const LanguageInfo& info : kLanguages) {
    if (info.language == language) return info;
  }
  LanguageInfo unknown;
  unknown.language = language;
  return unknown;
}

std::string_view direction_name(Direction direction) { return direction == Direction::right_to_left ? "rtl" : "ltr"; }

std::string gap_in(std::string_view gap, Language language) {
  if (language_info(language).spaces_between_sentences || gap.find('\n') != std::string_view::npos) {
    return std::string(gap);
  }
  return {};
}

}  // namespace kabar::text
