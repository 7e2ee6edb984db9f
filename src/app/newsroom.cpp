#include "app/newsroom.h"

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "app/pings.h"
#include "db/sqlite.h"
#include "store/terms.h"
#include "terms/overlay.h"

namespace kabar::app {
namespace {

namespace fs = std::filesystem;

Result<fs::path> find_folder(const fs::path& wanted) {
  std::error_code code;
  if (!wanted.empty()) {
    if (fs::exists(wanted / "kabar.toml", code)) return wanted;
    return fail(ErrorKind::not_found, wanted.string(), "no newsroom here (no kabar.toml); kabar init makes one");
  }
  for (fs::path folder = fs::current_path(code);; folder = folder.parent_path()) {
    if (fs::exists(folder / "kabar.toml", code)) return folder;
    if (folder == folder.parent_path()) break;
  }
  return fail(ErrorKind::not_found, "", "no newsroom here or above (no kabar.toml); use --dir or kabar init");
}

Result<terms::TermList> terms_of_files(const Newsroom& newsroom) {
  if (!fs::is_directory(newsroom.terms())) return terms::TermList();
  return terms::read_term_folder(newsroom.terms());
}

}  // namespace

Result<Newsroom> open_newsroom(const Program& program) {
  KABAR_ASSIGN(const fs::path dir, find_folder(program.dir));
  KABAR_ASSIGN(Settings settings, load_settings(dir / "kabar.toml"));
  return Newsroom{dir, std::move(settings)};
}

Result<terms::TermList> own_terms(const Newsroom& newsroom, db::Connection& connection) {
  KABAR_ASSIGN(std::vector<terms::Term> stored, store::list_terms(connection));
  KABAR_ASSIGN(const terms::TermList files, terms_of_files(newsroom));
  return terms::put_over(terms::TermList(std::move(stored)), files);
}

Result<terms::TermList> own_terms(const Program& program) {
  const Result<fs::path> dir = find_folder(program.dir);
  if (!dir) return terms::TermList();
  const Newsroom newsroom{*dir, {}};
  // A folder that has not worked yet stays as it is.
  if (!fs::exists(newsroom.database())) return terms_of_files(newsroom);
  KABAR_ASSIGN(const std::unique_ptr<db::Connection> connection, db::open_sqlite(newsroom.database()));
  return own_terms(newsroom, *connection);
}

std::string editor_name(const std::string& named) {
  if (!named.empty()) return named;
  const char* user = std::getenv("USER");
  return user != nullptr && *user != 0 ? user : "editor";
}

Result<std::unique_ptr<Desk>> Desk::open(Newsroom newsroom) {
  std::unique_ptr<Desk> desk(new Desk(std::move(newsroom)));
  KABAR_ASSIGN(desk->sites_, sites_of(desk->newsroom_.settings));
  KABAR_ASSIGN(desk->database_, db::open_sqlite(desk->newsroom_.database()));
  Desk* self = desk.get();
  desk->renderer_.emplace([self] { return self->load_pipeline(); });
  desk->life_.emplace(life::Life{.database = *desk->database_,
                                 .clock = desk->clock_,
                                 .renderer = *desk->renderer_,
                                 .sites = {},
                                 .pings = ping_targets(desk->newsroom_.settings).services()});
  for (const Site& site : desk->sites_) {
    desk->life_->sites[site.name] = {.policies = site.policies, .targets = site.languages.targets};
  }
  desk->published_.emplace(desk->newsroom_, desk->sites_, *desk->database_, desk->clock_);
  return desk;
}

Result<translate::Pipeline> Desk::load_pipeline() {
  const Settings& settings = newsroom_.settings;
  KABAR_ASSIGN(terms_change_, store::last_term_change(*database_));
  KABAR_ASSIGN(const terms::TermList terms, own_terms(newsroom_, *database_));
  KABAR_ASSIGN(product_, load_product({.model = settings.text("engine.model"),
                                       .threads = static_cast<int>(settings.integer("engine.threads")),
                                       .terms = &terms}));
  return product_->pipeline();
}

Result<void> Desk::follow_terms() {
  if (!product_) return {};
  KABAR_ASSIGN(const int64_t last, store::last_term_change(*database_));
  if (last != terms_change_) renderer_->forget();
  return {};
}

std::vector<fs::path> Desk::theme_folders() const {
  std::vector<fs::path> folders;
  for (const Site& site : sites_) {
    const site::PublisherOptions options = publisher_options(newsroom_, site);
    for (const fs::path& folder : {options.theme_folder, options.message_folder}) {
      if (std::find(folders.begin(), folders.end(), folder) == folders.end()) folders.push_back(folder);
    }
  }
  return folders;
}

Result<site::PublishReport> Desk::update_site(std::span<const std::string> articles) {
  return published_->update(articles);
}

Result<site::PublishReport> Desk::publish_all() { return published_->publish_all(); }

Result<site::PublishReport> Desk::reload_theme() { return published_->reload(); }

Result<site::LaterReport> Desk::make_later(std::chrono::milliseconds budget) { return published_->make_later(budget); }

Result<void> Desk::prepare_work() {
  const Time now = clock_.now();
  KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(*database_));
  KABAR_TRY(store::reset_attempts(*database_, now));
  for (const Site& site : sites_) {
    for (const Language language : site.languages.targets) {
      KABAR_TRY(store::add_missing_versions(*database_, site.name, language, now));
    }
  }
  return transaction.commit();
}

Result<life::WorkReport> Desk::work(const life::WorkProgress& progress) {
  KABAR_TRY(follow_terms());
  return life::work_until_idle(
      *life_,
      [this](std::span<const std::string> articles) -> Result<site::ChangedAddresses> {
        KABAR_ASSIGN(site::PublishReport site, update_site(articles));
        return std::move(site.changed);
      },
      progress);
}

Result<std::unique_ptr<Desk>> open_desk(const Program& program) {
  KABAR_ASSIGN(Newsroom newsroom, open_newsroom(program));
  return Desk::open(std::move(newsroom));
}

Result<void> work_until_stopped(Desk& desk, const std::stop_token& stop, const std::function<void()>& each_round) {
  desk.life().stop = stop;
  KABAR_TRY(desk.prepare_work());
  const std::chrono::duration<double> pause(desk.newsroom().settings.number("worker.poll"));
  // Short enough that news does not wait for the cards of old stories.
  constexpr std::chrono::milliseconds kLater(200);
  std::mutex mutex;
  std::condition_variable_any woken;
  const std::jthread pings([&desk, &stop] { ping_until_stopped(desk.newsroom(), stop); });
  while (!stop.stop_requested()) {
    if (each_round) each_round();
    const Result<life::WorkReport> report = desk.work({});
    if (!report) fmt::print(stderr, "kabar: {}\n", report.error().text());
    const Result<site::LaterReport> later = desk.make_later(kLater);
    if (!later) fmt::print(stderr, "kabar: {}\n", later.error().text());
    if (later && !later->done) continue;
    std::unique_lock lock(mutex);
    woken.wait_for(lock, stop, pause, [] { return false; });
  }
  return {};
}

Result<std::optional<WorkerLock>> WorkerLock::try_take(const Newsroom& newsroom) {
  std::error_code ignored;  // open() reports what matters
  fs::create_directories(newsroom.state(), ignored);
  const fs::path file = newsroom.state() / "worker.lock";
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) return fail(ErrorKind::io, file.string(), std::strerror(errno));
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return WorkerLock(descriptor);
  ::close(descriptor);
  return std::optional<WorkerLock>();
}

WorkerLock::~WorkerLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace kabar::app
