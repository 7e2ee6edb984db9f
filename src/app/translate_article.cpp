#include "app/translate_article.h"

#include <unistd.h>

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "app/import_files.h"
#include "app/product.h"
#include "app/resources.h"
#include "app/translate_lines.h"
#include "app/version_json.h"
#include "base/file.h"
#include "life/policy.h"
#include "markup/segments.h"
#include "markup/write.h"
#include "site/messages.h"
#include "site/notice.h"
#include "text/languages.h"
#include "translate/article.h"

namespace kabar::app {
namespace {

Result<Language> parse_language(const std::string& code) {
  const std::optional<Language> language = Language::parse(code);
  if (!language) return fail(ErrorKind::usage, code, "is no language code");
  return *language;
}

Result<Format> parse_format(const ArticleOptions& options) {
  if (options.format == "md") return Format::markdown;
  if (options.format == "html") return Format::html;
  if (options.format == "text") return Format::text;
  if (!options.format.empty()) return fail(ErrorKind::usage, options.format, "is no format; there are md, html, text");
  return format_of(options.file).value_or(Format::markdown);
}

// Those asked for, else all of the list that the models can do.
Result<std::vector<Language>> choose_targets(const std::vector<std::string>& codes, Language source,
                                             const Product& product) {
  std::vector<Language> targets;
  for (const std::string& code : codes) {
    KABAR_ASSIGN(const Language language, parse_language(code));
    targets.push_back(language);
  }
  if (!codes.empty()) {
    KABAR_TRY(check_targets(product, source, targets));
    return targets;
  }
  for (const text::LanguageInfo& info : text::languages()) {
    if (info.language != source && product.engine->translates(source, info.language)) targets.push_back(info.language);
  }
  if (targets.empty()) return fail(ErrorKind::not_found, "", fmt::format("no model translates {}", source.view()));
  return targets;
}

Result<std::string> read_input(const std::string& file) {
  return read_file(file == "-" ? "/dev/stdin" : file, markup::kArticleBytesMax);
}

// What the pages say of a machine's version; the site's messages are the one place of these words.
std::string disclosure(const site::Messages& messages, Language source, Language target) {
  site::SiteConfig site;
  site.main_language = source;
  site::SiteVersion version;
  version.version.language = target;
  const std::optional<site::Notice> notice = site::make_notice(site, messages, version, "");
  return notice ? notice->sentences : "";
}

}  // namespace

Result<void> translate_article(const ArticleOptions& options) {
  KABAR_ASSIGN(const Format format, parse_format(options));
  KABAR_ASSIGN(const std::string bytes, read_input(options.file));
  KABAR_ASSIGN(const Language from, parse_language(options.from.empty() ? "id" : options.from));
  KABAR_ASSIGN(Article article, markup::parse(bytes, format, options.file == "-" ? "stdin" : options.file, from));
  if (!options.from.empty()) article.language = from;
  KABAR_ASSIGN(const Product product, load_product({.model = options.model, .terms = &options.terms}));
  KABAR_ASSIGN(const std::vector<Language> targets, choose_targets(options.to, article.language, product));
  const std::jthread warming = warm_up(product, targets);
  const std::vector<Segment> segments = markup::segment(article);
  KABAR_ASSIGN(std::vector<Version> versions,
               translate::translate_article(article, segments, targets, product.pipeline()));
  KABAR_ASSIGN(const site::Messages messages,
               site::Messages::load(share_folder() / "data" / "messages", targets, "Asia/Jakarta"));

  std::vector<VersionWithMarkup> written;
  for (Version& version : versions) {
    version.disclosure = disclosure(messages, article.language, version.language);
    const life::Verdict verdict = life::decide({.segments = version.segments});
    version.status = verdict.approved ? VersionStatus::published : VersionStatus::held;
    if (!verdict.approved) version.status_reason = verdict.reason;
    const std::vector<Block> blocks = markup::blocks_of(article, version.segments, version.language);
    std::string text = markup::write(article, blocks, version.language, article.format);
    written.push_back({std::move(version), std::move(text)});
  }
  if (options.json) {
    fmt::print("{}", article_json(article, translate::lint(article, segments), written));
    return {};
  }
  for (size_t i = 0; i < written.size(); ++i) {
    if (i > 0) fmt::print("\n");
    fmt::print("{}", written[i].markup);
  }
  return {};
}

Result<void> translate_lines(const std::string& from, const std::vector<std::string>& to, const terms::TermList& terms,
                             int input, std::FILE* out) {
  KABAR_ASSIGN(const Product product, load_product({.terms = &terms}));
  KABAR_ASSIGN(const Language source, parse_language(from.empty() ? "id" : from));
  if (to.empty()) return fail(ErrorKind::usage, "--to", "needs at least one language");
  KABAR_ASSIGN(const std::vector<Language> targets, choose_targets(to, source, product));
  const std::jthread warming = warm_up(product, targets);
  const translate::Pipeline pipeline = product.pipeline();
  return stream_lines(input, out, [&](std::span<const std::string> lines, int64_t) -> Result<std::string> {
    std::vector<std::vector<std::string>> columns(lines.size(), std::vector<std::string>(targets.size()));
    std::vector<Segment> segments(lines.size());
    std::vector<size_t> wanted;
    for (size_t i = 0; i < lines.size(); ++i) {
      segments[i].text = lines[i];
      if (lines[i].find_first_not_of(" \t\r") != std::string::npos) wanted.push_back(i);
    }
    const translate::Context context{.source = source, .continuous = false};
    KABAR_ASSIGN(const auto translations, pipeline.translate(segments, wanted, context, targets));
    for (size_t t = 0; t < targets.size(); ++t) {
      for (size_t k = 0; k < wanted.size(); ++k) columns[wanted[k]][t] = translations[t][k].text;
    }
    std::string text;
    for (const std::vector<std::string>& line : columns) text += fmt::format("{}\n", fmt::join(line, "\t"));
    return text;
  });
}

}  // namespace kabar::app
