#pragma once

#include <atomic>
#include <thread>

namespace tutti::bench {

/// Another thread that does nothing but `work` while this lives.
template <class Work> class Hammer {
public:
  explicit Hammer(Work work)
    : thread_{[this, work]() mutable {
      while (!isOver_.load(std::memory_order_relaxed)) {
        work();
        isAtWork_.store(true, std::memory_order_relaxed);
      }
    }}
  {
    while (!isAtWork_) std::this_thread::yield();
  }
  ~Hammer()
  {
    isOver_ = true;
    thread_.join();
  }
  Hammer(const Hammer&) = delete;
  Hammer& operator=(const Hammer&) = delete;

private:
  std::atomic<bool> isOver_ = false;
  std::atomic<bool> isAtWork_ = false;
  std::thread thread_;
};

} // namespace tutti::bench
