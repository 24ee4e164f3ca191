#pragma once

#include <functional>
#include <memory>
#include <optional>

#include <asio/io_context.hpp>

#include <tutti/time/HostClock.hpp>

namespace tutti::discovery {

/// Rings once at a moment of this machine's clock: what a shell waits with for its machine's next deadline.
///
/// Set to another moment it rings at that one only; set to the one it waits for anyway it costs nothing.
/// Taken away, or gone itself, it does not ring, even if its ringing was on the way. While it rings it may be
/// set again, and may end.
///
/// Threads: its io_context's.
class Alarm {
public:
  Alarm(asio::io_context& context, std::function<void()> ring);
  ~Alarm();
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;

  /// Without a moment it does not ring.
  void set(std::optional<HostTime> due);

private:
  struct Bell;
  std::shared_ptr<Bell> bell_;
};

} // namespace tutti::discovery
