#include "app/newsroom.h"

#include <cerrno>
#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "app/resources.h"
#include "db/sqlite.h"
#include "life/site_source.h"

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

}  // namespace

Result<Newsroom> open_newsroom(const Program& program) {
  KABAR_ASSIGN(const fs::path dir, find_folder(program.dir));
  KABAR_ASSIGN(Settings settings, load_settings(dir / "kabar.toml"));
  return Newsroom{dir, std::move(settings)};
}

Result<Languages> languages_of(const Settings& settings) {
  const auto parse = [](std::string_view key, const std::string& code) -> Result<Language> {
    const std::optional<Language> language = Language::parse(code);
    if (!language) return fail(ErrorKind::bad_input, std::string(key), fmt::format("\"{}\" is no language", code));
    return *language;
  };
  Languages languages;
  KABAR_ASSIGN(languages.main, parse("site.language", settings.text("site.language")));
  for (const std::string& code : settings.list("site.targets")) {
    KABAR_ASSIGN(const Language target, parse("site.targets", code));
    if (target != languages.main) languages.targets.push_back(target);
  }
  return languages;
}

site::SiteConfig site_config(const Settings& settings, const Languages& languages) {
  site::SiteConfig site;
  site.name = settings.text("site.name");
  site.base_url = settings.text("site.address");
  site.main_language = languages.main;
  site.languages = languages.targets;
  site.languages.insert(site.languages.begin(), languages.main);
  site.time_zone = settings.text("site.time_zone");
  site.contact_email = settings.text("site.email");
  site.share_cards = true;
  for (const std::string& slug : settings.list("site.sections")) site.sections.push_back({.slug = slug, .names = {}});
  return site;
}

std::string editor_name(const std::string& named) {
  if (!named.empty()) return named;
  const char* user = std::getenv("USER");
  return user != nullptr && *user != 0 ? user : "editor";
}

Result<std::unique_ptr<Desk>> Desk::open(Newsroom newsroom) {
  std::unique_ptr<Desk> desk(new Desk(std::move(newsroom)));
  const Settings& settings = desk->newsroom_.settings;
  KABAR_ASSIGN(desk->languages_, languages_of(settings));
  KABAR_ASSIGN(life::Policies policies,
               life::Policies::parse(settings.text("policy.default"), settings.list("policy.rules")));
  KABAR_ASSIGN(desk->database_, db::open_sqlite(desk->newsroom_.database()));
  Desk* self = desk.get();
  desk->renderer_.emplace([self] { return self->load_pipeline(); });
  desk->life_.emplace(life::Life{.database = *desk->database_,
                                 .clock = desk->clock_,
                                 .renderer = *desk->renderer_,
                                 .policies = std::move(policies),
                                 .targets = desk->languages_.targets});
  return desk;
}

Result<translate::Pipeline> Desk::load_pipeline() {
  const Settings& settings = newsroom_.settings;
  KABAR_ASSIGN(product_, load_product({.model = settings.text("engine.model"),
                                       .threads = static_cast<int>(settings.integer("engine.threads"))}));
  return product_->pipeline();
}

Result<site::Publisher*> Desk::publisher() {
  if (publisher_) return &*publisher_;
  const std::string& theme = newsroom_.settings.text("site.theme");
  const site::SiteConfig config = site_config(newsroom_.settings, languages_);
  std::error_code ignored;  // opening the index reports what matters
  fs::create_directories(newsroom_.state(), ignored);
  KABAR_ASSIGN(topics_, life::TopicNames::load(share_folder() / "data"));
  KABAR_ASSIGN(search_, site::SearchIndex::open(newsroom_.search_file(), config.languages));
  const site::PublisherOptions options{
      .public_folder = newsroom_.site(),
      .state_folder = newsroom_.state(),
      .theme_folder = theme.empty() ? share_folder() / "themes/default" : fs::path(theme),
      .message_folder = share_folder() / "data/messages",
      .search = &*search_};
  KABAR_ASSIGN(site::Publisher opened, site::Publisher::open(config, options, files_, clock_));
  publisher_.emplace(std::move(opened));
  life::SiteSource source(*database_, topics_);
  KABAR_TRY(publisher_->recover(source));
  return &*publisher_;
}

Result<site::PublishReport> Desk::update_site(std::span<const std::string> articles) {
  KABAR_ASSIGN(site::Publisher* const site, publisher());
  life::SiteSource source(*database_, topics_);
  return site->update(articles, source);
}

Result<site::PublishReport> Desk::publish_all() {
  KABAR_ASSIGN(site::Publisher* const site, publisher());
  life::SiteSource source(*database_, topics_);
  return site->publish(source);
}

Result<site::LaterReport> Desk::make_later(std::chrono::milliseconds budget) {
  KABAR_ASSIGN(site::Publisher* const site, publisher());
  return site->make_later(budget);
}

Result<void> Desk::prepare_work() {
  const Time now = clock_.now();
  KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(*database_));
  KABAR_TRY(store::reset_attempts(*database_, now));
  for (const Language language : languages_.targets) {
    KABAR_TRY(store::add_missing_versions(*database_, language, now));
  }
  return transaction.commit();
}

Result<life::WorkReport> Desk::work(const life::WorkProgress& progress) {
  return life::work_until_idle(
      *life_,
      [this](std::span<const std::string> articles) -> Result<void> {
        KABAR_TRY(update_site(articles));
        return {};
      },
      progress);
}

Result<std::unique_ptr<Desk>> open_desk(const Program& program) {
  KABAR_ASSIGN(Newsroom newsroom, open_newsroom(program));
  return Desk::open(std::move(newsroom));
}

Result<void> work_until_stopped(Desk& desk, const std::stop_token& stop) {
  desk.life().stop = stop;
  KABAR_TRY(desk.prepare_work());
  const std::chrono::duration<double> pause(desk.newsroom().settings.number("worker.poll"));
  // Short enough that news does not wait for the cards of old stories.
  constexpr std::chrono::milliseconds kLater(200);
  std::mutex mutex;
  std::condition_variable_any woken;
  while (!stop.stop_requested()) {
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
