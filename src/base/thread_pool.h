// A fixed set of threads that run the parts of one job; the caller's thread is one of them.
#pragma once
#include <functional>
#include <memory>

namespace kabar {

// Thread-safe: several callers may run() at once; their parts share the threads.
class ThreadPool {
 public:
  // Those that this process may run on: fewer than the machine has under taskset or in a container.
  static int cores();

  // `threads` counts the caller, so 1 runs everything on the calling thread. 0 takes one per core.
  explicit ThreadPool(int threads = 0);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  int threads() const;
  // Calls part(0) … part(count - 1), each once, in any order, and returns when all are done.
  // A part must not throw and must not call run() of the same pool.
  void run(int count, const std::function<void(int)>& part);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace kabar
