#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "db/sqlite.h"
#include "store/articles.h"
#include "store/corrections.h"
#include "store/json.h"
#include "store/memory.h"
#include "store/pings.h"
#include "store/publications.h"
#include "store/terms.h"
#include "store/versions.h"

namespace kabar::store {
namespace {

namespace fs = std::filesystem;

constexpr Time kNow{std::chrono::seconds(1'790'000'000)};

class Store : public testing::Test {
 protected:
  void SetUp() override {
    file_ = fs::temp_directory_path() / fmt::format("kabar-store-{}.db", ::getpid());
    TearDown();
    connection_ = db::open_sqlite(file_).value();
    transaction_.emplace(db::Transaction::begin(*connection_).value());
  }
  void TearDown() override {
    transaction_.reset();
    connection_.reset();
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(file_.string() + end);
  }

  Revision beras(int number) {
    Article article{.id = "beras", .section = "ekonomi", .authors = {"Sari \"S\" Dewi"}, .tags = {"pangan"}};
    article.date = kNow;
    article.blocks = {{.id = "b1", .type = BlockType::headline, .text = "Harga Beras Naik"},
                      {.id = "b2",
                       .text = "Harga naik 5 persen.",
                       .tags = {{"a", {0, 5}, {{"href", "https://a.example/?a=1&b=2"}}}}}};
    return {.number = number, .received = kNow, .fingerprint = "f", .article = article};
  }

  fs::path file_;
  std::unique_ptr<db::Connection> connection_;
  std::optional<db::Transaction> transaction_;
};

TEST_F(Store, ARevisionComesBackAsItWasPut) {
  ASSERT_TRUE(put_revision(*connection_, beras(1)));
  const auto found = find_revision(*connection_, "beras", 1);
  ASSERT_TRUE(found && *found);
  const Article& article = (*found)->article;
  EXPECT_EQ(article.title(), "Harga Beras Naik");
  EXPECT_EQ(article.authors, std::vector<std::string>{"Sari \"S\" Dewi"});
  EXPECT_EQ(article.date, kNow);
  ASSERT_EQ(article.blocks.size(), 2u);
  EXPECT_EQ(article.blocks[1].tags, beras(1).article.blocks[1].tags);
  EXPECT_FALSE(find_revision(*connection_, "beras", 2).value());
}

TEST_F(Store, ATranslationKeepsEverythingThatAnEditorSees) {
  ASSERT_TRUE(put_revision(*connection_, beras(1)));
  const Segment source{.id = "s1", .block_id = "b2", .text = "Harga naik 5 persen."};
  ASSERT_TRUE(put_segments(*connection_, "beras", 1, {{source, ""}}, 1));
  const VersionKey key{"beras", 1, Language::fr};
  ASSERT_TRUE(put_version(*connection_, {.key = key, .state = State::recalled, .due = kNow}));
  TranslatedSegment segment{.id = "s1", .block_id = "b2", .source = source.text, .text = "Les prix augmentent de 5 %."};
  segment.origin = Origin::repaired;
  segment.model = "starter 1";
  segment.score = 0.5f;
  segment.stale = true;
  segment.proposal = "Hausse de 5 %.";
  segment.tags = {{"strong", {4, 8}, {}}};
  segment.alignment = {{{0, 5}, {4, 8}, 0.75f}};
  segment.findings = {{.check = "number",
                       .severity = Severity::error,
                       .blocking = true,
                       .message = "5 vs 6",
                       .source_span = Span{11, 12},
                       .target_span = Span{24, 25},
                       .fix = Fix{{24, 25}, "6"}}};
  ASSERT_TRUE(put_translations(*connection_, key, {&segment, 1}, kNow));
  const std::vector<TranslatedSegment> loaded = load_translations(*connection_, key).value();
  ASSERT_EQ(loaded.size(), 1u);
  EXPECT_EQ(loaded[0].text, segment.text);
  EXPECT_EQ(loaded[0].block_id, "b2");
  EXPECT_EQ(loaded[0].origin, Origin::repaired);
  EXPECT_EQ(loaded[0].score, 0.5f);
  EXPECT_TRUE(loaded[0].stale);
  EXPECT_EQ(loaded[0].proposal, segment.proposal);
  EXPECT_EQ(loaded[0].tags, segment.tags);
  EXPECT_EQ(loaded[0].alignment.at(0).target, (Span{4, 8}));
  ASSERT_EQ(loaded[0].findings.size(), 1u);
  EXPECT_EQ(loaded[0].findings[0].source_span, (Span{11, 12}));
  EXPECT_EQ(loaded[0].findings[0].fix->replacement, "6");
  EXPECT_EQ(load_history(*connection_, "beras", Language::fr, "s1").value().size(), 1u);
}

TEST_F(Store, OnlyOneOfTwoWorkersMovesAVersion) {
  ASSERT_TRUE(put_revision(*connection_, beras(1)));
  VersionRow version{.key = {"beras", 1, Language::en}, .state = State::recalled, .due = kNow};
  ASSERT_TRUE(put_version(*connection_, version));
  version.state = State::translated;
  EXPECT_TRUE(update_version(*connection_, State::recalled, version).value());
  EXPECT_FALSE(update_version(*connection_, State::recalled, version).value());
}

TEST_F(Store, TheQueueGivesAllLanguagesOfOneArticleAtOnceAndNothingThatIsNotDue) {
  ASSERT_TRUE(put_revision(*connection_, beras(1)));
  for (const Language language : {Language::ar, Language::fr}) {
    ASSERT_TRUE(put_version(*connection_, {.key = {"beras", 1, language}, .state = State::recalled, .due = kNow}));
  }
  ASSERT_TRUE(put_version(
      *connection_,
      {.key = {"beras", 1, Language::ja}, .state = State::recalled, .due = kNow + std::chrono::seconds(60)}));
  const auto due = next_due(*connection_, kNow).value();
  ASSERT_TRUE(due);
  EXPECT_EQ(due->languages, (std::vector<Language>{Language::ar, Language::fr}));
  EXPECT_EQ(count_due(*connection_, kNow).value().now, 2);
  EXPECT_FALSE(next_due(*connection_, kNow - std::chrono::seconds(1)).value());
}

TEST_F(Store, ASiteChangeThatCameMeanwhileIsNotLost) {
  ASSERT_TRUE(put_revision(*connection_, beras(1)));
  ASSERT_TRUE(add_site_change(*connection_, "beras"));
  const SiteChange seen = load_site_changes(*connection_, 10).value().at(0);
  ASSERT_TRUE(add_site_change(*connection_, "beras"));
  ASSERT_TRUE(finish_site_change(*connection_, seen));
  EXPECT_EQ(load_site_changes(*connection_, 10).value().size(), 1u);
}

TEST_F(Store, APingOfAnAddressThatChangedMeanwhileIsNotLost) {
  const auto due = [&](Time now) { return due_pings(*connection_, PingService::websub, now, 10).value(); };
  ASSERT_TRUE(add_ping(*connection_, PingService::websub, "https://warta.example/feed.xml", kNow));
  const Ping seen = due(kNow).at(0);
  ASSERT_TRUE(postpone_ping(*connection_, seen, kNow + std::chrono::seconds(60)));
  EXPECT_TRUE(due(kNow).empty());
  ASSERT_TRUE(add_ping(*connection_, PingService::websub, "https://warta.example/feed.xml", kNow));
  ASSERT_TRUE(finish_ping(*connection_, seen));
  ASSERT_EQ(due(kNow).size(), 1u);
  EXPECT_EQ(due(kNow)[0].attempts, 0);  // it has its own chances
  ASSERT_TRUE(finish_ping(*connection_, due(kNow)[0]));
  EXPECT_TRUE(due(kNow).empty());
}

TEST_F(Store, AnUpdateKeepsTheTimeOfFirstPublication) {
  ASSERT_TRUE(put_revision(*connection_, beras(1)));
  ASSERT_TRUE(put_version(*connection_, {.key = {"beras", 1, Language::id}, .state = State::approved}));
  Publication publication{.article = "beras", .language = Language::id, .revision = 1, .published = kNow};
  publication.modified = kNow;
  publication.blocks = beras(1).article.blocks;
  ASSERT_TRUE(put_publication(*connection_, publication));
  publication.published = publication.modified = kNow + std::chrono::hours(1);
  ASSERT_TRUE(put_publication(*connection_, publication));
  const std::vector<Publication> loaded = load_publications(*connection_, "beras").value();
  ASSERT_EQ(loaded.size(), 1u);
  EXPECT_EQ(loaded[0].published, kNow);
  EXPECT_EQ(loaded[0].modified, kNow + std::chrono::hours(1));
  EXPECT_EQ(loaded[0].blocks.at(0).text, "Harga Beras Naik");
}

TEST_F(Store, MemoryFindsTheExactSentenceOnlyAndTheNewestApproval) {
  MemoryEntry entry{Language::id, Language::en, "Ia pulang.", "He went home.", "Rina", "a", kNow};
  ASSERT_TRUE(put_memory(*connection_, entry));
  entry.target = "She went home.";
  ASSERT_TRUE(put_memory(*connection_, entry));
  EXPECT_EQ(find_memory(*connection_, Language::id, Language::en, "Ia pulang.").value()->target, "She went home.");
  EXPECT_FALSE(find_memory(*connection_, Language::id, Language::en, "Ia pulang").value());
  EXPECT_FALSE(find_memory(*connection_, Language::id, Language::fr, "Ia pulang.").value());
}

TEST_F(Store, ATermComesBackWholeAndSaysWhoAddedIt) {
  terms::Term term;
  term.id = "rina";
  term.kind = terms::TermKind::person;
  term.term = "Rina Sulastri";
  term.forms = {"Bu Rina", "Rina|S"};
  term.acronyms = {"RS"};
  term.gender = 'f';
  term.context = {"hakim"};
  term.scope = {"olahraga"};
  term.since = 2024;
  term.note = "Hakim.";
  term.example = "Rina pulang.";
  term.renderings[Language::fr] = {
      .right = {"Rina Sulastri"}, .wrong = {"Rina \"S\""}, .first = "Rina Sulastri (RS)", .example = "Rina rentre."};
  EXPECT_EQ(last_term_change(*connection_).value(), 0);
  ASSERT_TRUE(put_terms(*connection_, std::vector{term}, "Sari", kNow));
  const int64_t first = last_term_change(*connection_).value();
  EXPECT_GT(first, 0);
  const std::vector<terms::Term> loaded = list_terms(*connection_).value();
  ASSERT_EQ(loaded.size(), 1u);
  EXPECT_EQ(loaded[0].term, term.term);
  EXPECT_EQ(loaded[0].kind, term.kind);
  EXPECT_EQ(loaded[0].forms, term.forms);
  EXPECT_EQ(loaded[0].acronyms, term.acronyms);
  EXPECT_EQ(loaded[0].gender, 'f');
  EXPECT_EQ(loaded[0].context, term.context);
  EXPECT_EQ(loaded[0].scope, term.scope);
  EXPECT_EQ(loaded[0].since, 2024);
  EXPECT_EQ(loaded[0].note, term.note);
  EXPECT_EQ(loaded[0].example, term.example);
  EXPECT_EQ(loaded[0].renderings, term.renderings);
  EXPECT_EQ(loaded[0].added_by, "Sari");
  EXPECT_EQ(loaded[0].added_on.size(), 10u);

  term.term = "Rina S.";
  ASSERT_TRUE(put_terms(*connection_, std::vector{term}, "Budi", kNow));
  EXPECT_EQ(list_terms(*connection_).value().at(0).term, "Rina S.");
  EXPECT_EQ(list_terms(*connection_).value().size(), 1u);
  EXPECT_GT(last_term_change(*connection_).value(), first);
  EXPECT_EQ(remove_term(*connection_, "lain", "Budi", kNow).error().kind, ErrorKind::not_found);
  ASSERT_TRUE(remove_term(*connection_, "rina", "Budi", kNow));
  EXPECT_TRUE(list_terms(*connection_).value().empty());
}

TEST_F(Store, CorrectionsAreNumberedPerArticle) {
  ASSERT_TRUE(put_revision(*connection_, beras(1)));
  CorrectionRow correction{.at = kNow, .kind = "article", .what = "number", .wrong = "5", .right = "6", .editor = "R"};
  correction.notices = {{Language::en, "Correction: 6, not 5."}};
  EXPECT_EQ(put_correction(*connection_, "beras", correction).value(), 1);
  EXPECT_EQ(put_correction(*connection_, "beras", correction).value(), 2);
  const std::vector<CorrectionRow> loaded = load_corrections(*connection_, "beras").value();
  ASSERT_EQ(loaded.size(), 2u);
  EXPECT_EQ(loaded[0].number, 2);
  EXPECT_EQ(loaded[1].notices.at(Language::en), "Correction: 6, not 5.");
}

TEST(StoreJson, WhatIsDamagedReadsAsEmpty) {
  EXPECT_TRUE(read_tags("[{\"name\":3}]").empty());
  EXPECT_TRUE(read_findings("{").empty());
  EXPECT_TRUE(read_map("").empty());
}

}  // namespace
}  // namespace kabar::store
