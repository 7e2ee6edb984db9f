// Which addresses hubs and search engines are told of after a publication.
#include "site/changed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "site/test_site.h"

namespace kabar::site {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kStory = "batik-pewarna-alam";

class ChangedSite : public Site {
 protected:
  std::string page(Publisher& publisher, Language language) {
    return config_.base_url + encode_uri(address(publisher, kStory, language));
  }
};

TEST_F(ChangedSite, APublicationTellsItsPagesAndFeedsAndAWholeSiteNothing) {
  Publisher publisher = open(disk(false));
  EXPECT_THAT(publish(publisher).changed.pages, IsEmpty());
  rename(kStory, Language::en, "Batik turns green");
  version(kStory, Language::en).made_by = Making::people;
  const ChangedAddresses changed = update(publisher, {kStory}).changed;
  EXPECT_THAT(changed.pages, Contains(page(publisher, Language::en)));
  for (const std::string& one : changed.pages) EXPECT_TRUE(one.starts_with(config_.base_url + "/en/budaya/")) << one;
  // Three forms of the edition's feed, the section's and those of two topics, in English alone.
  EXPECT_EQ(changed.feeds.size(), 3u * 4);
  EXPECT_THAT(changed.feeds, Contains(config_.base_url + "/en/feed.xml"));
  EXPECT_THAT(changed.feeds, Contains(config_.base_url + "/en/budaya/atom.xml"));
  for (const std::string& feed : changed.feeds) EXPECT_TRUE(feed.starts_with(config_.base_url + "/en/")) << feed;
}

TEST_F(ChangedSite, AnUpdateThatIsRepeatedAfterACrashTellsNoLess) {
  Publisher publisher = open(disk(false));
  publish(publisher);
  version(kStory, Language::fr).made_by = Making::people;
  const ChangedAddresses first = update(publisher, {kStory}).changed;
  const ChangedAddresses again = update(publisher, {kStory}).changed;
  ASSERT_FALSE(first.pages.empty());
  EXPECT_TRUE(std::ranges::includes(again.pages, first.pages));
  EXPECT_TRUE(std::ranges::includes(again.feeds, first.feeds));
}

TEST_F(ChangedSite, TheFirstPublicationOfASiteTellsOfWhatIsNew) {
  Publisher publisher = open(disk(false));
  const ChangedAddresses changed = update(publisher, {kStory}).changed;
  EXPECT_THAT(changed.pages, Contains(page(publisher, Language::id)));
}

TEST_F(ChangedSite, PagesThatMayNotBeIndexedAreNotTold) {
  SiteVersion& english = version(kStory, Language::en);
  english.made_by = Making::machine;
  english.version.score = 0.1F;
  Publisher publisher = open(disk(false));
  publish(publisher);
  rename(kStory, Language::en, "Batik turns green");
  const ChangedAddresses changed = update(publisher, {kStory}).changed;
  EXPECT_THAT(changed.pages, IsEmpty());
  EXPECT_EQ(changed.feeds.size(), 3u * 4);
  // Reviewed, it is a page for search engines.
  english.made_by = Making::machine_reviewed;
  english.reviewed_by = "Sari";
  EXPECT_THAT(update(publisher, {kStory}).changed.pages, ElementsAre(page(publisher, Language::en)));
}

TEST_F(ChangedSite, AWithdrawalIsToldForEveryLanguage) {
  Publisher publisher = open(disk(false));
  publish(publisher);
  source_[kStory].withdrawn = true;
  const ChangedAddresses changed = update(publisher, {kStory}).changed;
  for (const Language language : config_.languages) {
    EXPECT_THAT(changed.pages, Contains(page(publisher, language)));
    EXPECT_THAT(changed.feeds, Contains(config_.base_url + "/" + language.code() + "/feed.json"));
  }
}

TEST_F(ChangedSite, FeedsNameTheHubAndTheKeyIsPublished) {
  config_.websub_hub = "https://hub.example/?a=1&b=2";
  config_.indexnow_key = "kunci-kami-2026";
  Publisher publisher = open(disk(false));
  publish(publisher);
  const ReadSite site = read();
  EXPECT_THAT(site.bytes("/en/feed.xml"),
              HasSubstr("<atom:link rel=\"hub\" href=\"https://hub.example/?a=1&amp;b=2\"/>"));
  EXPECT_THAT(site.bytes("/en/atom.xml"), HasSubstr("<link rel=\"hub\" href=\"https://hub.example/?a=1&amp;b=2\"/>"));
  EXPECT_THAT(site.bytes("/en/feed.json"),
              HasSubstr("\"hubs\":[{\"type\":\"WebSub\",\"url\":\"https://hub.example/?a=1&b=2\"}]"));
  EXPECT_EQ(site.bytes("/kunci-kami-2026.txt"), "kunci-kami-2026");
}

TEST_F(ChangedSite, WithoutAHubNoFeedNamesOne) {
  Publisher publisher = open(disk(false));
  publish(publisher);
  EXPECT_THAT(read().bytes("/id/feed.xml"), Not(HasSubstr("rel=\"hub\"")));
  EXPECT_THAT(read().bytes("/id/atom.xml"), Not(HasSubstr("rel=\"hub\"")));
  EXPECT_THAT(read().bytes("/id/feed.json"), Not(HasSubstr("\"hubs\"")));
}

TEST(PingSettings, AreChecked) {
  EXPECT_TRUE(check_pings({}));
  EXPECT_TRUE(check_pings({.websub_hub = "http://127.0.0.1:8080/", .indexnow_key = "abcd-123"}));
  EXPECT_EQ(check_pings({.websub_hub = "hub.example"}).error().place, "websub_hub");
  for (const std::string& key : {std::string("abc-123"), std::string(129, 'a'), std::string("../../etc/x")}) {
    EXPECT_EQ(check_pings({.indexnow_key = key}).error().place, "indexnow_key") << key;
  }
}

}  // namespace
}  // namespace kabar::site
