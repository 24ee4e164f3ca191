#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <tutti/net/Doorbell.hpp>
#include <tutti/serve/Directory.hpp>
#include <tutti/serve/StoreUrl.hpp>

#include "StoreConnection.hpp"
#include "StoreStatistics.hpp"
#include "StoreTalk.hpp"

namespace tutti::serve {

/// A Redis that several directories share, on a thread of its own: it is talked with while it is there, and
/// looked for while it is not.
///
/// Threads: *any*; what it is given in `Neighbours` is called on its own.
class RedisStore {
public:
  struct Neighbours {
    std::function<void(const std::vector<Fact>&)> heard;
    std::function<std::vector<Told>()> everything; ///< that we know
    std::function<void()> lost;
    std::function<void()> regained; ///< and all that it knows was heard
  };
  RedisStore(StoreOptions options, Neighbours neighbours);
  ~RedisStore() { stop(); }
  RedisStore(const RedisStore&) = delete;
  RedisStore& operator=(const RedisStore&) = delete;

  /// From now on it is looked for, and `Neighbours` are called; not any more after `stop`.
  void start();
  void stop();

  void tell(std::vector<Fact> facts);
  /// Until all that it knows was heard, or the time is over, or it cannot be reached.
  void waitForFirstTry(std::chrono::milliseconds most);
  [[nodiscard]] StoreStatistics statistics() const;

private:
  using Connections = std::array<std::unique_ptr<StoreConnection>, 2>;

  void run();
  Result<void> serve();
  Result<void> converse(Connections& connections);
  void wait(const Connections& connections, HostTime deadline) const;
  Result<void> perform(std::vector<StoreTalk::Action> actions, StoreTalk& talk, Connections& connections);
  Result<void> listen(StoreTalk& talk, Connections& connections);
  std::vector<Fact> takeTold();
  void notePresence();
  void noteLoss(const std::string& sentence);
  void pause(std::chrono::milliseconds time) const;

  const StoreOptions options_;
  const Neighbours neighbours_;
  const net::Doorbell bell_; // somebody tells something, or it is over
  std::atomic<bool> isStopping_ = false;
  mutable std::mutex mutex_; // guards what follows
  std::condition_variable tried_;
  bool hasTried_ = false;
  bool isListened_ = false; // to what we tell
  std::vector<Fact> told_;
  StoreStatistics statistics_;
  std::string complaint_; // that was logged last
  std::thread thread_;
};

} // namespace tutti::serve
