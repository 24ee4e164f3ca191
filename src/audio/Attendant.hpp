#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

namespace tutti::audio {

/// A thread that looks after something ten times a second, until it is destroyed.
class Attendant {
public:
  explicit Attendant(std::function<void()> look)
    : look_{std::move(look)}
    , thread_{[this](const std::stop_token& stop) { attend(stop); }}
  {}

private:
  static constexpr std::chrono::milliseconds kEvery{100};

  void attend(const std::stop_token& stop)
  {
    std::unique_lock lock{mutex_};
    while (!wake_.wait_for(lock, stop, kEvery, [&] { return stop.stop_requested(); })) look_();
  }

  std::function<void()> look_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_; // last: ends first
};

} // namespace tutti::audio
