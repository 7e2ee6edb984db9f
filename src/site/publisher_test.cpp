// What publishing writes and leaves alone, and what a power cut leaves behind.
#include "site/publisher.h"

#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "site/compress.h"
#include "site/pages.h"
#include "site/test_site.h"

namespace kabar::site {
namespace {

namespace fs = std::filesystem;

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

// "lain/rupiah" and "lain-rupiah" with the same headline, as stories of an agency are.
TEST_F(Site, TwoArticlesNeverShareAnAddress) {
  for (const char* id : {"lain-rupiah", "lain/rupiah"}) {
    source_[id] = source_["batik-pewarna-alam"];
    source_[id].id = id;
  }
  Publisher publisher = open(disk(false));
  publish(publisher);
  const std::string plain = address(publisher, "lain-rupiah", Language::id);
  const std::string changed = address(publisher, "lain/rupiah", Language::id);
  EXPECT_TRUE(plain.starts_with("/id/budaya/lain-rupiah/"));
  EXPECT_TRUE(changed.starts_with("/id/budaya/lain-rupiah~"));
  const std::string feed = read().bytes("/id/budaya/feed.xml");
  EXPECT_NE(feed.find(",2026:lain-rupiah:id</guid>"), std::string::npos);
  EXPECT_NE(feed.find(",2026:lain%2Frupiah:id</guid>"), std::string::npos);
  source_["lain/rupiah"].withdrawn = true;
  update(publisher, {"lain/rupiah"});
  EXPECT_EQ(read().bytes(plain + "index.html").find(kGoneMark), std::string::npos);
  EXPECT_NE(read().bytes(changed + "index.html").find(kGoneMark), std::string::npos);
}

TEST_F(Site, AFurtherSiteHasItsOwnServerBlockBesideTheFirst) {
  Publisher publisher = open(disk(false));
  publish(publisher);
  const std::string first = publisher.nginx_config().value();
  const std::string further =
      publisher.nginx_config({.name = "jawa-barat", .folder = "sites/jawa-barat/public"}).value();
  EXPECT_NE(first.find("  root public;\n"), std::string::npos);
  EXPECT_NE(first.find("map_hash_max_size"), std::string::npos);
  EXPECT_NE(further.find("  root sites/jawa-barat/public;\n"), std::string::npos);
  // What nginx allows once in all, and variables, which are global there.
  EXPECT_EQ(further.find("map_hash_"), std::string::npos);
  for (const char* name : {"moved", "gone", "cache", "language"}) {
    EXPECT_NE(further.find(fmt::format("map $uri $kabar_{}_jawa_barat {{", name)), std::string::npos) << name;
    EXPECT_EQ(further.find(fmt::format("$kabar_{} ", name)), std::string::npos) << name;
    EXPECT_EQ(further.find(fmt::format("$kabar_{};", name)), std::string::npos) << name;
    EXPECT_EQ(further.find(fmt::format("$kabar_{})", name)), std::string::npos) << name;
  }
  const std::string caddy = publisher.caddy_config({.name = "jawa-barat", .folder = "sites/jawa-barat/public"}).value();
  EXPECT_NE(caddy.find("\troot * sites/jawa-barat/public\n"), std::string::npos);
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
  // What has no folder of an edition is in the main language.
  EXPECT_NE(publisher.nginx_config().value().find("{\n  default id;\n  ~^/en/ en;\n  ~^/zh/ zh-Hans;\n"),
            std::string::npos);
  EXPECT_NE(publisher.caddy_config().value().find("@in-id not path /en/* /zh/* /ja/* /ar/* /fr/*\n"),
            std::string::npos);
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

}  // namespace
}  // namespace kabar::site
