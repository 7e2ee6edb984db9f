#include "base/thread_pool.h"

#include <sched.h>

#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace kabar {
namespace {

TEST(ThreadPool, RunsEveryPartOnceForCallersOnSeveralThreads) {
  ThreadPool pool(4);
  EXPECT_EQ(pool.threads(), 4);
  const auto use = [&pool] {
    for (int round = 0; round < 200; ++round) {
      std::vector<std::atomic<int>> calls(17);
      pool.run(17, [&](int i) { ++calls[static_cast<size_t>(i)]; });
      for (const std::atomic<int>& count : calls) ASSERT_EQ(count, 1);
    }
  };
  std::thread other(use);
  use();
  other.join();
  pool.run(0, [](int) { FAIL(); });
}

// Under taskset and in containers a thread per core of the machine would only be in the way.
TEST(ThreadPool, CountsTheCoresThatTheProcessMayUse) {
  std::thread([] {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(sched_getcpu(), &one);
    ASSERT_EQ(sched_setaffinity(0, sizeof one, &one), 0);  // of this thread alone
    EXPECT_EQ(ThreadPool::cores(), 1);
    EXPECT_EQ(ThreadPool().threads(), 1);
  }).join();
}

}  // namespace
}  // namespace kabar
