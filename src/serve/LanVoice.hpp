#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include <tutti/room/Announcement.hpp>

namespace tutti::serve {

/// Says twice a second, on every network of this machine, which rooms are here. Interfaces may come and go.
///
/// Threads: its own; `rooms` is called there.
class LanVoice {
public:
  using Rooms = std::function<std::vector<room::Announcement>()>;
  explicit LanVoice(Rooms rooms);
  ~LanVoice();
  LanVoice(const LanVoice&) = delete;
  LanVoice& operator=(const LanVoice&) = delete;

private:
  void run();

  Rooms rooms_;
  std::mutex mutex_;
  std::condition_variable end_;
  bool isStopping_ = false;
  std::thread thread_;
};

} // namespace tutti::serve
