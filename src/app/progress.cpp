#include "app/progress.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>
#include <unistd.h>

namespace kabar::app {
namespace {

constexpr int kBarWidth = 30;
constexpr std::chrono::milliseconds kInterval{100};

}  // namespace

bool is_terminal(int descriptor) { return ::isatty(descriptor) == 1; }

std::string styled(std::string_view text, std::string_view code) {
  static const bool enabled = is_terminal(STDOUT_FILENO) && std::getenv("NO_COLOR") == nullptr;
  return enabled ? fmt::format("\033[{}m{}\033[0m", code, text) : std::string(text);
}

Progress::Progress(std::string label, int64_t total)
    : label_(std::move(label)), total_(total), visible_(is_terminal(STDERR_FILENO)) {}

Progress::~Progress() {
  if (drawn_) fmt::print(stderr, "\r\033[K");
}

void Progress::update(int64_t done) {
  if (!visible_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ = now + kInterval;
  drawn_ = true;
  if (total_ <= 0) {
    fmt::print(stderr, "\r\033[K{} {}", label_, done);
  } else {
    const int filled = static_cast<int>(kBarWidth * std::min(done, total_) / total_);
    fmt::print(stderr, "\r\033[K{} [{:#<{}}{:.<{}}] {}/{}", label_, "", filled, "", kBarWidth - filled, done, total_);
  }
  std::fflush(stderr);
}

}  // namespace kabar::app
