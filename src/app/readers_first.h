// What readers must not wait for: the pages of a change that a person just made.
#pragma once
#include "app/newsroom.h"

namespace kabar::app {

// Brings the site up to date after a person's command, so that it needs no worker. If one is running here, it is waited
// for, some seconds at most; a line on stderr says so if it takes longer.
Result<void> show_readers_now(Desk& desk);

}  // namespace kabar::app
