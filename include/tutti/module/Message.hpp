#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include <tutti/core/ByteString.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/module/Card.hpp>
#include <tutti/module/LaneShape.hpp>
#include <tutti/time/HostClock.hpp>

/// What Tutti and an outside process say to each other beside the sound: one message a packet.
///
///     tag(8) fields…     texts have their length (8) in front, numbers the highest byte first
///
/// All of them may be said twice, and are sent again where no answer comes: the way may lose some.
namespace tutti::module {

inline constexpr std::uint8_t kVersion = 1;
inline constexpr std::size_t kLargestMessage = 4096;
inline constexpr std::size_t kLongestToken = 64;
inline constexpr std::size_t kLongestReason = 200;

/// The process's first word. `token` is what Tutti gave to it when it started it; empty where it came by
/// itself.
struct Hello {
  std::string token;
  Card card;
  friend bool operator==(const Hello&, const Hello&) = default;
};

/// Tutti's answer, and again whenever the sound takes another shape: from now on in this memory, at this
/// rate.
struct Welcome {
  std::uint32_t rate = 48'000;
  LaneShape shape;
  Micros lease{1'000'000}; ///< Who is silent for so long is gone.
  friend bool operator==(const Welcome&, const Welcome&) = default;
};

/// Not here, not so: it is no use to ask again.
struct Refusal {
  std::string reason;
  friend bool operator==(const Refusal&, const Refusal&) = default;
};

struct Heartbeat {
  friend bool operator==(const Heartbeat&, const Heartbeat&) = default;
};

/// Either side goes. Nothing follows.
struct Leave {
  std::string reason;
  friend bool operator==(const Leave&, const Leave&) = default;
};

using Message = std::variant<Hello, Welcome, Refusal, Heartbeat, Leave>;

/// What is too long is cut.
ByteString encode(const Message& message);

/// Errors:  `malformed`; `unsupported` for the hello of another version, in words for people.
Result<Message> parseMessage(std::span<const std::byte> packet);

/// The first `most` bytes of it as plain text, without half a character.
std::string reasonFrom(std::string_view text, std::size_t most = kLongestReason);

} // namespace tutti::module
