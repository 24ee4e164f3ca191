#pragma once

#include <atomic>
#include <semaphore>
#include <stop_token>
#include <thread>

#include "DirectoryClient.hpp"

namespace tutti::room {

/// Ends what a client asks when somebody changes their mind. On a thread of its own: to interrupt a client
/// that is connecting takes as long as that does, and who changes their mind does not wait.
class JoinStop {
public:
  JoinStop(std::stop_token stop, DirectoryClient& client)
    : client_{client}
    , whenAsked_{std::move(stop), Wake{*this}}
  {}
  ~JoinStop()
  {
    isOver_ = true;
    wake_.release();
    thread_.join();
  }
  JoinStop(const JoinStop&) = delete;
  JoinStop& operator=(const JoinStop&) = delete;

private:
  struct Wake {
    JoinStop& owner;
    void operator()() const { owner.wake_.release(); }
  };

  void wait()
  {
    wake_.acquire();
    if (!isOver_) client_.interrupt();
  }

  DirectoryClient& client_;
  std::atomic<bool> isOver_ = false;
  std::counting_semaphore<2> wake_{0};
  std::thread thread_{[this] { wait(); }};
  std::stop_callback<Wake> whenAsked_; // needs all of the above
};

} // namespace tutti::room
