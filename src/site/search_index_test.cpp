#include "site/search_index.h"

#include <gtest/gtest.h>

namespace kabar::site {
namespace {

class Index : public testing::Test {
 protected:
  void SetUp() override {
    file_ = std::filesystem::path(testing::TempDir()) / "kabar_search.db";
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file_.string() + end);
  }
  SearchIndex open(std::vector<Language> languages = {Language::id, Language::zh, Language::ja, Language::ar}) {
    return SearchIndex::open(file_, std::move(languages)).value();
  }
  static SearchDocument story(const char* id, Language language, const char* title, const char* body) {
    return {.article = id, .language = language, .title = title, .body = body, .address = std::string("/") + id + "/"};
  }
  static std::vector<std::string> find(SearchIndex& index, const char* query, Language language) {
    const SearchAnswer answer = index.find(query, language, 10, 0).value();
    std::vector<std::string> found;
    for (const SearchHit& hit : answer.hits) found.push_back(hit.address);
    return found;
  }
  using Found = std::vector<std::string>;
  std::filesystem::path file_;
};

TEST_F(Index, FindsInEachLanguageByItsOwnRules) {
  SearchIndex index = open();
  EXPECT_TRUE(index.empty().value());
  ASSERT_TRUE(index.put("a", {story("a", Language::id, "Bantuan dikirim", "Pemerintah menulis surat."),
                              story("a", Language::zh, "总统府发言人说", "援助已运抵雅加达。"),
                              story("a", Language::ja, "副大統領が訪問", "支援物資が届いた。"),
                              story("a", Language::ar, "قال الرئيس", "وصلت المساعدات.")}));
  ASSERT_TRUE(index.commit());
  EXPECT_FALSE(index.empty().value());
  EXPECT_EQ(find(index, "mengirim", Language::id), Found{"/a/"});
  EXPECT_EQ(find(index, "tulis", Language::id), Found{"/a/"});
  EXPECT_EQ(find(index, "总统", Language::zh), Found{"/a/"});
  EXPECT_EQ(find(index, "大統領", Language::ja), Found{"/a/"});
  EXPECT_EQ(find(index, "رئيس", Language::ar), Found{"/a/"});
  EXPECT_EQ(find(index, "总统", Language::id), Found{});
  EXPECT_EQ(find(index, "bantuan kirim", Language::id), Found{"/a/"});
  EXPECT_EQ(find(index, "bantuan padi", Language::id), Found{});
  EXPECT_EQ(find(index, "bantuan", Language::fr), Found{});  // no edition of this site
}

TEST_F(Index, AWordInTheTitleCountsMore) {
  SearchIndex index = open();
  ASSERT_TRUE(index.put("body", {story("body", Language::id, "Panen raya", "Harga beras turun di pasar.")}));
  ASSERT_TRUE(index.put("title", {story("title", Language::id, "Beras turun", "Panen raya di pasar besar.")}));
  ASSERT_TRUE(index.commit());
  EXPECT_EQ(find(index, "beras", Language::id), (Found{"/title/", "/body/"}));
}

TEST_F(Index, WhatIsReplacedOrWithdrawnIsFoundNoMore) {
  SearchIndex index = open();
  ASSERT_TRUE(
      index.put("a", {story("a", Language::id, "Beras naik", "Satu."), story("a", Language::ja, "米価", "上昇")}));
  ASSERT_TRUE(index.put("b", {story("b", Language::id, "Beras turun", "Dua.")}));
  ASSERT_TRUE(index.put("a", {story("a", Language::id, "Jagung naik", "Satu.")}));
  ASSERT_TRUE(index.commit());
  EXPECT_EQ(find(index, "beras", Language::id), Found{"/b/"});
  EXPECT_EQ(find(index, "米価", Language::ja), Found{});
  ASSERT_TRUE(index.put("b", {}));
  ASSERT_TRUE(index.commit());
  EXPECT_EQ(find(index, "beras", Language::id), Found{});
}

TEST_F(Index, AFullRunDropsWhatItDidNotSee) {
  SearchIndex index = open();
  ASSERT_TRUE(index.put("old", {story("old", Language::id, "Beras lama", "")}));
  ASSERT_TRUE(index.commit());
  index.begin_all();
  ASSERT_TRUE(index.put("new", {story("new", Language::id, "Beras baru", "")}));
  ASSERT_TRUE(index.end_all());
  EXPECT_EQ(find(index, "beras", Language::id), Found{"/new/"});
}

TEST_F(Index, ANewLanguageMakesItEmptySoThatItIsMadeAgain) {
  {
    SearchIndex index = open({Language::id});
    ASSERT_TRUE(index.put("a", {story("a", Language::id, "Beras", "")}));
    ASSERT_TRUE(index.commit());
  }
  EXPECT_FALSE(open({Language::id}).empty().value());
  EXPECT_TRUE(open({Language::id, Language::fr}).empty().value());
}

TEST_F(Index, OthersReadWhileOneWrites) {
  SearchIndex writer = open();
  ASSERT_TRUE(writer.put("a", {story("a", Language::id, "Beras", "")}));
  ASSERT_TRUE(writer.commit());
  SearchIndex reader = open();
  ASSERT_TRUE(writer.put("b", {story("b", Language::id, "Beras", "")}));
  EXPECT_EQ(find(reader, "beras", Language::id).size(), 1u);
  ASSERT_TRUE(writer.commit());
  EXPECT_EQ(find(reader, "beras", Language::id).size(), 2u);
}

TEST_F(Index, ALongQueryIsRefused) {
  SearchIndex index = open();
  const auto found = index.find(std::string(kSearchQueryBytesMax + 1, 'a'), Language::id, 10, 0);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().kind, ErrorKind::limit);
}

}  // namespace
}  // namespace kabar::site
