// What the publisher of the site reads: published snapshots, never work in progress (invariants 3 and 4).
#pragma once
#include "db/connection.h"
#include "life/topic_names.h"
#include "site/publisher.h"

namespace kabar::life {

// The articles of one site, read one at a time. Keeps the references.
class SiteSource final : public site::ArticleSource {
 public:
  SiteSource(db::Connection& database, const TopicNames& topics, std::string site)
      : database_(database), topics_(topics), site_(std::move(site)) {}
  Result<void> each(const std::function<Result<void>(const site::SiteArticle&)>& take) override;
  Result<std::optional<site::SiteArticle>> find(std::string_view id) override;

 private:
  db::Connection& database_;
  const TopicNames& topics_;
  std::string site_;
};

}  // namespace kabar::life
