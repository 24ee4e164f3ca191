#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>

#include <tutti/core/ByteString.hpp>
#include <tutti/core/Descriptor.hpp>
#include <tutti/core/Result.hpp>

/// Sockets that are files: between Tutti and processes of the same user on one machine.
namespace tutti::module {

enum class LocalKind : std::uint8_t {
  messages, ///< each stays one
  stream    ///< for what is longer than a message may be
};

/// Does not wait.
/// Errors: `unavailable`: nobody listens there; `refused`: somebody does who has no time, or is another user.
Result<Descriptor> connectTo(const std::filesystem::path& path, LocalKind kind = LocalKind::messages);

/// A socket that others find at `path` when it is ready, and that only this user may open. What a crashed
/// program has left there is replaced.
/// Errors: `unavailable`, with the reason.
Result<Descriptor> listenAt(const std::filesystem::path& path, LocalKind kind = LocalKind::messages);

/// Whether it is certain that nobody listens there.
bool isDeserted(const std::filesystem::path& path, LocalKind kind = LocalKind::messages);

/// Without waiting. Nothing: nobody is there now, or another user.
Descriptor acceptFrom(const Descriptor& listener);

/// The process at the other end, as the system has it; 0 where it has gone.
int peerProcess(const Descriptor& socket);

/// One message, with a descriptor where one is given. Does not wait. False: it does not go out now.
bool sendOne(const Descriptor& socket, std::span<const std::byte> message, int descriptor = -1);

struct Received {
  ByteString message;    ///< Empty: the other side is gone.
  Descriptor descriptor; ///< What came along.
};
/// Does not wait. What is longer than `most` counts as empty.
std::optional<Received> receiveOne(const Descriptor& socket, std::size_t most);

} // namespace tutti::module
