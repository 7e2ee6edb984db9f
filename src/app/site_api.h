// What a public site asks a program for: GET /api/search and POST /api/report.
#pragma once
#include <vector>

#include "app/newsroom.h"
#include "http/server.h"

namespace kabar::app {

inline constexpr int kReportPointsMax = 2000;  // of a reader's comment
inline constexpr int kReportsAnHourMax = 10;   // from one client
inline constexpr int kAllReportsAnHourMax = 600;

// Handlers open databases of their own when they are first called; they find and take what belongs to `site` alone.
// `newsroom` and `clock` must outlive them.
//
// GET /api/search?q=…&lang=en[&count=20][&skip=0] answers JSON: {"language", "query", "total", "items": [{"title",
// "summary", "url", "date", "machine", "label"}]}. Errors are JSON with "error": 400, 405, 503.
//
// POST /api/report takes the form of the comparison page: article, language, segment (may be empty), comment. 303 to
// the page that says thank you, or 204 for scripts; 400, 403 (from another site), 404, 405, 415, 429.
std::vector<http::Route> site_routes(const Newsroom& newsroom, const Site& site, const Clock& clock);

// What a server answers with under the host of each site, the first site first: it also answers for names that are
// nobody's. The desk's newsroom and `clock` must outlive it.
std::vector<http::Host> hosts_of(const Desk& desk, const Clock& clock);

}  // namespace kabar::app
