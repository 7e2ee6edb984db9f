#include "site/publisher.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "site/catalogue.h"
#include "site/changed.h"
#include "site/images.h"
#include "site/journal.h"
#include "site/later.h"
#include "site/output.h"
#include "site/page_context.h"
#include "site/record.h"
#include "site/search_documents.h"
#include "site/share_card.h"
#include "site/site_writer.h"

namespace kabar::site {
namespace {

namespace fs = std::filesystem;

Result<void> check_site(const SiteConfig& site) {
  if (site.languages.empty() || site.languages.front() != site.main_language) {
    return fail(ErrorKind::bad_input, "languages", "the main language comes first");
  }
  if (!site.base_url.starts_with("http://") && !site.base_url.starts_with("https://")) {
    return fail(ErrorKind::bad_input, "base_url", "must begin with http:// or https://");
  }
  if (site.base_url.ends_with('/')) return fail(ErrorKind::bad_input, "base_url", "must not end with a slash");
  KABAR_TRY(check_pings(site));
  std::set<Language> seen;
  for (const Language language : site.languages) {
    if (!seen.insert(language).second)
      return fail(ErrorKind::bad_input, "languages", language.code() + " stands twice");
  }
  for (const Section& section : site.sections) {
    if (address_section(section.slug) != section.slug) {
      return fail(ErrorKind::bad_input, "sections", fmt::format("\"{}\" cannot be an address", section.slug));
    }
  }
  return {};
}

// What an article was before, for the addresses that lead on to it. Null where its address was also that of another
// one, which has it now: earlier versions of the program wrote "lain/rupiah" like "lain-rupiah".
const CatalogueArticle* own_past(const Catalogue& catalogue, const Record& before) {
  const bool shared = before != nullptr && before->address_id != before->id && catalogue.find(before->address_id);
  return shared ? nullptr : before.get();
}

// What an update changes in the lists: from which rank on, and whether the ranks behind it moved.
struct ListChange {
  size_t rank = 0;
  bool onwards = false;
};

class Changes {
 public:
  void add(const ListKey& key, size_t rank, bool onwards) {
    const auto [found, is_new] = lists_.try_emplace(key, ListChange{rank, onwards});
    if (is_new) return;
    found->second.onwards = found->second.onwards || onwards || found->second.rank != rank;
    found->second.rank = std::min(found->second.rank, rank);
  }
  const std::map<ListKey, ListChange>& lists() const { return lists_; }

 private:
  std::map<ListKey, ListChange> lists_;
};

// An article of an update.
struct Work {
  std::optional<SiteArticle> article;
  Record before;  // null: a new article
  Record after;   // null: a removed one
};
using Works = std::map<std::string, Work>;  // by id

// What other articles' pages show of this one.
bool looks_the_same(const CatalogueArticle& a, const CatalogueArticle& b) { return a == b; }

}  // namespace

struct Publisher::State {
  SiteConfig site;
  PublisherOptions options;
  FileSystem& files;
  const Clock& clock;
  Messages messages;
  Theme theme;
  PageContext context;
  Catalogue catalogue;
  Later later;
  Images images;

  State(SiteConfig the_site, PublisherOptions the_options, FileSystem& the_files, const Clock& the_clock,
        Messages the_messages, Theme the_theme, int year, Catalogue the_catalogue)
      : site(std::move(the_site)),
        options(std::move(the_options)),
        files(the_files),
        clock(the_clock),
        messages(std::move(the_messages)),
        theme(std::move(the_theme)),
        context(site, messages, theme, year),
        catalogue(std::move(the_catalogue)),
        later(options.public_folder, files),
        images(options.public_folder, files) {}

  fs::path journal_path() const { return options.state_folder / "journal"; }
  Result<PublishReport> publish_all(ArticleSource& source);
  Result<PublishReport> update_some(std::span<const std::string> ids, const std::vector<JournalEntry>& attempted,
                                    ArticleSource& source);
  Result<void> write_list_pages(SiteWriter& writer);
  Result<void> write_all_lists(SiteWriter& writer);
  Result<void> write_changes(SiteWriter& writer, const Changes& changes);
  void note_lists(const CatalogueArticle& record, uint32_t number, bool onwards, Changes& changes);
  Result<Works> read_works(std::span<const std::string> ids, SiteWriter& writer, ArticleSource& source);
  Result<std::set<std::string>> put_records(const Works& works, bool everything, SiteWriter& writer, Changes& changes);
  Result<void> write_articles(const Works& works, const std::set<std::string>& others,
                              const std::vector<JournalEntry>& attempted, SiteWriter& writer, ArticleSource& source);
  Result<void> commit_update(const Works& works, Output& output);
  Result<void> index(const std::string& id, const SiteArticle* article, const CatalogueArticle* record);
  // The search was added later, or its layout changed.
  Result<bool> lacks_index();
  void keep_cards(const CatalogueArticle& record, Output& output);
  void drop_cards(const Record& before, const Record& after, Output& output);
  Result<void> finish();
  Result<Redirects> redirects();
  PublishReport timed(PublishReport report, std::chrono::steady_clock::time_point start);
};

Result<void> Publisher::State::index(const std::string& id, const SiteArticle* article,
                                     const CatalogueArticle* record) {
  if (options.search == nullptr) return {};
  std::vector<SearchDocument> documents;
  if (article != nullptr && record != nullptr) documents = search_documents(context, *article, *record);
  return options.search->put(id, documents);
}

Result<bool> Publisher::State::lacks_index() {
  if (options.search == nullptr || catalogue.size() == 0) return false;
  return options.search->empty();
}

void Publisher::State::keep_cards(const CatalogueArticle& record, Output& output) {
  if (!site.share_cards) return;
  for (const CatalogueVersion& version : record.versions) {
    if (record.listed(version.language)) output.keep(share_card_address(share_card(context, record, version.language)));
  }
}

// A card that no page names any more goes: its headline may be why.
void Publisher::State::drop_cards(const Record& before, const Record& after, Output& output) {
  if (!site.share_cards || !before) return;
  for (const CatalogueVersion& version : before->versions) {
    const Language language = version.language;
    if (!before->listed(language)) continue;
    const std::string old = share_card_address(share_card(context, *before, language));
    const bool stays =
        after && after->listed(language) && share_card_address(share_card(context, *after, language)) == old;
    if (!stays) output.remove(old);
  }
}

Result<void> Publisher::State::finish() {
  // Everything that the journal could make again must be on the disk before the journal goes.
  KABAR_TRY(files.settle(options.public_folder));
  return files.remove(journal_path());
}

// The pages of all lists by their newest articles: those of one time show the same articles, so each shard of the
// catalogue is decoded about once, and not once for every list.
Result<void> Publisher::State::write_list_pages(SiteWriter& writer) {
  struct Page {
    Time newest;
    size_t key;
    size_t rank;
    bool last;
  };
  const std::vector<ListKey> keys = catalogue.keys("");
  std::vector<Page> pages;
  for (size_t key = 0; key < keys.size(); ++key) {
    const std::span<const ListItem> items = catalogue.list(keys[key]);
    size_t rank = 0;
    for (; rank + 2 * kListPage <= items.size(); rank += kListPage) {
      pages.push_back({items[rank + kListPage - 1].published, key, rank, false});
    }
    pages.push_back({items.back().published, key, rank, true});
  }
  std::ranges::stable_sort(pages, {}, &Page::newest);  // of one list the older ones stay first
  for (const Page& page : pages) KABAR_TRY(writer.write_list(keys[page.key], page.rank, page.last));
  return {};
}

Result<void> Publisher::State::write_all_lists(SiteWriter& writer) {
  for (const ListKey& key : catalogue.keys("")) KABAR_TRY(writer.write_feeds(key));
  KABAR_TRY(write_list_pages(writer));
  if (catalogue.list("").empty()) KABAR_TRY(writer.write_feeds(""));
  KABAR_TRY(writer.write_empty_sections());
  KABAR_TRY(writer.write_archives());
  KABAR_TRY(writer.write_corrections());
  KABAR_TRY(writer.write_fronts());
  KABAR_TRY(writer.write_search());
  KABAR_TRY(writer.write_sitemap(0, true));
  return writer.write_timely();
}

Result<PublishReport> Publisher::State::publish_all(ArticleSource& source) {
  KABAR_TRY(write_journal(journal_path(), {.everything = true}, files));
  Output output(options.public_folder, files);
  output.begin_all();
  Catalogue previous = std::move(catalogue);
  catalogue = Catalogue::next_generation(previous);
  SiteWriter writer(context, catalogue, output, images, clock, !previous.empty());
  if (options.search != nullptr) options.search->begin_all();
  const auto write_one = [&](const SiteArticle& article) -> Result<void> {
    KABAR_ASSIGN(SiteImage image, writer.lead_image(article));
    Record before;
    if (const std::optional<uint32_t> known = previous.find(article.id)) {
      KABAR_ASSIGN(before, previous.record(*known));
    }
    KABAR_ASSIGN(const Record record, make_record(context, article, std::move(image), own_past(previous, before)));
    KABAR_ASSIGN(const uint32_t number, catalogue.put(record));
    KABAR_TRY(index(article.id, &article, record.get()));
    keep_cards(*record, output);
    return writer.write_article(article, number);
  };
  const auto run = [&]() -> Result<void> {
    KABAR_TRY(writer.write_fixed());
    KABAR_TRY(source.each(write_one));
    KABAR_TRY(write_all_lists(writer));
    KABAR_TRY(output.remove_queued());
    KABAR_TRY(output.remove_others());
    if (options.search != nullptr) KABAR_TRY(options.search->end_all());
    return catalogue.commit();
  };
  if (Result<void> result = run(); !result) {
    catalogue = std::move(previous);
    return tl::unexpected(result.error());
  }
  KABAR_TRY(finish());
  later.note_all();
  return output.report;
}

void Publisher::State::note_lists(const CatalogueArticle& record, uint32_t number, bool onwards, Changes& changes) {
  for (const ListKey& key : list_keys(messages, record)) {
    const std::optional<size_t> rank = catalogue.rank(key, number);
    changes.add(key, rank.value_or(0), onwards || !rank);
  }
}

Result<void> Publisher::State::write_changes(SiteWriter& writer, const Changes& changes) {
  for (const auto& [key, change] : changes.lists()) {
    KABAR_TRY(writer.write_feeds(key));
    KABAR_TRY(writer.write_list(key, change.rank, change.onwards));
  }
  KABAR_TRY(writer.write_empty_sections());
  KABAR_TRY(writer.write_archives());
  if (changes.lists().contains("c")) KABAR_TRY(writer.write_corrections());
  KABAR_TRY(writer.write_fronts());
  KABAR_TRY(writer.write_search());
  if (const auto all = changes.lists().find(""); all != changes.lists().end()) {
    KABAR_TRY(writer.write_sitemap(all->second.rank, all->second.onwards));
  }
  return writer.write_timely();
}

Result<Works> Publisher::State::read_works(std::span<const std::string> ids, SiteWriter& writer,
                                           ArticleSource& source) {
  Works works;
  for (const std::string& id : ids) {
    Work& work = works[id];
    KABAR_ASSIGN(work.article, source.find(id));
    if (const std::optional<uint32_t> known = catalogue.find(id)) {
      KABAR_ASSIGN(work.before, catalogue.record(*known));
    }
    if (!work.article) continue;
    KABAR_ASSIGN(SiteImage image, writer.lead_image(*work.article));
    KABAR_ASSIGN(work.after, make_record(context, *work.article, std::move(image), own_past(catalogue, work.before)));
  }
  return works;
}

// Brings the catalogue up to date and notes the lists that change. Returns the ids of the articles whose related
// stories change. `everything`: also where a record stays as it is.
Result<std::set<std::string>> Publisher::State::put_records(const Works& works, bool everything, SiteWriter& writer,
                                                            Changes& changes) {
  std::set<std::string> others;
  const auto add_followers = [&](uint32_t number) -> Result<void> {
    KABAR_ASSIGN(const std::vector<uint32_t> numbers, writer.followers(number));
    for (const uint32_t follower : numbers) {
      KABAR_ASSIGN(const Record record, catalogue.record(follower));
      others.insert(record->id);
    }
    return {};
  };
  for (const auto& [id, work] : works) {
    if (work.before && work.after && looks_the_same(*work.before, *work.after) && !everything) continue;
    const bool moves = !work.before || !work.after || work.before->published != work.after->published ||
                       list_keys(messages, *work.before) != list_keys(messages, *work.after);
    if (const std::optional<uint32_t> known = catalogue.find(id)) {
      note_lists(*work.before, *known, moves, changes);
      KABAR_TRY(add_followers(*known));
    }
    if (!work.after) {
      KABAR_TRY(catalogue.remove(id));
      continue;
    }
    KABAR_ASSIGN(const uint32_t number, catalogue.put(work.after));
    note_lists(*work.after, number, moves, changes);
    KABAR_TRY(add_followers(number));
  }
  return others;
}

Result<void> Publisher::State::write_articles(const Works& works, const std::set<std::string>& others,
                                              const std::vector<JournalEntry>& attempted, SiteWriter& writer,
                                              ArticleSource& source) {
  for (const auto& [id, work] : works) {
    if (work.article) KABAR_TRY(writer.write_article(*work.article, *catalogue.find(id)));
  }
  for (const std::string& id : others) {
    if (works.contains(id)) continue;
    KABAR_ASSIGN(const std::optional<SiteArticle> article, source.find(id));
    if (article) KABAR_TRY(writer.write_article(*article, *catalogue.find(id)));
  }
  for (const auto& [id, work] : works) {
    if (!work.after && work.before) KABAR_TRY(writer.remove_article(*work.before));
  }
  for (const JournalEntry& entry : attempted) {
    if (entry.record && !catalogue.find(entry.id)) KABAR_TRY(writer.remove_article(*entry.record));
  }
  return {};
}

Result<void> Publisher::State::commit_update(const Works& works, Output& output) {
  for (const auto& [id, work] : works) {
    KABAR_TRY(index(id, work.article ? &*work.article : nullptr, work.after.get()));
  }
  if (options.search != nullptr) KABAR_TRY(options.search->commit());
  KABAR_TRY(catalogue.commit());
  KABAR_TRY(finish());
  for (std::string& address : output.take_changed()) later.note_file(output.path_of(address));
  for (const auto& [id, work] : works) {
    if (work.after) later.note_article(*catalogue.find(id));
    add_changed(context, work.before.get(), work.after.get(), output.report.changed);
  }
  return {};
}

// Articles first, lists and feeds after them, removals last.
Result<PublishReport> Publisher::State::update_some(std::span<const std::string> ids,
                                                    const std::vector<JournalEntry>& attempted, ArticleSource& source) {
  Output output(options.public_folder, files);
  SiteWriter writer(context, catalogue, output, images, clock, true);
  KABAR_ASSIGN(const Works works, read_works(ids, writer, source));
  Journal journal;
  for (const auto& [id, work] : works) {
    journal.entries.push_back({id, work.after ? std::optional(*work.after) : std::nullopt});
  }
  // What an interrupted update meant to write may differ from what is to be written now: both are journalled.
  for (const JournalEntry& entry : attempted) journal.entries.push_back(entry);
  KABAR_TRY(write_journal(journal_path(), journal, files));

  Changes changes;
  KABAR_ASSIGN(const std::set<std::string> others, put_records(works, !attempted.empty(), writer, changes));
  for (const JournalEntry& entry : attempted) {
    if (!entry.record) continue;
    for (const ListKey& key : list_keys(messages, *entry.record)) changes.add(key, 0, true);
  }
  KABAR_TRY(write_articles(works, others, attempted, writer, source));
  // A change of the text alone leaves the record as it was, but feeds carry the text.
  for (const auto& [id, work] : works) {
    if (work.after) note_lists(*work.after, *catalogue.find(id), false, changes);
  }
  KABAR_TRY(write_changes(writer, changes));
  for (const auto& [id, work] : works) drop_cards(work.before, work.after, output);
  KABAR_TRY(output.remove_queued());
  KABAR_TRY(commit_update(works, output));
  return output.report;
}

// Pictures are counted apart: they are made once.
PublishReport Publisher::State::timed(PublishReport report, std::chrono::steady_clock::time_point start) {
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  report.picture_seconds = std::chrono::duration<double>(std::exchange(images.time, {})).count();
  report.pictures = std::exchange(images.made, 0);
  return report;
}

Result<Redirects> Publisher::State::redirects() {
  Redirects redirects;
  for (const ListItem& item : catalogue.list("")) {
    KABAR_ASSIGN(const Record record, catalogue.record(item.number));
    for (const CatalogueVersion& version : record->versions) {
      const std::string address = article_address(context.addresses, *record, version.language);
      for (const std::string& old : version.old_addresses) redirects.moved.emplace_back(old, address);
      if (record->withdrawn) redirects.gone.push_back(address);
    }
  }
  return redirects;
}

Publisher::Publisher(std::unique_ptr<State> state) : state_(std::move(state)) {}
Publisher::Publisher(Publisher&&) noexcept = default;
Publisher& Publisher::operator=(Publisher&&) noexcept = default;
Publisher::~Publisher() = default;

Result<Publisher> Publisher::open(SiteConfig site, PublisherOptions options, FileSystem& files, const Clock& clock) {
  KABAR_TRY(check_site(site));
  KABAR_ASSIGN(Messages messages, Messages::load(options.message_folder, site.languages, site.time_zone));
  KABAR_ASSIGN(Theme theme, Theme::load(options.theme_folder));
  const std::chrono::year_month_day today(std::chrono::floor<std::chrono::days>(clock.now()));
  // The lists of a record depend on the site's time zone, which the messages know; they live as long as the state.
  auto state = std::make_unique<State>(std::move(site), std::move(options), files, clock, std::move(messages),
                                       std::move(theme), static_cast<int>(today.year()), Catalogue());
  const Messages& kept = state->messages;
  KABAR_ASSIGN(state->catalogue,
               Catalogue::open(state->options.state_folder / "catalogue", files,
                               [&kept](const CatalogueArticle& article) { return list_keys(kept, article); }));
  return Publisher(std::move(state));
}

Result<PublishReport> Publisher::publish(ArticleSource& source) {
  const auto start = std::chrono::steady_clock::now();
  KABAR_ASSIGN(PublishReport report, state_->publish_all(source));
  return state_->timed(report, start);
}

Result<PublishReport> Publisher::update(std::span<const std::string> ids, ArticleSource& source) {
  KABAR_ASSIGN(const bool lacks_index, state_->lacks_index());
  if (state_->catalogue.empty() || lacks_index) {
    KABAR_ASSIGN(PublishReport report, publish(source));
    for (const std::string& id : ids) {
      const std::optional<uint32_t> known = state_->catalogue.find(id);
      if (!known) continue;
      KABAR_ASSIGN(const Record record, state_->catalogue.record(*known));
      add_changed(state_->context, nullptr, record.get(), report.changed);
    }
    return report;
  }
  const auto start = std::chrono::steady_clock::now();
  KABAR_ASSIGN(PublishReport report, state_->update_some(ids, {}, source));
  return state_->timed(report, start);
}

Result<PublishReport> Publisher::recover(ArticleSource& source) {
  KABAR_ASSIGN(const std::optional<Journal> journal, read_journal(state_->journal_path()));
  if (!journal) return PublishReport();
  if (journal->everything || state_->catalogue.empty()) return publish(source);
  std::vector<std::string> ids;
  for (const JournalEntry& entry : journal->entries) ids.push_back(entry.id);
  return state_->update_some(ids, journal->entries, source);
}

Result<LaterReport> Publisher::make_later(std::chrono::milliseconds budget) {
  return state_->later.run(state_->context, state_->catalogue, budget);
}

Result<std::string> Publisher::nginx_config(const ServedAs& served) const {
  KABAR_ASSIGN(const Redirects redirects, state_->redirects());
  return site::nginx_config(state_->context, redirects, served);
}

Result<std::string> Publisher::caddy_config(const ServedAs& served) const {
  KABAR_ASSIGN(const Redirects redirects, state_->redirects());
  return site::caddy_config(state_->context, redirects, served);
}

std::string Publisher::address(const SiteArticle& article, Language language) const {
  Record before;
  if (const std::optional<uint32_t> known = state_->catalogue.find(article.id)) {
    if (const Result<Record> record = state_->catalogue.record(*known)) before = *record;
  }
  const Result<Record> record = make_record(state_->context, article, article.image, before.get());
  return record ? article_address(state_->context.addresses, **record, language) : "";
}

}  // namespace kabar::site
