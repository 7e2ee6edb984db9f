// The time of day, so that tests can set it. All times are UTC seconds since 1970; zones are for showing.
#pragma once
#include <chrono>
#include <string>

namespace kabar {

using Time = std::chrono::sys_seconds;

// Its day in UTC: "2026-11-25".
std::string day_of(Time time);

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() const = 0;  // thread-safe
};

class SystemClock final : public Clock {
 public:
  Time now() const override { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }
};

class FixedClock final : public Clock {
 public:
  explicit FixedClock(Time time) : time_(time) {}
  Time now() const override { return time_; }
  void advance(std::chrono::seconds by) { time_ += by; }

 private:
  Time time_;
};

}  // namespace kabar
