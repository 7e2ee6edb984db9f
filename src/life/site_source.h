// What the publisher of the site reads: published snapshots, never work in progress (invariants 3 and 4).
#pragma once
#include "db/connection.h"
#include "site/publisher.h"

namespace kabar::life {

// Reads one article at a time. Keeps the reference.
class SiteSource final : public site::ArticleSource {
 public:
  explicit SiteSource(db::Connection& database) : database_(database) {}
  Result<void> each(const std::function<Result<void>(const site::SiteArticle&)>& take) override;
  Result<std::optional<site::SiteArticle>> find(std::string_view id) override;

 private:
  db::Connection& database_;
};

}  // namespace kabar::life
