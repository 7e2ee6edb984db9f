#include "app/stop_signal.h"

#include <csignal>
#include <thread>

namespace kabar::app {
namespace {

std::stop_source& source() {
  static std::stop_source stop;
  return stop;
}

}  // namespace

std::stop_token stop_on_signals() {
  // A thread waits for the signals: stopping runs callbacks, which a signal handler must not.
  static const bool installed = [] {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::thread([signals] {
      int signal = 0;
      if (sigwait(&signals, &signal) != 0) return;
      source().request_stop();
      std::signal(SIGINT, SIG_DFL);
      std::signal(SIGTERM, SIG_DFL);
      pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
    }).detach();
    return true;
  }();
  static_cast<void>(installed);
  return source().get_token();
}

void request_stop() { source().request_stop(); }

}  // namespace kabar::app
