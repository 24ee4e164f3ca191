#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <utility>

#include <tutti/core/ByteString.hpp>
#include <tutti/core/Result.hpp>

/// Sockets that are files, on which a message stays one: between Tutti and processes of the same user on one
/// machine.
namespace tutti::module {

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
  [[nodiscard]] int release() { return std::exchange(number_, -1); }

private:
  int number_ = -1;
};

/// What all files of these sockets begin with.
inline constexpr std::string_view kSocketPrefix = "tutti-module-";

/// `$XDG_RUNTIME_DIR`; nothing where there is no such folder.
std::optional<std::filesystem::path> usualSocketFolder();

/// Errors: `unavailable`: nobody listens there, or somebody else than this user.
Result<Descriptor> connectTo(const std::filesystem::path& path);

/// A socket that others find at `path` when it is ready, and that only this user may open. What a crashed
/// program has left there is replaced.
/// Errors: `unavailable`, with the reason.
Result<Descriptor> listenAt(const std::filesystem::path& path);

/// Without waiting. Nothing: nobody is there now, or another user.
Descriptor acceptFrom(const Descriptor& listener);

/// One message, with a descriptor where one is given. Does not wait. False: it does not go out now.
bool sendOne(const Descriptor& socket, std::span<const std::byte> message, int descriptor = -1);

struct Received {
  ByteString message;    ///< Empty: the other side is gone.
  Descriptor descriptor; ///< What came along.
};
/// Does not wait. What is longer than `most` counts as empty.
std::optional<Received> receiveOne(const Descriptor& socket, std::size_t most);

} // namespace tutti::module
