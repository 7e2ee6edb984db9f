#include "site/messages.h"

#include <regex>
#include <set>

#include <gtest/gtest.h>

#include "base/file.h"

namespace kabar::site {
namespace {

const std::filesystem::path kFolder = std::filesystem::path(KABAR_ROOT) / "data/messages";
const std::vector<Language> kAll = {Language::id, Language::en, Language::zh, Language::ja, Language::ar, Language::fr};
constexpr Time kMoment{std::chrono::seconds(1795573800)};  // 2026-11-25 02:30 UTC, 09:30 in Jakarta

Messages all() {
  Result<Messages> messages = Messages::load(kFolder, kAll, "Asia/Jakarta");
  EXPECT_TRUE(messages) << (messages ? "" : messages.error().text());
  return std::move(*messages);
}

// load() itself refuses a missing or an unknown key.
TEST(Messages, EveryLanguageHasEveryKey) { EXPECT_GT(all().keys().size(), 100u); }

TEST(Messages, NoLanguageAsksForAnArgumentThatTheOthersDoNotHave) {
  const auto arguments = [](Language language) {
    const Result<std::string> bytes = read_file(kFolder / (language.code() + ".toml"), 1 << 20);
    std::map<std::string, std::set<std::string>> found;
    const std::regex line(R"re((?:^|\n)([a-z0-9_-]+) = "([^\n]*)")re");
    const std::regex argument(R"(\{([a-z]+)[,}])");
    for (std::sregex_iterator it(bytes->begin(), bytes->end(), line), end; it != end; ++it) {
      const std::string text = (*it)[2];
      for (std::sregex_iterator a(text.begin(), text.end(), argument); a != std::sregex_iterator(); ++a) {
        if ((*a)[1] != "code") found[(*it)[1]].insert((*a)[1]);  // the code stands beside every "language"
      }
    }
    return found;
  };
  const auto main = arguments(Language::id);
  for (const Language language : kAll) {
    for (const auto& [key, names] : arguments(language)) {
      for (const std::string& name : names) {
        // Languages that inflect use the code instead of the name; none may invent an argument.
        EXPECT_TRUE(main.contains(key) && main.at(key).contains(name))
            << language.code() << " " << key << " {" << name << "}";
      }
    }
  }
}

TEST(Messages, DatesAreThoseOfTheReader) {
  const Messages messages = all();
  EXPECT_EQ(messages.date(Language::id, kMoment), "25 November 2026");
  EXPECT_EQ(messages.date(Language::fr, kMoment), "25 novembre 2026");
  EXPECT_EQ(messages.date(Language::ja, kMoment), "2026年11月25日");
  EXPECT_EQ(messages.date(Language::zh, kMoment), "2026年11月25日");
  EXPECT_EQ(messages.date(Language::ar, kMoment), "25 نوفمبر 2026");
  EXPECT_EQ(messages.date_time(Language::fr, kMoment), "25 novembre 2026 à 09:30 (heure de Jakarta)");
}

TEST(Messages, TheDayIsThatOfTheSitesZone) {
  const Messages messages = all();
  const Time late{std::chrono::seconds(1796054400 - 3600)};  // 2026-11-30 15:00 UTC … 22:00 in Jakarta
  EXPECT_EQ(messages.month_of(late), (std::pair{2026, 11}));
  EXPECT_EQ(messages.month_of(late + std::chrono::hours(3)), (std::pair{2026, 12}));
}

TEST(Messages, PluralsFollowTheLanguage) {
  const Messages messages = all();
  EXPECT_EQ(messages.text(Language::en, "article_count", {{"count", 1}}), "1 story");
  EXPECT_EQ(messages.text(Language::en, "article_count", {{"count", 2}}), "2 stories");
  EXPECT_EQ(messages.text(Language::ar, "article_count", {{"count", 2}}), "خبران");
  EXPECT_EQ(messages.text(Language::ar, "article_count", {{"count", 3}}), "3 أخبار");
  EXPECT_EQ(messages.text(Language::ar, "article_count", {{"count", 11}}), "11 خبرًا");
}

TEST(Messages, FrenchHasItsNoBreakSpaces) {
  EXPECT_EQ(all().text(Language::fr, "report_comment"), "Quelle est l’erreur\u202F?");
}

TEST(Messages, FaultyFilesSayWhere) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "kabar_messages";
  ASSERT_TRUE(disk(false).write(folder / "id.toml", "a = \"x\"\nb = \"y\"\n"));
  ASSERT_TRUE(disk(false).write(folder / "en.toml", "a = \"x\"\n"));
  Result<Messages> missing = Messages::load(folder, {Language::id, Language::en}, "Asia/Jakarta");
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().text().find("en.toml: missing message \"b\""), std::string::npos) << missing.error().text();
  ASSERT_TRUE(disk(false).write(folder / "en.toml", "a = \"x\"\nb = \"{n, plural, one {\"\n"));
  EXPECT_FALSE(Messages::load(folder, {Language::id, Language::en}, "Asia/Jakarta"));
  EXPECT_FALSE(Messages::load(folder, {Language::id}, "Mars/Olympus"));
  EXPECT_EQ(Messages::load(folder, {Language::parse("ko").value()}, "UTC").error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace kabar::site
