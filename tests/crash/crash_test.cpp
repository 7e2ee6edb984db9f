// Kills the newsroom (kill -9) at every boundary of every step, then lets it go on, and compares what is left with a
// run that was not disturbed: nothing lost, nothing doubled, database and site. A second round also takes away what a
// power cut would: pages that were written but not synced.
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/sqlite.h"
#include "life/site_files.h"
#include "life/site_source.h"
#include "life/steps/correct.h"
#include "life/steps/receive.h"
#include "life/steps/review.h"
#include "life/steps/withdraw.h"
#include "life/test_renderer.h"
#include "life/worker.h"
#include "site/publisher.h"
#include "store/publications.h"

namespace kabar::life {
namespace {

namespace fs = std::filesystem;

std::string read_all(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Writes at once, but remembers what was there before in a folder of its own until settle(): lose() puts that back,
// as a power cut may.
class LossyFiles final : public FileSystem {
 public:
  explicit LossyFiles(fs::path log) : log_(std::move(log)) { fs::create_directories(log_); }

  Result<void> write(const fs::path& path, std::string_view bytes) override {
    remember(path);
    return disk(/*sync=*/false).write(path, bytes);
  }
  Result<void> remove(const fs::path& path) override {
    remember(path);
    return disk(/*sync=*/false).remove(path);
  }
  Result<void> settle(const fs::path&) override {
    for (const fs::directory_entry& entry : fs::directory_iterator(log_)) fs::remove(entry.path());
    return {};
  }

  // Newest first. Every second file is lost, so that old and new stand side by side.
  static void lose(const fs::path& log) {
    std::set<fs::path> entries;
    for (const fs::directory_entry& entry : fs::directory_iterator(log)) entries.insert(entry.path());
    bool lost = false;
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
      lost = !lost;
      const std::string content = read_all(*entry);
      const size_t end = content.find('\n');
      const fs::path path = content.substr(1, end - 1);
      if (lost && content[0] == 'f') std::ofstream(path, std::ios::binary) << content.substr(end + 1);
      if (lost && content[0] == '-') fs::remove(path);
      fs::remove(*entry);
    }
  }

 private:
  void remember(const fs::path& path) {
    const auto count = std::distance(fs::directory_iterator(log_), fs::directory_iterator());
    std::ofstream entry(log_ / fmt::format("{:08}", count), std::ios::binary);
    entry << (fs::exists(path) ? 'f' : '-') << path.string() << '\n' << read_all(path);
  }

  fs::path log_;
};

// Ends the process without a word at the n-th boundary.
class Killer final : public StepObserver {
 public:
  Killer(int at, fs::path note) : left_(at), note_(std::move(note)) {}
  void at(std::string_view step, std::string_view place) override {
    if (--left_ != 0) return;
    std::ofstream(note_) << step << ": " << place;
    ::raise(SIGKILL);
  }

 private:
  int left_;
  fs::path note_;  // where the boundary is written down, for the message of a failure
};

struct Newsroom {
  explicit Newsroom(const fs::path& dir, StepObserver* observer)
      : database(db::open_sqlite(dir / "kabar.db").value()),
        pages(dir / "unsynced"),
        files(dir / "state", pages),
        life{.database = *database,
             .clock = clock,
             .renderer = renderer,
             .sites = {{"",
                        {.policies = Policies::parse("publish", {"*/fr: hold always"}).value(),
                         .targets = {Language::en, Language::fr}}}},
             .observer = observer,
             .pings = {store::PingService::websub, store::PingService::indexnow}},
        publisher(open_publisher(dir)) {}

  site::Publisher open_publisher(const fs::path& dir) {
    site::SiteConfig config;
    config.languages = {Language::id, Language::en, Language::fr};
    const fs::path root = KABAR_ROOT;
    Result<site::Publisher> opened = site::Publisher::open(config,
                                                           {.public_folder = dir / "public",
                                                            .state_folder = dir / "state",
                                                            .theme_folder = root / "themes/default",
                                                            .message_folder = root / "data/messages"},
                                                           files, clock);
    if (!opened) fmt::print(stderr, "{}\n", opened.error().text());
    return std::move(*opened);
  }

  Result<void> work() {
    const life::TopicNames topics;
    SiteSource source(*database, topics, "");
    KABAR_TRY(publisher.recover(source));
    const auto report =
        work_until_idle(life, [&](std::span<const std::string> articles) -> Result<site::ChangedAddresses> {
          KABAR_ASSIGN(site::PublishReport published, publisher.update(articles, source));
          return std::move(published.changed);
        });
    if (!report) return tl::unexpected(report.error());
    return {};
  }

  FixedClock clock{Time(std::chrono::seconds(1'790'000'000))};
  TestRenderer renderer;
  std::unique_ptr<db::Connection> database;
  LossyFiles pages;
  SiteFiles files;
  Life life;
  site::Publisher publisher;
};

// What happens in the newsroom, each action repeated until it is answered, as people and senders do.
using Action = Result<void> (*)(Newsroom&);

Result<void> import(Newsroom& newsroom, std::string id, std::string_view text) {
  const Article article = article_of(std::move(id), text);
  KABAR_TRY(receive(newsroom.life, {&article, 1}, "wire"));
  return {};
}

constexpr Action kActions[] = {
    [](Newsroom& n) { return import(n, "beras", "Beras naik\n\nHarga naik 5 persen. Warga cemas.\n\nPasar ramai."); },
    [](Newsroom& n) { return n.work(); },
    [](Newsroom& n) { return approve(n.life, "beras", Language::fr, "Rina", ""); },
    [](Newsroom& n) { return n.work(); },
    [](Newsroom& n) {
      return edit(n.life, "beras", Language::en, {{"s2", "Prices rise by 5 percent."}}, "Rina");
    },
    [](Newsroom& n) { return n.work(); },
    [](Newsroom& n) { return import(n, "beras", "Beras naik\n\nPasar ramai.\n\nHarga naik 6 persen. Warga cemas."); },
    [](Newsroom& n) { return import(n, "cabai", "Cabai turun\n\nWarga senang."); },
    [](Newsroom& n) { return n.work(); },
    [](Newsroom& n) {
      return correct(
          n.life, {.article = "beras", .what = Wrong::number, .wrong = "5 persen", .right = "6 persen", .who = "Rina"});
    },
    [](Newsroom& n) -> Result<void> {
      KABAR_TRY(withdraw(n.life, "cabai", "Rina", "law", "putusan"));
      return {};
    },
    [](Newsroom& n) { return n.work(); },
};

int answered(const fs::path& dir) {
  std::ifstream file(dir / "answered");
  int count = 0;
  file >> count;
  return count;
}

// In a process of its own. Returns true if it came to the end, false if it was killed.
bool run(const fs::path& dir, int kill_at) {
  const pid_t child = ::fork();
  if (child == 0) {
    Killer killer(kill_at, dir / "killed");
    Newsroom newsroom(dir, &killer);
    for (int i = answered(dir); i < static_cast<int>(std::size(kActions)); ++i) {
      if (const Result<void> result = kActions[i](newsroom); !result) {
        fmt::print(stderr, "action {}: {}\n", i, result.error().text());
        ::_exit(1);
      }
      std::ofstream(dir / "answered") << i + 1;
    }
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) ? WTERMSIG(status) == SIGKILL : WEXITSTATUS(status) == 0) << status;
  return !WIFSIGNALED(status);
}

// Every row of every table, and every byte of the site.
std::map<std::string, std::string> contents(const fs::path& dir) {
  std::map<std::string, std::string> all;
  const std::unique_ptr<db::Connection> database = db::open_sqlite(dir / "kabar.db").value();
  const std::map<std::string, int> columns = {{"article", 6},
                                              {"revision", 11},
                                              {"block", 8},
                                              {"segment", 10},
                                              {"version", 11},
                                              {"translation", 15},
                                              {"translation_history", 10},
                                              {"publication", 9},
                                              {"site_change", 2},
                                              {"correction", 8},
                                              {"correction_notice", 4},
                                              {"memory", 7},
                                              {"ping", 2},  // what is told; not in which order it was queued
                                              {"audit", 8}};
  for (const auto& [table, count] : columns) {
    std::set<std::string> rows;
    EXPECT_TRUE(database->run(fmt::format("SELECT * FROM {}", table), {}, [&](const db::Row& row) -> Result<void> {
      std::string text;
      for (int column = 0; column < count; ++column) text += row.text(column) + "|";
      rows.insert(text);
      return {};
    }));
    std::string& text = all["table " + table];
    for (const std::string& row : rows) text += row + "\n";
  }
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(dir / "public")) {
    if (entry.is_regular_file()) all[fs::relative(entry.path(), dir / "public").string()] = read_all(entry.path());
  }
  return all;
}

// Invariant 3, at any moment: whatever article page there is, its row is there.
void expect_rows_behind_pages(const fs::path& dir) {
  EXPECT_TRUE(db::verify_sqlite(dir / "kabar.db"));
  const std::unique_ptr<db::Connection> database = db::open_sqlite(dir / "kabar.db").value();
  for (const char* article : {"beras", "cabai"}) {
    std::set<std::string> rows;
    const auto listed = store::load_publications(*database, article).value();
    for (const store::Publication& publication : listed) {
      rows.insert(publication.language.code());
    }
    if (rows.empty()) {
      for (const char* language : {"id", "en", "fr"}) {
        EXPECT_FALSE(fs::exists(dir / "public" / language / "berita" / article)) << language << " " << article;
      }
    }
  }
}

// Whether every line of `wanted` stands in `text`.
bool has_lines(const std::string& text, const std::string& wanted) {
  std::istringstream lines(wanted);
  for (std::string line; std::getline(lines, line);) {
    if (text.find(line + "\n") == std::string::npos) return false;
  }
  return true;
}

void kill_everywhere(bool power_cut) {
  // In memory where there is such a folder: a killed process loses nothing that it wrote, and syncing costs nothing.
  const fs::path base = fs::is_directory("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path();
  const fs::path root = base / fmt::format("kabar-crash-{}", ::getpid());
  fs::remove_all(root);
  const auto fresh = [&](std::string_view name) {
    const fs::path dir = root / name;
    fs::create_directories(dir);
    return dir;
  };
  const fs::path whole = fresh("undisturbed");
  ASSERT_TRUE(run(whole, 0));
  const std::map<std::string, std::string> expected = contents(whole);
  ASSERT_NE(expected.at("table publication"), "");
  ASSERT_EQ(expected.at("table site_change"), "");
  int boundaries = 0;
  for (int kill_at = 1;; ++kill_at) {
    const fs::path dir = fresh(fmt::format("killed-{}", kill_at));
    if (run(dir, kill_at)) break;
    ++boundaries;
    if (power_cut) LossyFiles::lose(dir / "unsynced");
    expect_rows_behind_pages(dir);
    const std::string boundary =
        fmt::format("boundary {} ({}), action {}", kill_at, read_all(dir / "killed"), answered(dir));
    ASSERT_TRUE(run(dir, 0)) << boundary;
    const std::map<std::string, std::string> left = contents(dir);
    for (const auto& [name, text] : expected) {
      const auto found = left.find(name);
      ASSERT_NE(found, left.end()) << boundary << ": lost " << name;
      // An update that is made again may tell other servers more than was needed, never less.
      if (name == "table ping") {
        ASSERT_TRUE(has_lines(found->second, text)) << boundary << ": lost one of\n"
                                                    << text << "left\n"
                                                    << found->second;
      } else {
        ASSERT_EQ(found->second, text) << boundary << ": " << name;
      }
    }
    ASSERT_EQ(left.size(), expected.size()) << boundary;
    fs::remove_all(dir);
  }
  // Every step of the worker has three boundaries, for two articles and more than one revision.
  EXPECT_GT(boundaries, 60);
  fs::remove_all(root);
}

TEST(Crash, KillAtEveryStepBoundaryLosesAndDoublesNothing) { kill_everywhere(/*power_cut=*/false); }

TEST(Crash, APowerCutThatTakesUnsyncedPagesLosesAndDoublesNothing) { kill_everywhere(/*power_cut=*/true); }

}  // namespace
}  // namespace kabar::life
