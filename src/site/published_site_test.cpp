// What readers and machines find on the published site.
#include <algorithm>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include "site/pages.h"
#include "site/test_site.h"

namespace kabar::site {
namespace {

TEST_F(Site, EveryPageIsWellFormedAndEveryLinkResolves) {
  Publisher publisher = open(disk(false));
  publish(publisher);
  const ReadSite site = read();
  EXPECT_GT(site.pages.size(), 250u);
  EXPECT_EQ(joined(site.broken_links()), "");
  for (const auto& [path, page] : site.pages) {
    EXPECT_EQ(page.errors, 0) << path;
    EXPECT_FALSE(page.title.empty()) << path;
    EXPECT_EQ(page.direction, page.language == "ar" ? "rtl" : "ltr") << path;
    for (const std::string& loaded : page.loaded) EXPECT_TRUE(loaded.starts_with("/")) << path << " loads " << loaded;
    EXPECT_EQ(page.text.find("{{"), std::string::npos) << path;
  }
}

TEST_F(Site, HreflangIsCompleteMutualAndOnlyOfIndexedPages) {
  Publisher publisher = open(disk(false));
  publish(publisher);
  const ReadSite site = read();
  int sets = 0;
  for (const auto& [path, page] : site.pages) {
    EXPECT_TRUE(!page.noindex || page.alternates.empty()) << path;
    if (page.alternates.empty()) continue;
    ++sets;
    EXPECT_EQ(page.canonical, path);
    EXPECT_EQ(page.alternates.at(page.language), path);
    EXPECT_TRUE(page.alternates.contains("x-default")) << path;
    for (const auto& [code, other] : page.alternates) {
      if (code == "x-default") continue;
      const ReadPage& sibling = site.pages.at(other);
      EXPECT_EQ(sibling.language, code);
      EXPECT_FALSE(sibling.noindex) << path << " names " << other;
      EXPECT_EQ(sibling.alternates, page.alternates) << path << " " << other;
    }
  }
  EXPECT_GT(sets, 60);
  const ReadPage& rupiah = site.pages.at(address(publisher, "rupiah-dan-suku-bunga", Language::zh));
  EXPECT_EQ(rupiah.alternates.size(), 7u);  // six languages and x-default
  EXPECT_TRUE(rupiah.alternates.contains("zh-Hans"));
  EXPECT_EQ(site.pages.at(address(publisher, "2026-11-gunung-lewotobi", Language::en)).alternates.count("ar"), 0u);
}

TEST_F(Site, ReadersOfOtherLanguagesAreLedToTheEditionThatTheSiteChose) {
  config_.x_default = Language::en;
  Publisher english = open(disk(false));
  publish(english);
  int led = 0;
  for (const auto& [path, page] : read().pages) {
    const auto own = page.alternates.find("en");
    const auto chosen = page.alternates.find("x-default");
    ASSERT_EQ(chosen == page.alternates.end(), own == page.alternates.end()) << path;
    if (own == page.alternates.end()) continue;
    EXPECT_EQ(chosen->second, own->second) << path;
    ++led;
  }
  EXPECT_GT(led, 60);
  config_.x_default.reset();
  Publisher none = open(disk(false));
  publish(none);
  for (const auto& [path, page] : read().pages) EXPECT_FALSE(page.alternates.contains("x-default")) << path;
}

TEST_F(Site, OwnWordsOfTheNoticeKeepTheLinkAndWhichVersionCounts) {
  config_.notice[Language::en] = "Our machine made this.";
  Publisher publisher = open(disk(false));
  publish(publisher);
  const ReadSite site = read();
  const std::string bytes = site.bytes(address(publisher, "badminton-final", Language::en) + "index.html");
  const std::string words = "Our machine made this. The Indonesian version is the authoritative one. <a href=\"" +
                            address(publisher, "badminton-final", Language::id) + "\" rel=\"original\"";
  const size_t top = bytes.find(words);
  ASSERT_NE(top, std::string::npos);
  EXPECT_NE(bytes.find(words, top + 1), std::string::npos) << "at the end as well";
  // Who reviewed a translation stays, whatever the site's own words.
  const std::string& reviewed = site.pages.at(address(publisher, "rupiah-dan-suku-bunga", Language::en)).text;
  EXPECT_NE(reviewed.find("checked by Helen Carter"), std::string::npos);
  EXPECT_EQ(reviewed.find("Our machine"), std::string::npos);
}

TEST_F(Site, EveryMachineVersionCarriesTheNoticeInItsLanguageEverywhere) {
  Publisher publisher = open(disk(false));
  publish(publisher);
  const ReadSite site = read();
  const std::map<Language, std::string> words = {
      {Language::en,
       "Translated from Indonesian by AI and not checked by an editor. It may contain inaccuracies. The Indonesian "
       "version is the authoritative one."},
      {Language::fr,
       "Traduit de l’indonésien par une IA, sans relecture. Le texte peut contenir des inexactitudes. Seule la version "
       "indonésienne fait foi."},
      {Language::zh, "本文由人工智能译自印尼文，未经编辑核对，可能存在不准确之处。以印尼文原文为准。"},
      {Language::ja,
       "本記事はインドネシア語からAIが翻訳したもので、編集者による確認はされていません。不正確な箇所を含むことがありま"
       "す。正本はインドネシア語版です。"},
      {Language::ar,
       "ترجم الذكاء الاصطناعي هذا النص من الإندونيسية ولم يراجعه محرر. وقد يتضمن أخطاء. النسخة الإندونيسية هي "
       "المعتمدة."}};
  const std::string original = address(publisher, "batik-pewarna-alam", Language::id);
  for (const auto& [language, text] : words) {
    const ReadPage& page = site.pages.at(address(publisher, "batik-pewarna-alam", language));
    const size_t first = page.text.find(text);
    ASSERT_NE(first, std::string::npos) << page.path;
    EXPECT_NE(page.text.find(text, first + 1), std::string::npos) << page.path;
    EXPECT_GE(std::ranges::count(page.links, original), 2) << page.path;
    const nlohmann::json data = nlohmann::json::parse(page.json_ld.at(0));
    EXPECT_NE(data["creditText"].get<std::string>().find(text), std::string::npos);
    EXPECT_NE(site.pages.at(page.path + "compare/").text.find(text), std::string::npos);
    for (const char* feed : {"feed.xml", "atom.xml", "feed.json"}) {
      const std::string bytes = site.bytes("/" + language.code() + "/budaya/" + feed);
      EXPECT_NE(bytes.find(text), std::string::npos) << language.code() << feed;
      EXPECT_NE(bytes.find(config_.base_url + original), std::string::npos) << language.code() << feed;
    }
  }
  const ReadPage& checked = site.pages.at(address(publisher, "badminton-final", Language::ja));
  EXPECT_NE(checked.text.find("高橋 美咲が2026年11月22日に確認しました"), std::string::npos);
  const ReadPage& behind = site.pages.at(address(publisher, "badminton-final", Language::fr));
  EXPECT_NE(behind.text.find("la nouvelle traduction est en préparation"), std::string::npos);
  EXPECT_EQ(site.pages.at(original).text.find("Terjemahan AI"), std::string::npos);
  for (const char* feed : {"feed.xml", "atom.xml", "feed.json"}) {
    EXPECT_NE(site.bytes(std::string("/fr/") + feed).find("la nouvelle traduction est en préparation"),
              std::string::npos)
        << feed;
  }
}

TEST_F(Site, MachinesAreToldTheDateThatReadersSee) {
  SiteArticle& article = source_["batik-pewarna-alam"];
  article.published = kNow - std::chrono::hours(24 * 20);  // of an archive that was imported just now
  for (SiteVersion& shown : article.versions) shown.published = shown.modified = kNow;
  SiteArticle& fresh = source_["rupiah-dan-suku-bunga"];
  fresh.published = Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 24) - std::chrono::hours(7));  // no time
  Publisher publisher = open(disk(false));
  publish(publisher);
  const ReadSite site = read();
  EXPECT_NE(site.bytes("/id/budaya/feed.xml").find("<pubDate>" + rfc822_time(article.published)), std::string::npos);
  EXPECT_NE(site.bytes("/id/budaya/atom.xml").find("<published>" + iso_time(article.published)), std::string::npos);
  EXPECT_NE(site.bytes("/id/budaya/feed.json").find(iso_time(article.published)), std::string::npos);
  const std::string news = site.bytes("/sitemap/news-id.xml");
  EXPECT_EQ(news.find("batik-pewarna-alam"), std::string::npos);
  EXPECT_NE(news.find("<news:publication_date>2026-11-24<"), std::string::npos);
  const ReadPage& page = site.pages.at(address(publisher, "rupiah-dan-suku-bunga", Language::id));
  EXPECT_NE(page.text.find("24 November 2026"), std::string::npos);
  EXPECT_EQ(page.text.find("pukul 00.00"), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(page.json_ld.at(0))["datePublished"], "2026-11-24");
}

TEST_F(Site, StructuredDataTellsWhatTheVersionIs) {
  Publisher publisher = open(disk(false));
  publish(publisher);
  const ReadSite site = read();
  const auto data = [&](const char* id, Language language) {
    return nlohmann::json::parse(site.pages.at(address(publisher, id, language)).json_ld.at(0));
  };
  const nlohmann::json original = data("rupiah-dan-suku-bunga", Language::id);
  EXPECT_EQ(original["inLanguage"], "id");
  EXPECT_EQ(original["workTranslation"].size(), 5u);
  EXPECT_FALSE(original.contains("digitalSourceType"));  // schema.org has no word for what people wrote
  const nlohmann::json machine = data("rupiah-dan-suku-bunga", Language::zh);
  EXPECT_EQ(machine["translationOfWork"]["inLanguage"], "id");
  EXPECT_EQ(decode_percent(machine["translationOfWork"]["url"]),
            config_.base_url + address(publisher, "rupiah-dan-suku-bunga", Language::id));
  EXPECT_EQ(machine["digitalSourceType"], "https://schema.org/TrainedAlgorithmicMediaDigitalSource");
  EXPECT_FALSE(machine.contains("editor"));
  EXPECT_EQ(data("rupiah-dan-suku-bunga", Language::en)["editor"]["name"], "Helen Carter");
  EXPECT_EQ(data("badminton-final", Language::ar)["correction"][0]["@type"], "CorrectionComment");
}

TEST_F(Site, FeedsAreReadByAnXmlParser) {
  Publisher publisher = open(disk(false));
  publish(publisher);
  const ReadSite site = read();
  pugi::xml_document rss;
  ASSERT_TRUE(rss.load_string(site.bytes("/ar/feed.xml").c_str()));
  const pugi::xml_node channel = rss.child("rss").child("channel");
  EXPECT_STREQ(channel.child_value("language"), "ar");
  std::set<std::string> ids;
  int items = 0;
  for (const pugi::xml_node item : channel.children("item")) {
    ++items;
    ids.insert(item.child_value("guid"));
    EXPECT_TRUE(site.pages.contains(decode_percent(item.child_value("link")).substr(config_.base_url.size())));
    EXPECT_NE(std::string(item.child_value("description")).find("الذكاء الاصطناعي"), std::string::npos);
    EXPECT_EQ(std::string(item.child_value("content:encoded")).find("data-s="), std::string::npos);
  }
  EXPECT_EQ(items, 6);  // eight articles less the held and the withdrawn one
  EXPECT_EQ(ids.size(), 6u);
  pugi::xml_document atom;
  ASSERT_TRUE(atom.load_string(site.bytes("/ja/atom.xml").c_str()));
  EXPECT_STREQ(atom.child("feed").attribute("xml:lang").value(), "ja");
  EXPECT_EQ(std::distance(atom.child("feed").children("entry").begin(), atom.child("feed").children("entry").end()), 7);
  const nlohmann::json json = nlohmann::json::parse(site.bytes("/en/ekonomi/feed.json"));
  EXPECT_EQ(json["version"], "https://jsonfeed.org/version/1.1");
  EXPECT_EQ(json["items"].size(), 2u);
  EXPECT_EQ(json["items"][0]["_ai"]["status"], "ai-reviewed");
}

TEST_F(Site, SitemapsListWhatMayBeIndexedAndNothingElse) {
  Publisher publisher = open(disk(false));
  publish(publisher);
  const ReadSite site = read();
  pugi::xml_document index;
  ASSERT_TRUE(index.load_string(site.bytes("/sitemap.xml").c_str()));
  std::set<std::string> listed;
  int sitemaps = 0;
  for (const pugi::xml_node entry : index.child("sitemapindex")) {
    const std::string path = std::string(entry.child_value("loc")).substr(config_.base_url.size());
    pugi::xml_document sitemap;
    ASSERT_TRUE(sitemap.load_string(site.bytes(path).c_str())) << path;
    ++sitemaps;
    for (const pugi::xml_node url : sitemap.child("urlset")) {
      const std::string page = decode_percent(url.child_value("loc")).substr(config_.base_url.size());
      ASSERT_TRUE(site.pages.contains(page)) << page;
      EXPECT_FALSE(site.pages.at(page).noindex) << page;
      if (path.find("news") == std::string::npos) listed.insert(page);
    }
  }
  EXPECT_EQ(sitemaps, 12);
  for (const auto& [path, page] : site.pages) {
    if (page.json_ld.empty() || page.noindex) continue;
    EXPECT_TRUE(listed.contains(path)) << path;
  }
  pugi::xml_document news;
  ASSERT_TRUE(news.load_string(site.bytes("/sitemap/news-zh.xml").c_str()));
  const pugi::xml_node first = news.child("urlset").child("url").child("news:news");
  EXPECT_STREQ(first.child("news:publication").child_value("news:language"), "zh-cn");
  EXPECT_STREQ(first.child("news:publication").child_value("news:name"), "群岛新闻");
  // Only rupiah (24 November) and Lewotobi (23 November, 11:05 UTC) are younger than two days.
  EXPECT_EQ(std::distance(news.child("urlset").begin(), news.child("urlset").end()), 2);
}

TEST_F(Site, AHeldVersionIsInPreparationAndInNoList) {
  Publisher publisher = open(disk(false));
  publish(publisher);
  const ReadSite site = read();
  const std::string path = address(publisher, "2026-11-gunung-lewotobi", Language::ar);
  const ReadPage& page = site.pages.at(path);
  EXPECT_TRUE(page.noindex);
  EXPECT_NE(page.text.find("الترجمة قيد الإعداد"), std::string::npos);
  EXPECT_EQ(page.text.find("عاد السكان"), std::string::npos);
  EXPECT_GE(std::ranges::count(page.links, address(publisher, "2026-11-gunung-lewotobi", Language::id)), 1);
  for (const char* list : {"/ar/", "/ar/daerah/"})
    EXPECT_EQ(std::ranges::count(site.pages.at(list).links, path), 0) << list;
}

TEST_F(Site, AWithdrawnTextIsNowhere) {
  Publisher publisher = open(disk(false));
  publish(publisher);
  for (const auto& [path, bytes] : all_bytes()) {
    EXPECT_EQ(bytes.find("tidak boleh terlihat lagi"), std::string::npos) << path;
    EXPECT_EQ(bytes.find("Berita yang ditarik"), std::string::npos) << path;
  }
  const ReadSite site = read();
  const std::string path = address(publisher, "berita-ditarik", Language::id);
  EXPECT_NE(site.pages.at(path).text.find("18 November 2026"), std::string::npos);
  EXPECT_NE(site.bytes(path + "index.html").find(kGoneMark), std::string::npos);
}

}  // namespace
}  // namespace kabar::site
