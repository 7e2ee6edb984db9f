// Ctrl-C and SIGTERM end long work in good order; a second one ends it at once.
#pragma once
#include <stop_token>

namespace kabar::app {

// The token is asked to stop when a signal comes. Installs the handlers at the first call.
std::stop_token stop_on_signals();

// The same as a signal, from inside: other threads have to end because this one failed.
void request_stop();

}  // namespace kabar::app
