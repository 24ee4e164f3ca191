#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>

namespace tutti::engine {

/// Does what takes time, one thing after the other, on a thread of its own. What is not begun when it ends is
/// not done.
///
/// Threads: any but the errands' own for `doAndWait`; `doSoon` any.
class Errands {
public:
  Errands()
    : thread_{[this] { run(); }}
  {}
  ~Errands() { end(); }
  Errands(const Errands&) = delete;
  Errands& operator=(const Errands&) = delete;

  /// Waits for the errand under way.
  void end()
  {
    {
      const std::lock_guard lock{mutex_};
      isOver_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
  }

  void doSoon(std::function<void()> errand)
  {
    {
      const std::lock_guard lock{mutex_};
      errands_.push_back(std::move(errand));
    }
    wake_.notify_one();
  }

  template <class Errand> auto doAndWait(Errand errand)
  {
    std::promise<decltype(errand())> done;
    auto result = done.get_future();
    doSoon([&] { done.set_value(errand()); });
    return result.get();
  }

private:
  void run()
  {
    for (;;) {
      std::function<void()> errand;
      {
        std::unique_lock lock{mutex_};
        wake_.wait(lock, [this] { return isOver_ || !errands_.empty(); });
        if (isOver_) return;
        errand = std::move(errands_.front());
        errands_.pop_front();
      }
      errand();
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> errands_; // under mutex_
  bool isOver_ = false;                       // under mutex_
  std::thread thread_;
};

} // namespace tutti::engine
