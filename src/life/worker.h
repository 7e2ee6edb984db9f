// Does everything that is due, one step of one article at a time.
#pragma once
#include <functional>
#include <span>
#include <stop_token>
#include <string>

#include "life/life.h"
#include "site/publisher.h"

namespace kabar::life {

// Brings the pages of these articles up to date and returns what changed; may be called again for the same ones after a
// crash.
using UpdateSite = std::function<Result<site::ChangedAddresses>(std::span<const std::string> articles)>;

struct WorkReport {
  int steps = 0;   // taken with success
  int faults = 0;  // steps that failed; each is tried again later, less and less often
  std::string last_fault;
};

// Called after every step with what is done and what is due, for a progress bar.
using WorkProgress = std::function<void(int done, int due)>;

// Works until nothing is due or life.stop asks to end. A step that fails is noted at its version and does not stop
// the others. The site follows a publication within about a second, a withdrawal or hold at once, also while the
// translator is busy. Errors only from the database itself or the site.
Result<WorkReport> work_until_idle(Life& life, const UpdateSite& update_site, const WorkProgress& progress = {});

// Changes of the site that are not in its files yet, also those that a killed worker left. What other servers have to
// be told is queued in the transaction that marks a change as done, so that a crash loses none of it.
Result<void> bring_site_up_to_date(Life& life, const UpdateSite& update_site);

// Articles that are brought up to date in one go.
inline constexpr int kSiteBatch = 100;

}  // namespace kabar::life
