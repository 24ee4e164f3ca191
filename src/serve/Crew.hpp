#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tutti::serve {

/// Threads for connections: one more whenever none is free, up to a limit; the rest waits, without limit:
/// whoever gives the work bounds it.
class Crew {
public:
  explicit Crew(std::size_t most)
    : most_{most}
  {}

  void enqueue(std::function<void()> work)
  {
    const std::lock_guard lock{mutex_};
    waiting_.push_back(std::move(work));
    if (waiting_.size() > idle_ && threads_.size() < most_) threads_.emplace_back([this] { serve(); });
    wake_.notify_one();
  }

  void shutdown()
  {
    {
      const std::lock_guard lock{mutex_};
      isOver_ = true;
    }
    wake_.notify_all();
    for (auto& thread : threads_) thread.join();
  }

private:
  void serve()
  {
    std::unique_lock lock{mutex_};
    for (;;) {
      ++idle_;
      wake_.wait(lock, [this] { return isOver_ || !waiting_.empty(); });
      --idle_;
      if (waiting_.empty()) return;
      const auto work = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      work();
      lock.lock();
    }
  }

  const std::size_t most_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> waiting_;
  std::size_t idle_ = 0;
  bool isOver_ = false;
  std::vector<std::thread> threads_; // grows under the lock; joined once nobody enqueues any more
};

} // namespace tutti::serve
