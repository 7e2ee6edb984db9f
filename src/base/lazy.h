// A value that is made when it is first asked for.
#pragma once
#include <functional>
#include <mutex>
#include <optional>
#include <utility>

namespace kabar {

// Any number of threads may ask. `make` cannot fail: what can be wrong is checked before.
template <typename T>
class Lazy {
 public:
  explicit Lazy(std::function<T()> make) : make_(std::move(make)) {}
  Lazy(const Lazy&) = delete;
  Lazy& operator=(const Lazy&) = delete;

  const T& get() const {
    std::call_once(once_, [this] {
      value_.emplace(make_());
      make_ = nullptr;  // and what it holds
    });
    return *value_;
  }

 private:
  mutable std::function<T()> make_;
  mutable std::once_flag once_;
  mutable std::optional<T> value_;
};

}  // namespace kabar
