// The life of an article with a translator that only marks its words, so that every test sees what was translated.
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/sqlite.h"
#include "life/site_source.h"
#include "life/steps/correct.h"
#include "life/steps/receive.h"
#include "life/steps/review.h"
#include "life/steps/withdraw.h"
#include "life/test_renderer.h"
#include "life/worker.h"
#include "store/articles.h"
#include "store/audit.h"
#include "store/memory.h"
#include "store/publications.h"

namespace kabar::life {
namespace {

namespace fs = std::filesystem;
using store::State;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

class LifeOfAnArticle : public testing::Test {
 protected:
  void SetUp() override {
    file_ = fs::temp_directory_path() / fmt::format("kabar-life-{}.db", ::getpid());
    remove_database();
    database_ = db::open_sqlite(file_).value();
    life_.emplace(Life{.database = *database_,
                       .clock = clock_,
                       .renderer = renderer_,
                       .sites = {{"", {.policies = {}, .targets = {Language::en, Language::fr}}}}});
    set_policy("publish");
  }
  void TearDown() override {
    life_.reset();
    database_.reset();
    remove_database();
  }
  void remove_database() {
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(file_.string() + end);
  }

  void set_policy(const char* policy, std::vector<std::string> rules = {}) {
    life_->sites[""].policies = Policies::parse(policy, rules).value();
  }

  Received import(const std::string& text) {
    const Article article = article_of("beras", text);
    const auto result = receive(*life_, {&article, 1}, "wire");
    EXPECT_TRUE(result) << result.error().text();
    return result ? result->front() : Received::unchanged;
  }

  void work() {
    renderer_.translated.clear();
    const auto report =
        work_until_idle(*life_, [&](std::span<const std::string> articles) -> Result<site::ChangedAddresses> {
          site_.insert(site_.end(), articles.begin(), articles.end());
          return changed_;
        });
    ASSERT_TRUE(report) << report.error().text();
  }

  // What readers of a language see, sentences parted by "|"; empty if it is not public.
  std::string shown(Language language) {
    SiteSource source(*database_, topics_, "");
    const std::optional<site::SiteArticle> article = source.find("beras").value();
    if (!article || article->withdrawn) return "";
    for (const site::SiteVersion& version : article->versions) {
      if (version.version.language != language) continue;
      std::string all;
      for (const Block& block : version.blocks) all += (all.empty() ? "" : "|") + block.text;
      return all;
    }
    return "";
  }

  State state(Language language) {
    const int revision = store::find_article(*database_, "beras").value()->revision;
    return store::find_version(*database_, {"beras", revision, language}).value()->state;
  }

  TranslatedSegment segment(Language language, std::string_view id) {
    const int revision = store::find_article(*database_, "beras").value()->revision;
    const auto segments = store::load_translations(*database_, {"beras", revision, language});
    for (const TranslatedSegment& one : segments.value()) {
      if (one.id == id) return one;
    }
    return {};
  }

  FixedClock clock_{Time(std::chrono::seconds(1'790'000'000))};
  TestRenderer renderer_;
  fs::path file_;
  std::unique_ptr<db::Connection> database_;
  TopicNames topics_;
  std::optional<Life> life_;
  std::vector<std::string> site_;
  site::ChangedAddresses changed_;  // what the site says that it changed
};

TEST_F(LifeOfAnArticle, IsPublishedInEveryLanguage) {
  EXPECT_EQ(import("Beras naik\n\nHarga naik. Warga cemas."), Received::created);
  work();
  EXPECT_EQ(shown(Language::id), "Beras naik|Harga naik. Warga cemas.");
  EXPECT_EQ(shown(Language::en), "en:Beras naik|en:Harga naik. en:Warga cemas.");
  EXPECT_EQ(shown(Language::fr), "fr:Beras naik|fr:Harga naik. fr:Warga cemas.");
  EXPECT_FALSE(site_.empty());
}

TEST_F(LifeOfAnArticle, SendingTheSameAgainChangesNothing) {
  import("Beras naik\n\nHarga naik.");
  work();
  EXPECT_EQ(import("Beras naik\n\nHarga naik."), Received::unchanged);
  work();
  EXPECT_THAT(renderer_.translated, testing::IsEmpty());
}

TEST_F(LifeOfAnArticle, AnEditOfOneSentenceTranslatesThatSentenceOnly) {
  import("Beras naik\n\nHarga naik 5 persen. Warga cemas.\n\nPemerintah diam.");
  work();
  EXPECT_EQ(import("Beras naik\n\nHarga naik 6 persen. Warga cemas.\n\nPemerintah diam."), Received::updated);
  work();
  EXPECT_THAT(renderer_.translated, ElementsAre("Harga naik 6 persen."));
  EXPECT_EQ(shown(Language::fr), "fr:Beras naik|fr:Harga naik 6 persen. fr:Warga cemas.|fr:Pemerintah diam.");
}

TEST_F(LifeOfAnArticle, MovedSplitAndJoinedParagraphsTranslateNothing) {
  import("Beras naik\n\nSatu pergi. Dua datang.\n\nTiga tinggal.");
  work();
  import("Beras naik\n\nTiga tinggal.\n\nSatu pergi.\n\nDua datang.");
  work();
  EXPECT_THAT(renderer_.translated, testing::IsEmpty());
  EXPECT_EQ(shown(Language::en), "en:Beras naik|en:Tiga tinggal.|en:Satu pergi.|en:Dua datang.");
}

TEST_F(LifeOfAnArticle, APersonsTextIsKeptWhenTheSourceChanges) {
  import("Beras naik\n\nHarga naik 5 persen di pasar. Warga cemas.");
  work();
  ASSERT_TRUE(edit(*life_, "beras", Language::fr, {{"s2", "Les prix montent de 5 %."}}, "Amélie"));
  work();
  EXPECT_EQ(shown(Language::fr), "fr:Beras naik|Les prix montent de 5 %. fr:Warga cemas.");
  EXPECT_EQ(renderer_.checked_together, 2u);  // the edited version with its siblings

  import("Beras naik\n\nHarga naik 6 persen di pasar. Warga cemas.");
  work();
  const TranslatedSegment kept = segment(Language::fr, "s4");
  EXPECT_EQ(kept.text, "Les prix montent de 5 %.");
  EXPECT_EQ(kept.source, "Harga naik 5 persen di pasar.");
  EXPECT_TRUE(kept.stale);
  EXPECT_EQ(kept.proposal, "fr:Harga naik 6 persen di pasar.");
  // Under every policy: an old sentence of a person may say the wrong number now.
  EXPECT_EQ(state(Language::fr), State::in_review);
  EXPECT_EQ(shown(Language::fr), "fr:Beras naik|Les prix montent de 5 %. fr:Warga cemas.");
  EXPECT_EQ(shown(Language::en), "en:Beras naik|en:Harga naik 6 persen di pasar. en:Warga cemas.");

  ASSERT_TRUE(edit(*life_, "beras", Language::fr, {{"s4", "Les prix montent de 6 %."}}, "Amélie"));
  work();
  EXPECT_EQ(shown(Language::fr), "fr:Beras naik|Les prix montent de 6 %. fr:Warga cemas.");
}

TEST_F(LifeOfAnArticle, AStaleSentenceOfTurnedMeaningHoldsOverLaterTypos) {
  import("Beras naik\n\nPedagang di pasar mengeluh sepi pembeli. Warga tenang.");
  work();
  ASSERT_TRUE(
      edit_and_approve(*life_, "beras", Language::en, {{"s2", "Vendors complained of few buyers."}}, "Rina", ""));
  work();
  import("Beras naik\n\nPedagang di pasar bersyukur ramai pembeli. Warga tenang.");
  work();
  EXPECT_EQ(state(Language::en), State::in_review);
  import("Beras naik\n\nPedagang di pasar bersyukur ramai pembeli. Warga tennag.");
  work();
  EXPECT_EQ(store::find_revision(*database_, "beras", 3).value()->change, "typo");
  EXPECT_EQ(state(Language::en), State::in_review);
  // The person deals with it; from then on typos are typos.
  ASSERT_TRUE(approve(*life_, "beras", Language::en, "Rina", "masih benar"));
  import("Beras naik\n\nPedagang di pasar bersyukur ramai pembeli. Warga tenang.");
  work();
  EXPECT_EQ(state(Language::en), State::published);
}

TEST_F(LifeOfAnArticle, CallingAChangeATypoKeepsThePersonsWordsForIt) {
  import("Beras naik\n\nPedagang di pasar itu mengeluh lagi. Warga tenang.");
  work();
  ASSERT_TRUE(edit(*life_, "beras", Language::en, {{"s2", "Vendors complained again."}}, "Rina"));
  work();
  import("Beras naik\n\nPedagang di pasar itu mengeluh pula. Warga tenang.");
  work();
  EXPECT_EQ(state(Language::en), State::in_review);
  ASSERT_TRUE(overrule_change(*life_, "beras", ChangeKind::typo, "Rina", "sama saja"));
  work();
  EXPECT_EQ(state(Language::en), State::published);
  import("Beras naik\n\nPedagang di pasar itu mengeluh pula. Warga tennag.");
  work();
  EXPECT_EQ(state(Language::en), State::published);
}

TEST_F(LifeOfAnArticle, APersonsWordsComeBackWithTheirSentence) {
  import("Beras naik\n\nPedagang di pasar mengeluh sepi pembeli.");
  work();
  ASSERT_TRUE(
      edit_and_approve(*life_, "beras", Language::en, {{"s2", "Vendors complained of few buyers."}}, "Rina", ""));
  work();
  import("Beras naik\n\nPedagang di pasar bersyukur ramai pembeli.");
  work();
  EXPECT_EQ(state(Language::en), State::in_review);
  import("Beras naik\n\nPedagang di pasar mengeluh sepi pembeli.");
  work();
  EXPECT_EQ(shown(Language::en), "en:Beras naik|Vendors complained of few buyers.");
}

TEST_F(LifeOfAnArticle, APersonsWordsStayWhenTheOtherOfTwoEqualSentencesGoes) {
  import("Beras naik\n\nHarga naik.\n\nWarga cemas.\n\nHarga naik.");
  work();
  ASSERT_TRUE(edit(*life_, "beras", Language::en, {{"s4", "Prices are up again."}}, "Rina"));
  work();
  import("Beras naik\n\nWarga cemas.\n\nHarga naik.");
  work();
  EXPECT_EQ(shown(Language::en), "en:Beras naik|en:Warga cemas.|Prices are up again.");
}

TEST_F(LifeOfAnArticle, AnApprovedSentenceIsKnownElsewhereUnlessItSpeaksOfSomebody) {
  import("Menteri\n\nIa membantah tuduhan itu. Harga beras naik.");
  work();
  ASSERT_TRUE(edit_and_approve(*life_, "beras", Language::en,
                               {{"s2", "She denied the accusation."}, {"s3", "Rice is dearer."}}, "Rina", ""));
  work();
  const Article other = article_of("presiden", "Presiden\n\nIa membantah tuduhan itu. Harga beras naik.");
  ASSERT_TRUE(receive(*life_, {&other, 1}, "wire"));
  work();
  const auto segments = store::load_translations(*database_, {"presiden", 1, Language::en}).value();
  ASSERT_EQ(segments.size(), 3u);
  EXPECT_EQ(segments[1].text, "en:Ia membantah tuduhan itu.");
  EXPECT_EQ(segments[2].text, "Rice is dearer.");
}

TEST_F(LifeOfAnArticle, AReviewSurvivesATypoButNotSubstance) {
  set_policy("hold always");
  import("Beras naik\n\nHarga naik 5 persen. Warga kawatir.");
  work();
  EXPECT_EQ(shown(Language::en), "");
  ASSERT_TRUE(approve(*life_, "beras", Language::en, "Rina", ""));
  work();
  EXPECT_EQ(shown(Language::en), "en:Beras naik|en:Harga naik 5 persen. en:Warga kawatir.");

  import("Beras naik\n\nHarga naik 5 persen. Warga khawatir.");
  work();
  EXPECT_EQ(state(Language::en), State::published);
  EXPECT_EQ(store::find_revision(*database_, "beras", 2).value()->change, "typo");
  // The approved words stay: the sentence means what it meant.
  EXPECT_THAT(shown(Language::en), HasSubstr("en:Warga kawatir."));

  import("Beras naik\n\nHarga naik 50 persen. Warga khawatir.");
  work();
  EXPECT_EQ(state(Language::en), State::in_review);
  EXPECT_THAT(shown(Language::en), HasSubstr("5 persen"));  // invariant 4: the older page stays whole
  EXPECT_THAT(shown(Language::id), HasSubstr("50 persen"));
}

TEST_F(LifeOfAnArticle, AnEditorOverrulesTheComputedChange) {
  set_policy("hold always");
  import("Beras naik\n\nWarga kawatir.");
  work();
  ASSERT_TRUE(approve(*life_, "beras", Language::en, "Rina", ""));
  import("Beras naik\n\nWarga khawatir.");
  work();
  EXPECT_EQ(state(Language::en), State::published);
  ASSERT_TRUE(overrule_change(*life_, "beras", ChangeKind::substance, "Rina", ""));
  work();
  EXPECT_EQ(state(Language::en), State::in_review);
  EXPECT_EQ(overrule_change(*life_, "beras", ChangeKind::typo, "Rina", "").error().kind, ErrorKind::bad_input);
  ASSERT_TRUE(overrule_change(*life_, "beras", ChangeKind::typo, "Rina", "hanya ejaan"));
  work();
  EXPECT_EQ(state(Language::en), State::published);
  EXPECT_THAT(store::load_audit(*database_, "beras").value().back().detail, HasSubstr("hanya ejaan"));
}

TEST_F(LifeOfAnArticle, AFindingHoldsByPolicyAndABlockingOneAlways) {
  set_policy("hold on findings", {"*/fr: publish"});
  import("Beras naik\n\nHarga RAGU naik.");
  work();
  EXPECT_EQ(state(Language::en), State::in_review);
  EXPECT_EQ(state(Language::fr), State::published);

  import("Beras naik\n\nHarga SALAH naik.");
  work();
  EXPECT_EQ(state(Language::fr), State::in_review);
  EXPECT_EQ(approve(*life_, "beras", Language::fr, "Rina", "").error().kind, ErrorKind::conflict);
  ASSERT_TRUE(approve(*life_, "beras", Language::fr, "Rina", "nama produk"));
  work();
  EXPECT_THAT(shown(Language::fr), HasSubstr("SALAH"));
}

TEST_F(LifeOfAnArticle, AnEditThatMendsTheFindingPublishes) {
  set_policy("hold on findings");
  import("Beras naik\n\nHarga SALAH naik.");
  work();
  EXPECT_EQ(state(Language::en), State::in_review);
  ASSERT_TRUE(edit(*life_, "beras", Language::en, {{"s2", "The\x01 price rises."}}, "Rina"));
  work();
  EXPECT_EQ(shown(Language::en), "en:Beras naik|The price rises.");
}

TEST_F(LifeOfAnArticle, ApprovedSentencesAreRememberedForOtherArticles) {
  import("Beras naik\n\nWarga cemas.");
  work();
  ASSERT_TRUE(edit(*life_, "beras", Language::en, {{"s2", "Residents are worried."}}, "Rina"));
  work();
  ASSERT_TRUE(approve(*life_, "beras", Language::en, "Rina", ""));
  work();
  const Article other = article_of("cabai", "Cabai naik\n\nWarga cemas.");
  ASSERT_TRUE(receive(*life_, {&other, 1}, "wire"));
  work();
  const auto segments = store::load_translations(*database_, {"cabai", 1, Language::en}).value();
  ASSERT_EQ(segments.size(), 2u);
  EXPECT_EQ(segments[1].text, "Residents are worried.");
  EXPECT_EQ(segments[1].origin, Origin::memory);
}

TEST_F(LifeOfAnArticle, WithdrawalTakesEveryLanguageAtOnceEvenFromABusyWorker) {
  import("Beras naik\n\nHarga naik.");
  work();
  import("Beras naik\n\nHarga naik lagi.");  // the worker has not come to it
  const auto receipt = withdraw(*life_, "beras", "Rina", "law", "putusan pengadilan");
  ASSERT_TRUE(receipt);
  EXPECT_THAT(*receipt, UnorderedElementsAre(Language::id, Language::en, Language::fr));
  work();
  for (const Language language : {Language::id, Language::en, Language::fr}) EXPECT_EQ(shown(language), "");
  const Article again = article_of("beras", "Beras naik\n\nHarga turun.");
  EXPECT_EQ(receive(*life_, {&again, 1}, "wire").error().kind, ErrorKind::conflict);
}

TEST_F(LifeOfAnArticle, HoldingAPublishedVersionTakesItDown) {
  import("Beras naik\n\nHarga naik.");
  work();
  ASSERT_TRUE(hold(*life_, "beras", Language::fr, "Rina", "nama salah"));
  work();
  EXPECT_EQ(shown(Language::fr), "");
  EXPECT_NE(shown(Language::en), "");
}

TEST_F(LifeOfAnArticle, AHoldOutlastsTyposSubstanceAndEditsUntilAPersonApproves) {
  import("Beras naik\n\nHarga naik 5 persen. Warga tennag. Pasar ramai.");
  work();
  ASSERT_TRUE(hold(*life_, "beras", Language::en, "Rina", "dua kalimat salah"));
  ASSERT_TRUE(hold(*life_, "beras", Language::en, "Rina", "dua kalimat salah"));  // asked twice
  work();
  EXPECT_EQ(shown(Language::en), "");
  EXPECT_NE(shown(Language::fr), "");
  import("Beras naik\n\nHarga naik 5 persen. Warga tenang. Pasar ramai.");
  work();
  EXPECT_EQ(shown(Language::en), "");
  import("Beras naik\n\nHarga naik 6 persen. Warga tenang. Pasar ramai.");
  work();
  EXPECT_EQ(shown(Language::en), "");
  ASSERT_TRUE(edit(*life_, "beras", Language::en, {{"s4", "The market is busy."}}, "Rina"));
  work();
  EXPECT_EQ(state(Language::en), State::in_review);
  EXPECT_EQ(shown(Language::en), "");
  const int revision = store::find_article(*database_, "beras").value()->revision;
  EXPECT_EQ(store::find_version(*database_, {"beras", revision, Language::en}).value()->reason,
            "held by Rina: dua kalimat salah");
  ASSERT_TRUE(approve(*life_, "beras", Language::en, "Rina", ""));
  work();
  EXPECT_THAT(shown(Language::en), HasSubstr("The market is busy."));
  // The next typo needs nobody any more.
  import("Beras naik\n\nHarga naik 6 persen. Warga tennag. Pasar ramai.");
  work();
  EXPECT_EQ(state(Language::en), State::published);
}

TEST_F(LifeOfAnArticle, AHoldCatchesWhatTheWorkerIsStillAt) {
  import("Beras naik\n\nHarga naik 5 persen.");
  work();
  import("Beras naik\n\nHarga naik 6 persen.");  // not segmented yet: readers have the revision before
  ASSERT_TRUE(hold(*life_, "beras", Language::en, "Rina", "nama salah"));
  EXPECT_EQ(shown(Language::en), "");
  work();
  EXPECT_EQ(shown(Language::en), "");
  EXPECT_EQ(hold(*life_, "beras", Language::ar, "Rina", "salah").error().kind, ErrorKind::not_found);
}

TEST_F(LifeOfAnArticle, ALiftedHoldLeavesTheDecisionToThePolicy) {
  import("Beras naik\n\nHarga naik.");
  work();
  EXPECT_EQ(lift(*life_, "beras", Language::en, "Rina").error().kind, ErrorKind::conflict);
  ASSERT_TRUE(hold(*life_, "beras", Language::en, "Rina", "tunggu"));
  work();
  ASSERT_TRUE(lift(*life_, "beras", Language::en, "Rina"));
  work();
  EXPECT_NE(shown(Language::en), "");
}

TEST_F(LifeOfAnArticle, SeveralSentencesAreEditedAndApprovedAtOnce) {
  set_policy("hold always");
  import("Beras naik\n\nHarga naik. Warga cemas.");
  work();
  ASSERT_TRUE(
      edit_and_approve(*life_, "beras", Language::en, {{"s2", "Prices rise."}, {"s3", "People worry."}}, "Rina", ""));
  work();
  EXPECT_EQ(shown(Language::en), "en:Beras naik|Prices rise. People worry.");
  EXPECT_EQ(store::find_memory(*database_, Language::id, Language::en, "Warga cemas.").value()->target,
            "People worry.");
  // What a check blocks stays a question.
  ASSERT_TRUE(edit_and_approve(*life_, "beras", Language::en, {{"s2", "SALAH"}}, "Rina", ""));
  work();
  EXPECT_EQ(state(Language::en), State::in_review);
}

TEST_F(LifeOfAnArticle, ACorrectionIsToldInEveryLanguageWithTheFactsOfEach) {
  import("Beras naik\n\nHarga naik 5 persen.");
  const CorrectionRequest request{
      .article = "beras", .what = Wrong::number, .wrong = "12 ribu", .right = "1,2 juta", .who = "Rina"};
  EXPECT_EQ(correct(*life_, request).error().kind, ErrorKind::conflict);  // not public yet
  work();
  ASSERT_TRUE(correct(*life_, request));
  SiteSource source(*database_, topics_, "");
  const site::SiteArticle article = *source.find("beras").value();
  ASSERT_EQ(article.versions.size(), 3u);
  EXPECT_EQ(article.versions[0].version.language, Language::id);
  EXPECT_EQ(article.versions[0].corrections.at(0).text,
            "Angka yang benar adalah 1,2 juta. Versi sebelumnya menyebut 12 ribu.");
  EXPECT_EQ(article.versions[1].corrections.at(0).text,
            "The correct figure is 1.2 million. An earlier version said 12,000.");
}

TEST_F(LifeOfAnArticle, ACorrectionThatWasAMistakeIsTakenBack) {
  import("Beras naik\n\nHarga naik 5 persen.");
  work();
  ASSERT_TRUE(correct(*life_, {.article = "beras", .what = Wrong::number, .wrong = "5", .right = "6", .who = "Rina"}));
  EXPECT_EQ(remove_correction(*life_, "beras", 2, "Rina").error().kind, ErrorKind::not_found);
  ASSERT_TRUE(remove_correction(*life_, "beras", 1, "Rina"));
  SiteSource source(*database_, topics_, "");
  EXPECT_TRUE(source.find("beras").value()->versions[0].corrections.empty());
}

TEST_F(LifeOfAnArticle, TheMainLanguageHasNoFaultOfTranslation) {
  import("Beras naik\n\nHarga naik.");
  work();
  const CorrectionRequest request{
      .article = "beras", .wrong = "x", .right = "y", .language = Language::id, .who = "Rina"};
  EXPECT_EQ(correct(*life_, request).error().kind, ErrorKind::bad_input);
}

TEST_F(LifeOfAnArticle, ATranslationFaultIsToldInThatLanguageOnly) {
  import("Beras naik\n\nHarga naik.");
  work();
  ASSERT_TRUE(
      correct(*life_, {.article = "beras", .wrong = "He", .right = "She", .language = Language::en, .who = "Rina"}));
  SiteSource source(*database_, topics_, "");
  const site::SiteArticle article = *source.find("beras").value();
  EXPECT_TRUE(article.versions[0].corrections.empty());
  EXPECT_EQ(article.versions[1].corrections.at(0).kind, site::CorrectionKind::translation);
}

TEST_F(LifeOfAnArticle, AWithdrawalIsOnTheSiteWhileTheTranslatorIsBusy) {
  import("Beras naik\n\nHarga naik.");
  work();
  const Article other = article_of("panjang", "Naskah panjang\n\nSangat panjang.");
  ASSERT_TRUE(receive(*life_, {&other, 1}, "wire"));
  site_.clear();
  bool seen = false;
  renderer_.while_translating = [&] {
    // Another process withdraws; the translator is done only when the pages are gone, or after 5 s.
    const auto connection = db::open_sqlite(file_).value();
    Life elsewhere{.database = *connection, .clock = clock_, .renderer = renderer_, .sites = life_->sites};
    ASSERT_TRUE(withdraw(elsewhere, "beras", "Rina", "law", ""));
    for (int i = 0; i < 100 && !seen; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      const auto left = store::load_site_changes(*connection, 1).value();
      seen = left.empty() || left.front().article != "beras";
    }
  };
  work();
  EXPECT_TRUE(seen);
  EXPECT_EQ(site_.at(0), "beras");
}

TEST_F(LifeOfAnArticle, AnUrgentOriginalDoesNotWaitForTheTranslator) {
  Article other = article_of("panjang", "Naskah panjang\n\nSangat panjang.");
  ASSERT_TRUE(receive(*life_, {&other, 1}, "wire"));
  bool is_public = false;
  renderer_.while_translating = [&] {
    if (is_public) return;
    const auto connection = db::open_sqlite(file_).value();
    Life elsewhere{.database = *connection, .clock = clock_, .renderer = renderer_, .sites = life_->sites};
    const Article urgent = article_of("beras", "Beras naik\n\nHarga naik.");
    ASSERT_TRUE(receive(elsewhere, {&urgent, 1}, "wire"));
    for (int i = 0; i < 100 && !is_public; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      is_public = !store::load_publications(*connection, "beras").value().empty();
    }
  };
  work();
  EXPECT_TRUE(is_public);
  EXPECT_NE(shown(Language::en), "");
}

TEST_F(LifeOfAnArticle, AStopIsSeenInTheMidstOfALongText) {
  std::string text = "Naskah panjang\n\n";
  for (int i = 0; i < 100; ++i) text += fmt::format("Kalimat ke-{}. ", i);
  import(text + "Habis.");
  std::stop_source stop;
  life_->stop = stop.get_token();
  renderer_.while_translating = [&] { stop.request_stop(); };
  work();
  EXPECT_LT(renderer_.translated.size(), 50u);
  EXPECT_EQ(state(Language::en), State::recalled);
  life_->stop = {};
  renderer_.while_translating = {};
  work();
  EXPECT_EQ(renderer_.translated.size(), 102u);
  EXPECT_NE(shown(Language::en), "");
}

TEST_F(LifeOfAnArticle, ADateStillToComeIsWaitedFor) {
  Article article = article_of("beras", "Beras naik\n\nHarga naik.");
  article.date = clock_.now() + std::chrono::hours(3);
  ASSERT_TRUE(receive(*life_, {&article, 1}, "wire"));
  work();
  EXPECT_EQ(state(Language::id), State::approved);
  EXPECT_EQ(state(Language::en), State::approved);  // translated and checked: people can read it beforehand
  EXPECT_EQ(shown(Language::id), "");
  ASSERT_TRUE(approve(*life_, "beras", Language::fr, "Rina", ""));
  {
    db::Transaction transaction = db::Transaction::begin(*database_).value();
    ASSERT_TRUE(store::reset_attempts(*database_, clock_.now()));  // a worker starts
    ASSERT_TRUE(transaction.commit());
  }
  work();
  EXPECT_EQ(shown(Language::fr), "");
  clock_.advance(std::chrono::hours(3));
  work();
  EXPECT_NE(shown(Language::id), "");
  EXPECT_NE(shown(Language::fr), "");
}

TEST_F(LifeOfAnArticle, ALanguageWithoutAModelDoesNotKeepTheOthers) {
  renderer_.broken = Language::fr;
  import("Beras naik\n\nHarga naik.");
  work();
  EXPECT_NE(shown(Language::en), "");
  EXPECT_EQ(shown(Language::fr), "");
  const auto version = store::find_version(*database_, {"beras", 1, Language::fr}).value();
  EXPECT_THAT(version->fault, HasSubstr("no model"));
  // It heals by itself once the cause is gone.
  renderer_.broken = Language();
  clock_.advance(std::chrono::seconds(5));
  work();
  EXPECT_NE(shown(Language::fr), "");
}

TEST_F(LifeOfAnArticle, ANewerRevisionOvertakesOneThatIsNotDone) {
  import("Beras naik\n\nHarga naik 5 persen.");
  import("Beras naik\n\nHarga naik 6 persen.");
  work();
  EXPECT_THAT(renderer_.translated, ElementsAre("Beras naik", "Harga naik 6 persen."));
  EXPECT_EQ(store::find_version(*database_, {"beras", 1, Language::id}).value()->state, State::superseded);
}

TEST_F(LifeOfAnArticle, ALinkThatGetsAnotherAddressTranslatesNothing) {
  Article article = article_of("beras", "Beras naik\n\nHarga naik.");
  article.blocks[1].tags = {{"a", {0, 5}, {{"href", "https://old.example/"}}}};
  ASSERT_TRUE(receive(*life_, {&article, 1}, "wire"));
  work();
  article.blocks[1].tags[0].attributes["href"] = "https://new.example/";
  ASSERT_TRUE(receive(*life_, {&article, 1}, "wire"));
  work();
  EXPECT_THAT(renderer_.translated, testing::IsEmpty());
  EXPECT_EQ(segment(Language::en, "s2").tags.at(0).attributes.at("href"), "https://new.example/");
}

TEST_F(LifeOfAnArticle, WhatTheSiteChangedIsQueuedForThoseWhoAreToldAndSurvivesACrash) {
  life_->pings = {store::PingService::indexnow};
  changed_ = {.pages = {"https://warta.example/id/beras/"}, .feeds = {"https://warta.example/id/feed.xml"}};
  import("Beras naik\n\nHarga naik.");
  // The power goes when the files are written, before that is noted.
  const auto cut = [](std::span<const std::string>) -> Result<site::ChangedAddresses> {
    return fail(ErrorKind::io, "public", "power cut");
  };
  EXPECT_FALSE(work_until_idle(*life_, cut));
  const auto due = [&](store::PingService service) {
    return store::due_pings(*database_, service, clock_.now(), 10).value();
  };
  EXPECT_TRUE(due(store::PingService::indexnow).empty());
  work();
  ASSERT_EQ(due(store::PingService::indexnow).size(), 1u);
  EXPECT_EQ(due(store::PingService::indexnow)[0].address, "https://warta.example/id/beras/");
  EXPECT_TRUE(due(store::PingService::websub).empty());
}

TEST(Steps, DocumentationShowsTheTable) {
  std::ifstream file(fs::path(KABAR_ROOT) / "docs/article-life.md");
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  for (const Step& step : steps()) {
    EXPECT_THAT(text, HasSubstr(fmt::format("| {} | {} | {} | `{}` | {} |", step.from, step.name, step.to, step.file,
                                            step.writes)));
    EXPECT_TRUE(fs::exists(fs::path(KABAR_ROOT) / "src/life/steps" / step.file)) << step.file;
  }
}

}  // namespace
}  // namespace kabar::life
