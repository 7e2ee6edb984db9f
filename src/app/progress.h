// Progress of long work, on stderr and only when that is a terminal.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>

namespace kabar::app {

bool is_terminal(int descriptor);

// Wraps `text` in an escape code when stdout is a terminal and NO_COLOR is not set. `code` as in "1", "31".
std::string styled(std::string_view text, std::string_view code);

// One line that is drawn again at most ten times a second and cleared at the end. Not thread-safe.
class Progress {
 public:
  // `total` 0: unknown, then only the count is shown.
  explicit Progress(std::string label, int64_t total = 0);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void update(int64_t done);
  void set_total(int64_t total) { total_ = total; }

 private:
  std::string label_;
  int64_t total_;
  bool visible_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point next_{};
};

}  // namespace kabar::app
