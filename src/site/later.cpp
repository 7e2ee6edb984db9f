#include "site/later.h"

#include "site/compress.h"
#include "site/share_card.h"

namespace kabar::site {

namespace fs = std::filesystem;

void Later::note_all() {
  paths_.clear();
  articles_.clear();
  scanned_ = 0;
  walking_ = walked_ = false;
}

Result<void> Later::draw_cards(const PageContext& context, const CatalogueArticle& article, LaterReport& report) {
  for (const CatalogueVersion& version : article.versions) {
    if (!article.listed(version.language)) continue;
    const ShareCard card = share_card(context, article, version.language);
    const fs::path path = folder_ / share_card_address(card).substr(1);
    std::error_code error;
    if (fs::exists(path, error)) continue;
    const Result<std::string> png = draw_share_card(card);
    // Without a font there is no card; the page itself is right.
    if (!png && png.error().kind == ErrorKind::unsupported) {
      ++report.cards_without_font;
      continue;
    }
    if (!png) return tl::unexpected(png.error());
    KABAR_TRY(files_->write(path, *png));
    ++report.cards;
  }
  return {};
}

Result<void> Later::compress(const fs::path& path, LaterReport& report) {
  if (!lacks_compressed_forms(fs::directory_entry(path))) return {};
  KABAR_ASSIGN(const CompressReport one, compress_file(path, *files_));
  report.compressed += one.files;
  return {};
}

Result<bool> Later::step(const PageContext& context, Catalogue& catalogue, LaterReport& report) {
  if (!paths_.empty()) {
    const fs::path path = std::move(paths_.back());
    paths_.pop_back();
    KABAR_TRY(compress(path, report));
    return true;
  }
  const bool cards = context.site.share_cards;
  if (cards && !articles_.empty()) {
    const uint32_t number = articles_.back();
    articles_.pop_back();
    KABAR_ASSIGN(const Record article, catalogue.record(number));
    KABAR_TRY(draw_cards(context, *article, report));
    return true;
  }
  if (cards && scanned_ < catalogue.list("").size()) {
    KABAR_ASSIGN(const Record article, catalogue.record(catalogue.list("")[scanned_++].number));
    KABAR_TRY(draw_cards(context, *article, report));
    return true;
  }
  if (walked_) return false;
  std::error_code error;
  if (!walking_) {
    walk_ = fs::recursive_directory_iterator(folder_, error);
    walking_ = true;
  } else {
    walk_.increment(error);
  }
  // A folder that vanished meanwhile ends the walk; the next full publication begins another.
  walked_ = error || walk_ == fs::recursive_directory_iterator();
  if (!walked_) KABAR_TRY(compress(walk_->path(), report));
  return !walked_;
}

Result<LaterReport> Later::run(const PageContext& context, Catalogue& catalogue, std::chrono::milliseconds budget) {
  const auto start = std::chrono::steady_clock::now();
  LaterReport report;
  do {
    KABAR_ASSIGN(const bool more, step(context, catalogue, report));
    report.done = !more;
  } while (!report.done && std::chrono::steady_clock::now() - start < budget);
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return report;
}

}  // namespace kabar::site
