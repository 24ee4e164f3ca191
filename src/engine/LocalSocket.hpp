#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <sys/types.h>
#include <utility>

#include <tutti/core/Result.hpp>

/// Sockets that are files: of programs of one user, on one machine.
namespace tutti::engine {

/// Open until it goes.
class Descriptor {
public:
  Descriptor() = default;
  explicit Descriptor(int number)
    : number_{number}
  {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept
    : number_{std::exchange(other.number_, -1)}
  {}
  Descriptor& operator=(Descriptor&& other) noexcept
  {
    std::swap(number_, other.number_);
    return *this;
  }

  [[nodiscard]] bool isOpen() const { return number_ >= 0; }
  [[nodiscard]] int number() const { return number_; }

private:
  int number_ = -1;
};

/// Who is at the other end, as the system has it.
struct LocalPeer {
  pid_t process = 0;
  uid_t user = 0;
};
std::optional<LocalPeer> peerOf(const Descriptor& socket);

/// A socket that others find at `path` when it is ready, and that only this user may open. What a crashed
/// program has left there is replaced.
/// Errors: `unavailable`, with the reason.
Result<Descriptor> listenAt(const std::filesystem::path& path);

/// Does not wait.
/// Errors: `unavailable`: nobody listens there; `refused`: somebody does, and has no time.
Result<Descriptor> connectTo(const std::filesystem::path& path);

/// Without waiting. Nothing: nobody is there now.
Descriptor acceptFrom(const Descriptor& listener);

/// Readable once it was rung: what a thread that waits for sockets waits for beside them.
/// Errors: one that is not open, where too many files are.
Descriptor makeBell();
void ring(const Descriptor& bell);

} // namespace tutti::engine
