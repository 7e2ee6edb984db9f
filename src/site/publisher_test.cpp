#include "site/publisher.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include "site/compress.h"
#include "site/pages.h"
#include "site/sample_site.h"
#include "site/site_check.h"
#include "site/theme_check.h"

namespace kabar::site {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = KABAR_ROOT;
constexpr Time kNow{std::chrono::seconds(1795573800)};  // 2026-11-25 02:30 UTC

// Refuses everything after so many writes and removals, as a power cut does.
class FailingDisk final : public FileSystem {
 public:
  Result<void> write(const fs::path& path, std::string_view bytes) override {
    if (left-- <= 0) return fail(ErrorKind::io, path.string(), "power cut");
    ++changes;
    return disk(false).write(path, bytes);
  }
  Result<void> remove(const fs::path& path) override {
    std::error_code error;
    if (!fs::exists(path, error)) return {};
    if (left-- <= 0) return fail(ErrorKind::io, path.string(), "power cut");
    ++changes;
    return disk(false).remove(path);
  }
  int left = 1'000'000;
  int changes = 0;
};

class Site : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) /
              (std::string("kabar_site_") + testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
  }

  Publisher open(FileSystem& files, const fs::path& theme = kRoot / "themes/default") {
    Result<Publisher> publisher = Publisher::open(
        config_, {folder_ / "public", folder_ / "state", theme, kRoot / "data/messages"}, files, clock_);
    EXPECT_TRUE(publisher) << (publisher ? "" : publisher.error().text());
    return std::move(*publisher);
  }
  PublishReport publish(Publisher& publisher) {
    const Result<PublishReport> report = publisher.publish(source_);
    EXPECT_TRUE(report) << (report ? "" : report.error().text());
    return report.value_or(PublishReport());
  }
  PublishReport update(Publisher& publisher, std::vector<std::string> ids) {
    const Result<PublishReport> report = publisher.update(ids, source_);
    EXPECT_TRUE(report) << (report ? "" : report.error().text());
    return report.value_or(PublishReport());
  }
  ReadSite read() const { return ReadSite(folder_ / "public", config_.base_url); }
  std::map<std::string, std::string> all_bytes() const {
    const ReadSite site = read();
    std::map<std::string, std::string> bytes;
    for (const std::string& path : site.files) bytes[path] = site.bytes(path);
    return bytes;
  }
  std::string address(Publisher& publisher, const std::string& id, Language language) {
    return publisher.address(source_.articles.at(id), language);
  }
  SiteVersion& version(const std::string& id, Language language) {
    for (SiteVersion& candidate : source_[id].versions) {
      if (candidate.version.language == language) return candidate;
    }
    ADD_FAILURE() << "no version";
    return source_[id].versions.front();
  }
  void rename(const std::string& id, Language language, const std::string& title) {
    SiteVersion& changed = version(id, language);
    changed.version.title = title;
    changed.blocks.front().text = title;
  }

  fs::path folder_;
  SiteConfig config_ = sample_site();
  FixedClock clock_{kNow};
  SampleSource source_{sample_articles(kRoot / "tests/site/sample")};
};

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

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
}

TEST_F(Site, AThemeThatLosesTheNoticeIsRefused) {
  const fs::path theme = folder_ / "theme";
  fs::create_directories(folder_);
  fs::copy(kRoot / "themes/default", theme, fs::copy_options::recursive);
  std::string text = *read_file(theme / "article.mustache", 1 << 20);
  text.erase(text.find("{{{notice_end}}}"), 16);
  ASSERT_TRUE(disk(false).write(theme / "article.mustache", text));
  Publisher publisher = open(disk(false), theme);
  const Result<PublishReport> report = publisher.publish(source_);
  ASSERT_FALSE(report);
  EXPECT_NE(report.error().message.find("without its notice"), std::string::npos);
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

TEST_F(Site, UnchangedFilesAreNotWritten) {
  Publisher publisher = open(disk(false));
  publish(publisher);
  FailingDisk counting;
  Publisher again = open(counting);
  const PublishReport report = publish(again);
  EXPECT_EQ(report.files_written, 0);
  EXPECT_EQ(report.files_removed, 0);
  EXPECT_GT(report.files_unchanged, 500);
  const PublishReport nothing = update(again, {"batik-pewarna-alam"});
  EXPECT_EQ(nothing.files_written, 0);
}

TEST_F(Site, OneChangedSentenceTouchesOnlyWhatShowsIt) {
  Publisher publisher = open(disk(false));
  publish(publisher);
  const auto before = all_bytes();
  SiteVersion& french = version("batik-pewarna-alam", Language::fr);
  french.blocks.back().text += " Encore une phrase.";
  update(publisher, {"batik-pewarna-alam"});
  std::vector<std::string> changed;
  for (const auto& [path, bytes] : all_bytes()) {
    if (!before.contains(path) || before.at(path) != bytes) changed.push_back(path);
  }
  // The page itself, and the full-text feeds of the front page, the section and the two tags.
  EXPECT_EQ(changed.size(), 1u + 3 * 4) << joined(changed);
  for (const std::string& path : changed) EXPECT_TRUE(path.starts_with("/fr/")) << path;
}

TEST_F(Site, ANewHeadlineMovesTheAddressAndTheOldOneLeadsOn) {
  Publisher publisher = open(disk(false));
  publish(publisher);
  const std::string old = address(publisher, "batik-pewarna-alam", Language::en);
  rename("batik-pewarna-alam", Language::en, "Batik turns green");
  update(publisher, {"batik-pewarna-alam"});
  const std::string current = address(publisher, "batik-pewarna-alam", Language::en);
  EXPECT_EQ(current, "/en/budaya/batik-pewarna-alam/batik-turns-green/");
  const ReadSite site = read();
  EXPECT_TRUE(site.bytes(old + "index.html").starts_with(std::string(kMovedMark) + current + " -->"));
  EXPECT_TRUE(site.bytes("/en/budaya/batik-pewarna-alam/index.html").starts_with(std::string(kMovedMark) + current));
  EXPECT_EQ(joined(site.broken_links()), "");
  for (const auto& [path, page] : site.pages) {
    EXPECT_TRUE(page.moved || std::ranges::count(page.links, old) == 0) << path;
  }
  // The main page and its siblings name the new address at once.
  EXPECT_EQ(site.pages.at(address(publisher, "batik-pewarna-alam", Language::fr)).alternates.at("en"), current);
  const Result<std::string> nginx = publisher.nginx_config();
  ASSERT_TRUE(nginx);
  EXPECT_NE(nginx->find("\"" + old + "\" \"" + current + "\""), std::string::npos);
}

TEST_F(Site, UpdatesEndWhereAFullPublicationEnds) {
  Publisher publisher = open(disk(false));
  SiteArticle late = source_["harga-beras"];
  source_.articles.erase("harga-beras");
  publish(publisher);
  source_["harga-beras"] = late;  // a new one, older than most
  version("2026-11-gunung-lewotobi", Language::ar).version.status = VersionStatus::published;  // released
  source_["kereta-malam-sumatra"].withdrawn = true;
  source_["terumbu-karang"].section = "lingkungan";
  for (const char* id : {"harga-beras", "2026-11-gunung-lewotobi", "kereta-malam-sumatra", "terumbu-karang"})
    update(publisher, {id});
  const auto updated = all_bytes();
  Publisher fresh = open(disk(false));
  publish(fresh);
  const auto published = all_bytes();
  for (const auto& [path, bytes] : published) {
    ASSERT_TRUE(updated.contains(path)) << path;
    EXPECT_EQ(updated.at(path), bytes) << path;
  }
  EXPECT_EQ(updated.size(), published.size());
}

TEST_F(Site, ARemovedArticleLeavesNothing) {
  Publisher publisher = open(disk(false));
  publish(publisher);
  source_.articles.erase("badminton-final");
  update(publisher, {"badminton-final"});
  const ReadSite site = read();
  EXPECT_EQ(joined(site.broken_links()), "");
  for (const std::string& path : site.files) EXPECT_EQ(path.find("badminton-final"), std::string::npos) << path;
}

TEST_F(Site, WhateverTheMomentOfAPowerCutNoLinkBreaksAndRecoveryEndsTheUpdate) {
  const auto change = [this] {
    rename("rupiah-dan-suku-bunga", Language::en, "Rates on hold");
    source_["kereta-malam-sumatra"].withdrawn = true;
    source_["terumbu-karang"].section = "lingkungan";
    source_.articles.erase("harga-beras");
  };
  const std::vector<std::string> ids = {"rupiah-dan-suku-bunga", "kereta-malam-sumatra", "terumbu-karang",
                                        "harga-beras"};
  const SampleSource unchanged = source_;
  FailingDisk files;
  {
    Publisher publisher = open(files);
    publish(publisher);
    files.changes = 0;
    change();
    update(publisher, ids);
  }
  const int steps = files.changes;
  const auto wanted = all_bytes();
  EXPECT_GT(steps, 100);
  // Before the first step, the journal, nothing has happened: the newsroom asks for the update again.
  for (int cut = 1; cut < steps; cut += 1 + steps / 12) {
    fs::remove_all(folder_);
    source_ = unchanged;
    FailingDisk failing;
    {
      Publisher publisher = open(failing);
      publish(publisher);
      change();
      failing.left = cut;
      EXPECT_FALSE(publisher.update(ids, source_)) << cut;
    }
    EXPECT_EQ(joined(read().broken_links()), "") << "cut after " << cut;
    failing.left = 1'000'000;
    Publisher publisher = open(failing);
    const Result<PublishReport> recovered = publisher.recover(source_);
    ASSERT_TRUE(recovered) << recovered.error().text();
    const auto found = all_bytes();
    for (const auto& [path, bytes] : wanted) {
      ASSERT_TRUE(found.contains(path)) << cut << " " << path;
      EXPECT_EQ(found.at(path), bytes) << cut << " " << path;
    }
    EXPECT_EQ(found.size(), wanted.size()) << cut;
    EXPECT_FALSE(fs::exists(folder_ / "state/journal"));
  }
}

TEST_F(Site, AnInterruptedPublicationIsEndedToo) {
  FailingDisk failing;
  failing.left = 300;
  {
    Publisher publisher = open(failing);
    EXPECT_FALSE(publisher.publish(source_));
  }
  failing.left = 1'000'000;
  Publisher publisher = open(failing);
  ASSERT_TRUE(publisher.recover(source_));
  EXPECT_EQ(joined(read().broken_links()), "");
}

TEST_F(Site, LongListsAreCutFromTheOldEnd) {
  const SiteArticle model = source_["harga-beras"];
  for (int i = 0; i < 60; ++i) {
    SiteArticle copy = model;
    copy.id = "beras-" + std::to_string(100 + i);
    copy.published = model.published - std::chrono::hours(200 - i);
    source_[copy.id] = copy;
  }
  Publisher publisher = open(disk(false));
  publish(publisher);
  // 62 articles of the section: page 1 has the 24 oldest, the section's own page the 38 newest.
  const ReadSite site = read();
  ASSERT_TRUE(site.pages.contains("/id/ekonomi/page/1/"));
  EXPECT_FALSE(site.pages.contains("/id/ekonomi/page/2/"));
  EXPECT_EQ(joined(site.broken_links()), "");
  const std::string old_page = site.bytes("/id/ekonomi/page/1/index.html");
  SiteArticle next = model;
  next.id = "beras-baru";
  next.published = kNow;
  source_["beras-baru"] = next;
  update(publisher, {"beras-baru"});
  EXPECT_EQ(read().bytes("/id/ekonomi/page/1/index.html"), old_page);
}

TEST_F(Site, TheMainLanguageCanStandAtTheRoot) {
  config_.main_language_at_root = true;
  Publisher publisher = open(disk(false));
  publish(publisher);
  const ReadSite site = read();
  EXPECT_EQ(site.pages.at("/").language, "id");
  EXPECT_EQ(address(publisher, "harga-beras", Language::id),
            "/ekonomi/harga-beras/harga-beras-medium-turun-rp300-per-kilogram/");
  EXPECT_EQ(joined(site.broken_links()), "");
}

TEST_F(Site, CompressedFormsFollowTheirFiles) {
  Publisher publisher = open(disk(false));
  publish(publisher);
  ThreadPool pool(2);
  const Result<CompressReport> report = compress_missing(folder_ / "public", disk(false), pool, {});
  ASSERT_TRUE(report);
  EXPECT_GT(report->files, 300);
  EXPECT_LT(report->bytes_after * 3, report->bytes_before);
  const fs::path page =
      folder_ / "public" / (address(publisher, "batik-pewarna-alam", Language::fr).substr(1) + "index.html");
  ASSERT_TRUE(fs::exists(page.string() + ".br"));
  EXPECT_LT(fs::file_size(page.string() + ".br"), 60'000u);
  version("batik-pewarna-alam", Language::fr).blocks.back().text += " Encore.";
  update(publisher, {"batik-pewarna-alam"});
  EXPECT_FALSE(fs::exists(page.string() + ".br"));
  EXPECT_FALSE(fs::exists(page.string() + ".gz"));
  EXPECT_EQ(compress_missing(folder_ / "public", disk(false), pool, {})->files, 13);
}

int files_in(const fs::path& folder) {
  std::error_code error;
  int count = 0;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) ++count;
  return count;
}

TEST_F(Site, CardsAreDrawnOnceAndGoWithTheirStory) {
  config_.share_cards = true;
  std::erase_if(source_.articles, [](const auto& entry) { return entry.first != "harga-beras"; });
  Publisher publisher = open(disk(false));
  publish(publisher);
  const fs::path cards = folder_ / "public/cards";
  const LaterReport first = publisher.make_later(std::chrono::hours(1)).value();
  EXPECT_TRUE(first.done);
  EXPECT_GT(first.cards, 1);
  EXPECT_GT(first.compressed, 0);
  EXPECT_EQ(files_in(cards), first.cards);
  const LaterReport again = publisher.make_later(std::chrono::hours(1)).value();
  EXPECT_TRUE(again.done);
  EXPECT_EQ(again.cards + again.compressed, 0);

  const std::string ids[] = {"harga-beras"};
  source_["harga-beras"].versions[0].version.title = "Judul lain sama sekali";
  ASSERT_TRUE(publisher.update(ids, source_));
  EXPECT_EQ(files_in(cards), first.cards - 1);  // nobody names the old one any more
  EXPECT_EQ(publisher.make_later(std::chrono::hours(1)).value().cards, 1);

  source_["harga-beras"].withdrawn = true;
  ASSERT_TRUE(publisher.update(ids, source_));
  EXPECT_EQ(files_in(cards), 0);
}

TEST_F(Site, TheBuiltInThemePassesItsOwnCheckAndAMisspeltNameIsFound) {
  const fs::path theme = kRoot / "themes/default";
  const Result<ThemeReport> good = check_theme(theme, theme, kRoot / "data/messages", config_, folder_);
  ASSERT_TRUE(good) << good.error().text();
  EXPECT_TRUE(good->unknown.empty());
  EXPECT_GT(good->pages, 10);
  fs::create_directories(folder_);
  fs::copy(theme, folder_ / "theme", fs::copy_options::recursive);
  const std::string footer = *read_file(theme / "footer.mustache", 1 << 20);
  ASSERT_TRUE(disk(false).write(folder_ / "theme/footer.mustache", "{{site_titel}}" + footer));
  const Result<ThemeReport> misspelt = check_theme(folder_ / "theme", theme, kRoot / "data/messages", config_, folder_);
  ASSERT_TRUE(misspelt);
  ASSERT_FALSE(misspelt->unknown.empty());
  EXPECT_NE(misspelt->unknown[0].find("site_titel"), std::string::npos);
}

TEST_F(Site, EveryFieldOfTheThemeIsDocumented) {
  const Result<Theme> theme = Theme::load(kRoot / "themes/default");
  ASSERT_TRUE(theme);
  const std::string text = *read_file(kRoot / "docs/theme.md", 1 << 20);
  for (const std::string& field : theme->fields()) {
    const std::string name = field.substr(field.rfind('.') == std::string::npos ? 0 : field.rfind('.') + 1);
    if (name.empty() || name.starts_with("ui_")) continue;
    EXPECT_NE(text.find("`" + name + "`"), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace kabar::site
