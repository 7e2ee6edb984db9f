#include "db/sqlite.h"

#include <filesystem>
#include <fstream>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "db/migrations.h"

namespace kabar::db {
namespace {

namespace fs = std::filesystem;

class Sqlite : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / fmt::format("kabar-db-{}", ::getpid());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::unique_ptr<Connection> open(const char* name = "a.db") {
    Result<std::unique_ptr<Connection>> connection = open_sqlite(folder_ / name);
    EXPECT_TRUE(connection) << connection.error().text();
    return std::move(*connection);
  }

  fs::path folder_;
};

Result<void> add_article(Connection& connection, std::string_view id) {
  KABAR_TRY(connection.run("INSERT INTO article (id, revision, segments_made, created_at) VALUES ($1, $2, $3, $4)",
                           {id, 1, 0, 1'700'000'000}));
  return {};
}

int64_t articles(Connection& connection) {
  return query_one(connection, "SELECT count(*) FROM article", {}, [](const Row& row) { return row.integer(0); })
      .value()
      .value();
}

TEST_F(Sqlite, WhatWasCommittedIsThereAndWhatWasNotIsGone) {
  {
    const std::unique_ptr<Connection> connection = open();
    {
      Transaction transaction = Transaction::begin(*connection).value();
      ASSERT_TRUE(add_article(*connection, "kept"));
      ASSERT_TRUE(transaction.commit());
    }
    Transaction transaction = Transaction::begin(*connection).value();
    ASSERT_TRUE(add_article(*connection, "lost"));
  }
  const std::unique_ptr<Connection> connection = open();
  const auto ids = query(*connection, "SELECT id FROM article", {}, [](const Row& row) { return row.text(0); });
  EXPECT_EQ(ids.value(), std::vector<std::string>{"kept"});
}

TEST_F(Sqlite, ForeignKeysAreEnforced) {
  const std::unique_ptr<Connection> connection = open();
  Transaction transaction = Transaction::begin(*connection).value();
  const Result<int64_t> result = connection->run(
      "INSERT INTO correction (article_id, number, at, kind, what, wrong_value, right_value, editor) "
      "VALUES ($1, 1, 0, '', '', '', '', '')",
      {"nobody"});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::io);
  EXPECT_NE(result.error().message.find("FOREIGN KEY"), std::string::npos);
}

TEST_F(Sqlite, ValuesComeBackAsTheyWere) {
  const std::unique_ptr<Connection> connection = open();
  const std::string text = std::string("Harga \"beras\" naik 5 %\n你好") + '\0' + "after a zero byte";
  int rows = 0;
  ASSERT_TRUE(connection->run("SELECT $1, $2, $3, $4, $2", {text, int64_t{1} << 60, 0.25, nullptr},
                              [&](const Row& row) -> Result<void> {
                                ++rows;
                                EXPECT_EQ(row.text(0), text);
                                EXPECT_EQ(row.integer(1), int64_t{1} << 60);
                                EXPECT_EQ(row.real(2), 0.25);
                                EXPECT_TRUE(row.null(3));
                                EXPECT_EQ(row.integer(4), int64_t{1} << 60);
                                return {};
                              }));
  EXPECT_EQ(rows, 1);
}

TEST_F(Sqlite, ABackupMadeDuringAWriteHoldsOneMoment) {
  const std::unique_ptr<Connection> writer = open();
  const std::unique_ptr<Connection> reader = open();
  {
    Transaction transaction = Transaction::begin(*writer).value();
    ASSERT_TRUE(add_article(*writer, "first"));
    ASSERT_TRUE(transaction.commit());
  }
  Transaction open_write = Transaction::begin(*writer).value();
  ASSERT_TRUE(add_article(*writer, "second"));
  ASSERT_TRUE(reader->backup(folder_ / "copy.db"));
  ASSERT_TRUE(open_write.commit());
  EXPECT_EQ(articles(*writer), 2);
  ASSERT_TRUE(verify_sqlite(folder_ / "copy.db"));
  EXPECT_EQ(articles(*open("copy.db")), 1);
}

TEST_F(Sqlite, WhatIsNoDatabaseOfOursIsRefusedWithItsName) {
  std::ofstream(folder_ / "text.db") << std::string(5000, 'x');
  EXPECT_EQ(open_sqlite(folder_ / "text.db").error().kind, ErrorKind::bad_input);
  EXPECT_EQ(verify_sqlite(folder_ / "text.db").error().kind, ErrorKind::bad_input);
  EXPECT_EQ(verify_sqlite(folder_ / "none.db").error().kind, ErrorKind::not_found);
}

TEST_F(Sqlite, ADatabaseOfANewerProgramIsRefused) {
  {
    const std::unique_ptr<Connection> connection = open();
    Transaction transaction = Transaction::begin(*connection).value();
    ASSERT_TRUE(connection->run("INSERT INTO schema_migration (number, name, hash) VALUES (999, 'future', 'x')"));
    ASSERT_TRUE(transaction.commit());
  }
  const auto reopened = open_sqlite(folder_ / "a.db");
  ASSERT_FALSE(reopened);
  EXPECT_EQ(reopened.error().kind, ErrorKind::conflict);
}

// Makes a database as a program made it that knew only the first migrations.
void make_old_database(const fs::path& file, size_t count, const char* rows) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
  std::string sql =
      "CREATE TABLE schema_migration (number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL);";
  for (const Migration& migration : migrations().first(count)) {
    sql += migration.sql;
    sql += fmt::format("INSERT INTO schema_migration VALUES ({}, '{}', '{:016x}');", migration.number, migration.name,
                       hash_of(migration));
  }
  EXPECT_EQ(sqlite3_exec(database, (sql + rows).c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
      << sqlite3_errmsg(database);
  sqlite3_close(database);
}

TEST_F(Sqlite, ArticlesFromBeforeThereWereSitesBelongToTheFirst) {
  make_old_database(folder_ / "old.db", 2,
                    "INSERT INTO article (id, revision, segments_made, created_at) VALUES ('beras', 3, 12, 17);");
  const std::unique_ptr<Connection> connection = open("old.db");
  const auto rows =
      query(*connection, "SELECT id, site, revision, segments_made, created_at FROM article", {}, [](const Row& row) {
        return fmt::format("{}|{}|{}|{}|{}", row.text(0), row.text(1), row.number(2), row.number(3), row.number(4));
      });
  EXPECT_EQ(rows.value(), std::vector<std::string>{"beras||3|12|17"});
}

// A released migration is never edited: databases out there have run the old text.
// On a new migration add its hash here; never change one.
TEST(Migrations, AreNumberedAndUnchanged) {
  const std::vector<uint64_t> released = {0x2d456f1672f3acf1, 0x4209b4f7f0d7ba08, 0x5d1e6c04c94ef124,
                                          0x3f017a7cda7620f3, 0x94026757563302c2, 0x7d578e79dab05018,
                                          0x8bb5aee966d54671};
  ASSERT_EQ(migrations().size(), released.size());
  for (size_t i = 0; i < released.size(); ++i) {
    EXPECT_EQ(migrations()[i].number, static_cast<int>(i) + 1);
    EXPECT_EQ(hash_of(migrations()[i]), released[i]) << fmt::format("{:#x}", hash_of(migrations()[i]));
  }
}

}  // namespace
}  // namespace kabar::db
