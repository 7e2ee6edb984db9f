#include "base/thread_pool.h"

#include <sched.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace kabar {
namespace {

// One call of run(): the parts are handed out by counting up.
struct Job {
  const std::function<void(int)>* part = nullptr;
  int count = 0;
  std::atomic<int> next{0};
  std::atomic<int> done{0};
};

// Takes parts until none is left; true if this call finished the last one.
bool work_on(Job& job) {
  int finished = 0;
  for (int i = job.next++; i < job.count; i = job.next++) {
    (*job.part)(i);
    ++finished;
  }
  return finished > 0 && job.done.fetch_add(finished) + finished == job.count;
}

}  // namespace

struct ThreadPool::State {
  std::mutex mutex;
  std::condition_variable work_came;
  std::condition_variable job_ended;
  std::deque<std::shared_ptr<Job>> jobs;
  bool stopping = false;
  std::vector<std::thread> threads;

  void serve() {
    std::unique_lock lock(mutex);
    for (;;) {
      work_came.wait(lock, [&] { return stopping || !jobs.empty(); });
      if (stopping) return;
      const std::shared_ptr<Job> job = jobs.front();
      lock.unlock();
      const bool ended = work_on(*job);
      lock.lock();
      if (!jobs.empty() && jobs.front() == job) jobs.pop_front();
      if (ended) job_ended.notify_all();
    }
  }
};

int ThreadPool::cores() {
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) return std::max(1, CPU_COUNT(&allowed));
  return static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
}

ThreadPool::ThreadPool(int threads) : state_(std::make_unique<State>()) {
  if (threads <= 0) threads = cores();
  for (int i = 1; i < threads; ++i) state_->threads.emplace_back([this] { state_->serve(); });
}

ThreadPool::~ThreadPool() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  state_->work_came.notify_all();
  for (std::thread& thread : state_->threads) thread.join();
}

int ThreadPool::threads() const { return static_cast<int>(state_->threads.size()) + 1; }

void ThreadPool::run(int count, const std::function<void(int)>& part) {
  if (count <= 0) return;
  if (count == 1 || state_->threads.empty()) {
    for (int i = 0; i < count; ++i) part(i);
    return;
  }
  const auto job = std::make_shared<Job>();
  job->part = &part;
  job->count = count;
  {
    const std::lock_guard lock(state_->mutex);
    state_->jobs.push_back(job);
  }
  state_->work_came.notify_all();
  const bool ended = work_on(*job);
  std::unique_lock lock(state_->mutex);
  std::erase(state_->jobs, job);
  if (!ended) state_->job_ended.wait(lock, [&] { return job->done == job->count; });
}

}  // namespace kabar
