#include "app/site_api.h"

#include <algorithm>
#include <charconv>
#include <deque>
#include <mutex>
#include <unordered_map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/utf8.h"
#include "db/sqlite.h"
#include "site/address.h"
#include "site/edition.h"
#include "site/search_index.h"
#include "site/site_files.h"
#include "store/articles.h"
#include "store/publications.h"
#include "store/reports.h"

namespace kabar::app {
namespace {

using http::Request;
using http::Response;
using Json = nlohmann::ordered_json;

constexpr int kHitsMax = 50;
constexpr int kHitsDefault = 20;

Response plain(int status, std::string text) {
  return {.status = status, .body = std::move(text) + "\n", .headers = {{"Cache-Control", "no-store"}}};
}

Response json_response(int status, const Json& json) {
  return {
      .status = status,
      .content_type = "application/json; charset=utf-8",
      .body = json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n",
      .headers = {{"Cache-Control", status == 200 ? "public, max-age=30" : "no-store"}, {"X-Robots-Tag", "noindex"}}};
}

int number_of(const std::map<std::string, std::string>& form, const char* name, int otherwise, int max) {
  const auto found = form.find(name);
  if (found == form.end()) return otherwise;
  int value = 0;
  const std::string& text = found->second;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return otherwise;
  return std::clamp(value, 0, max);
}

std::string value_of(const std::map<std::string, std::string>& form, const char* name) {
  const auto found = form.find(name);
  return found == form.end() ? "" : found->second;
}

// Behind a proxy on this machine the client is who the proxy says; anybody else could write the header himself.
std::string client_of(const Request& request) {
  const auto forwarded = request.headers.find("x-forwarded-for");
  const bool is_local = request.remote == "127.0.0.1" || request.remote == "::1";
  if (!is_local || forwarded == request.headers.end()) return request.remote;
  const size_t last = forwarded->second.find_last_of(',');
  std::string client = last == std::string::npos ? forwarded->second : forwarded->second.substr(last + 1);
  std::erase(client, ' ');
  return client;
}

// A browser names the page that a form was sent from; a form on another site would use its visitors' addresses.
bool is_from_elsewhere(const Request& request) {
  const auto origin = request.headers.find("origin");
  const auto host = request.headers.find("host");
  if (origin == request.headers.end() || host == request.headers.end()) return false;
  const size_t at = origin->second.find("://");
  return at == std::string::npos || origin->second.substr(at + 3) != host->second;
}

// How often each client, and all together, sent a report in the last hour.
class RateLimit {
 public:
  bool allows(const std::string& client, Time now) {
    const std::lock_guard lock(mutex_);
    while (!times_.empty() && times_.front().first <= now - std::chrono::hours(1)) {
      const auto found = counts_.find(times_.front().second);
      if (--found->second == 0) counts_.erase(found);
      times_.pop_front();
    }
    if (times_.size() >= kAllReportsAnHourMax) return false;
    const auto found = counts_.find(client);
    if (found != counts_.end() && found->second >= kReportsAnHourMax) return false;
    ++counts_[client];
    times_.emplace_back(now, client);
    return true;
  }

 private:
  std::mutex mutex_;
  std::deque<std::pair<Time, std::string>> times_;
  std::unordered_map<std::string, int> counts_;
};

// A few connections, each used by one handler at a time.
template <typename T>
class Shelf {
 public:
  explicit Shelf(std::function<Result<T>()> make) : make_(std::move(make)) {}

  template <typename Use>
  auto with(Use use) -> decltype(use(std::declval<T&>())) {
    std::optional<T> one;
    {
      const std::lock_guard lock(mutex_);
      if (!free_.empty()) {
        one.emplace(std::move(free_.back()));
        free_.pop_back();
      }
    }
    if (!one) {
      KABAR_ASSIGN(T made, make_());
      one.emplace(std::move(made));
    }
    auto result = use(*one);
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(*one));
    return result;
  }

 private:
  std::function<Result<T>()> make_;
  std::mutex mutex_;
  std::vector<T> free_;
};

class Search {
 public:
  Search(std::filesystem::path file, const Languages& languages)
      : languages_(languages),
        indexes_([file = std::move(file), all = all_of(languages)] { return site::SearchIndex::open(file, all); }) {}

  Response answer(const Request& request) {
    if (request.method != "GET" && request.method != "HEAD") return json_response(405, {{"error", "use GET"}});
    const std::map<std::string, std::string> form = http::parse_form(request.query);
    const std::string query = value_of(form, "q");
    if (!check_utf8(query, "q")) return json_response(400, {{"error", "q is not valid UTF-8"}});
    std::optional<Language> language = languages_.main;
    if (form.contains("lang")) language = edition(value_of(form, "lang"));
    if (!language) return json_response(400, {{"error", "lang is no edition of this site"}});
    const int count = number_of(form, "count", kHitsDefault, kHitsMax);
    const int skip = number_of(form, "skip", 0, site::kSearchTotalMax);
    const Result<site::SearchAnswer> found =
        indexes_.with([&](site::SearchIndex& index) { return index.find(query, *language, count, skip); });
    if (!found && found.error().kind == ErrorKind::limit) return json_response(400, {{"error", found.error().message}});
    if (!found) return json_response(503, {{"error", "the search is not available now"}});
    Json json = {{"language", site::edition_of(*language).tag}, {"query", query}, {"total", found->total}};
    json["items"] = Json::array();
    for (const site::SearchHit& hit : found->hits) {
      json["items"].push_back({{"title", hit.title},
                               {"summary", hit.summary},
                               {"url", hit.address},
                               {"date", hit.date},
                               {"machine", !hit.label.empty()},
                               {"label", hit.label}});
    }
    return json_response(200, json);
  }

 private:
  static std::vector<Language> all_of(const Languages& languages) {
    std::vector<Language> all = languages.targets;
    all.insert(all.begin(), languages.main);
    return all;
  }
  // Our code or the tag of the page: "zh", "zh-Hans".
  std::optional<Language> edition(std::string_view name) const {
    for (const Language language : all_of(languages_)) {
      if (name == language.view() || name == site::edition_of(language).tag) return language;
    }
    return std::nullopt;
  }

  Languages languages_;
  Shelf<site::SearchIndex> indexes_;
};

class Reports {
 public:
  Reports(std::filesystem::path file, const Site& site, const Clock& clock)
      : site_(site.name),
        config_(site.config),
        clock_(clock),
        databases_([file = std::move(file)] { return db::open_sqlite(file); }) {}

  Response take(const Request& request) {
    if (request.method != "POST") return with_header(plain(405, "Use POST"), "Allow", "POST");
    if (!request.content_type.starts_with("application/x-www-form-urlencoded")) return plain(415, "Send a form");
    if (is_from_elsewhere(request)) return plain(403, "Sent from another site");
    const std::map<std::string, std::string> form = http::parse_form(request.body);
    const std::optional<Language> language = Language::parse(value_of(form, "language"));
    std::string comment = value_of(form, "comment");
    comment.erase(0, comment.find_first_not_of(" \r\n\t"));
    for (const auto& [name, value] : form) {
      if (!check_utf8(value, name)) return plain(400, "Not valid UTF-8: " + name);
    }
    if (!language) return plain(400, "No such language");
    if (comment.empty()) return plain(400, "Say what is wrong");
    if (count_points(comment) > kReportPointsMax) return plain(400, "The comment is too long");
    // People do not see this field; programs that fill in every form do, and hear that all is well.
    if (!value_of(form, "website").empty()) return thanks(request, *language);
    if (!limit_.allows(client_of(request), clock_.now())) {
      return with_header(plain(429, "Too many reports; try again later"), "Retry-After", "3600");
    }
    const Result<bool> stored = databases_.with([&](std::unique_ptr<db::Connection>& database) -> Result<bool> {
      return store_report(*database, site_,
                          {.at = clock_.now(),
                           .article = value_of(form, "article"),
                           .language = *language,
                           .segment = value_of(form, "segment"),
                           .source = "",
                           .target = "",
                           .comment = comment});
    });
    if (!stored) return plain(503, "The report could not be stored");
    return *stored ? thanks(request, *language) : plain(404, "No such sentence");
  }

 private:
  static Response with_header(Response response, std::string name, std::string value) {
    response.headers.emplace_back(std::move(name), std::move(value));
    return response;
  }

  // Scripts only want to know; a browser that sent the form itself is shown a page.
  Response thanks(const Request& request, Language language) const {
    const auto accept = request.headers.find("accept");
    if (accept == request.headers.end() || accept->second.find("text/html") == std::string::npos) {
      return {.status = 204, .headers = {{"Cache-Control", "no-store"}}};
    }
    const std::string page = site::Addresses(config_).named(language, "thanks");
    return with_header(plain(303, "Thank you"), "Location", page);
  }

  // False if readers cannot have seen such a sentence.
  static Result<bool> store_report(db::Connection& database, const std::string& site, store::Report report) {
    KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(database));
    KABAR_ASSIGN(const std::optional<store::ArticleRow> article, store::find_article(database, report.article));
    if (!article || article->site != site || article->withdrawn) return false;
    KABAR_ASSIGN(const std::vector<store::Publication> published, store::load_publications(database, report.article));
    const auto version =
        std::ranges::find_if(published, [&](const store::Publication& one) { return one.language == report.language; });
    if (version == published.end()) return false;
    if (!report.segment.empty()) {
      const auto segment = std::ranges::find_if(version->segments,
                                                [&](const TranslatedSegment& one) { return one.id == report.segment; });
      if (segment == version->segments.end()) return false;
      report.source = segment->source;
      report.target = segment->text;
    }
    KABAR_TRY(store::add_report(database, report));
    KABAR_TRY(transaction.commit());
    return true;
  }

  std::string site_;
  site::SiteConfig config_;
  const Clock& clock_;
  RateLimit limit_;
  Shelf<std::unique_ptr<db::Connection>> databases_;
};

}  // namespace

std::vector<http::Route> site_routes(const Newsroom& newsroom, const Site& site, const Clock& clock) {
  const auto search = std::make_shared<Search>(newsroom.search_file(site.name), site.languages);
  const auto reports = std::make_shared<Reports>(newsroom.database(), site, clock);
  return {{"/api/search", [search](const Request& request) { return search->answer(request); }},
          {"/api/report", [reports](const Request& request) { return reports->take(request); }}};
}

std::vector<http::Host> hosts_of(const Desk& desk, const Clock& clock) {
  std::vector<http::Host> hosts;
  for (const Site& site : desk.sites()) {
    hosts.push_back({.name = host_of(site),
                     .folder = desk.newsroom().site(site.name),
                     .headers = site::security_headers(site.config),
                     .routes = site_routes(desk.newsroom(), site, clock)});
  }
  return hosts;
}

}  // namespace kabar::app
